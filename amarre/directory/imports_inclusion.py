"""Files in the shape of data·inclusion v1: a producer's workbook, a CSV, or JSON. Gives a `Parsed`, writes nothing.

Read by the staff door and by `amarre import data-inclusion`. Knows what producers do: rows marked `__ignore__`, a title
that is a date, a title twice, numbers that a spreadsheet made of codes, identifiers without the producer's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from amarre.core.tables import MOST_BYTES, Unreadable, read_sheets
from amarre.core.text import digits, fold
from amarre.directory import imports_schema as schema
from amarre.directory.imports import Entry, Key, Parsed
from amarre.directory.needs import kind_of
from amarre.organisations.identifiers import SIRET_EXAMPLE, BadValue, clean_siret
from amarre.organisations.imports import Fault

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?")
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_HEADER_WITHIN, _LONGEST_KEY = 10, 160
_SHEETS = {"structure": "Structures", "service": "Services"}
_SKIPPED = ("oui", "vrai", "true", "1", "x")


@dataclass(slots=True)
class _Raw:
    """One row as the file has it."""

    kind: str
    number: int
    values: dict[str, Any] = field(default_factory=dict)


def read_inclusion(content: bytes, *, source: str = "") -> Parsed:
    """What a file says. `source` names the producer of rows that do not say theirs. Raises `Unreadable`."""
    parsed = Parsed()
    rows = [*(_from_json(content) if _is_json(content) else _from_sheets(content, parsed))]
    if not rows:
        raise Unreadable(
            "Ce fichier n’a ni structures, ni services\u00a0: "
            "il faut au moins les colonnes «\u202fid\u202f» et «\u202fnom\u202f»."
        )
    for raw in rows:
        parsed.rows += 1
        _row(raw, _source(source), parsed)
    return parsed


def _source(said: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(said))[:60].strip("-") or "fichier"


def _is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")


def _from_json(content: bytes) -> Iterator[_Raw]:
    """A list of structures, of services, or both under their names."""
    if len(content) > MOST_BYTES:
        raise Unreadable(f"Ce fichier dépasse {MOST_BYTES // 1_000_000} Mo.")
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("Ce fichier JSON est abîmé.") from error
    lists = said.values() if isinstance(said, dict) else [said]
    for rows in lists:
        for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            if isinstance(row, dict):
                yield _Raw("service" if "structure_id" in row else "structure", number, dict(row))


def _from_sheets(content: bytes, parsed: Parsed) -> Iterator[_Raw]:
    """Every sheet that holds structures or services; the lists of words beside them are not read."""
    sheets = read_sheets(content)
    more = _themes_beside(sheets)
    for _, lines in sheets:
        head = _header(lines)
        if head is None:
            continue
        at, titles = head
        kind = "service" if "structure_id" in titles else "structure"
        places = _columns(kind, at, titles, parsed)
        for number, cells in enumerate(lines[at + 1 :], start=at + 2):
            values = {name: cells[place] for name, place in places.items() if place < len(cells) and cells[place]}
            if not values:
                continue
            if values.pop("__ignore__", "").lower() in _SKIPPED:
                parsed.passed_over += 1
                continue
            themes = more.get(values.get("id", ""), []) if kind == "service" else []
            if themes:
                values["thematiques"] = ",".join([values.get("thematiques", ""), *themes])
            yield _Raw(kind, number, values)
        if kind == "service":
            at_services = titles.index("id")
            known_ids = {cells[at_services] for cells in lines[at + 1 :] if at_services < len(cells)}
            _say_lost(more, known_ids, parsed)


def _say_lost(more: dict[str, list[str]], known: set[str], parsed: Parsed) -> None:
    """Themes kept beside, of services that the file does not hold: said once, with one of them."""
    lost = [service for service in more if service not in known]
    if lost:
        reason = f"Des thèmes sont donnés à {len(lost)} service(s) absent(s) du fichier\u00a0: ils ne sont pas lus."
        parsed.faults.append(Fault(1, "Services - Thématiques : service_id", lost[0][:80], reason, "", True))


def _header(lines: list[list[str]]) -> tuple[int, list[str]] | None:
    """Where the titles are, and what they say; None for a sheet of another kind."""
    for at, cells in enumerate(lines[:_HEADER_WITHIN]):
        titles = [cell.strip() if _ISO.fullmatch(cell.strip()) else cell.strip().lower() for cell in cells]
        if {"id", "nom"} <= set(titles):
            return at, titles
    return None


def _columns(kind: str, at: int, titles: list[str], parsed: Parsed) -> dict[str, int]:
    """Column → its place; unknown, doubled and strangely titled ones are said."""
    known = schema.fields(kind) | {"__ignore__"}
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, title in enumerate(titles):
        if _ISO.fullmatch(title) and "date_maj" not in titles and "date_maj" not in places:
            reason = "Le titre de cette colonne est une date\u00a0: elle est lue comme «\u202fdate_maj\u202f»."
            parsed.faults.append(Fault(at + 1, f"{_SHEETS[kind]} : date_maj", title, reason, "date_maj", True))
            places["date_maj"] = place
        elif title in places:
            reason = "Cette colonne est deux fois dans le fichier\u00a0: seule la première est lue."
            parsed.faults.append(Fault(at + 1, f"{_SHEETS[kind]} : {title}", title, reason, "", True))
        elif title in known:
            places[title] = place
        elif title:
            ignored.append(title)
    parsed.ignored_columns = (*parsed.ignored_columns, *ignored)
    return places


def _themes_beside(sheets: list[tuple[str, list[list[str]]]]) -> dict[str, list[str]]:
    """A sheet of pairs « service, thématique », as some producers keep it."""
    found: dict[str, list[str]] = {}
    for _, lines in sheets:
        titles = [fold(cell) for cell in lines[0]] if lines else []
        if "service id" not in titles or "id" in titles:
            continue
        theme_at = next((i for i, title in enumerate(titles) if title.startswith("thematique")), None)
        if theme_at is None:
            continue
        skip_at, service_at = titles.index("ignore") if "ignore" in titles else -1, titles.index("service id")
        for cells in lines[1:]:
            skipped = skip_at >= 0 and cells[skip_at].lower() in _SKIPPED
            if not skipped and cells[service_at] and cells[theme_at]:
                found.setdefault(cells[service_at], []).append(cells[theme_at])
    return found


def _row(raw: _Raw, source: str, parsed: Parsed) -> None:
    """Clean a row, ask the schema, keep what is good."""
    values, wrong = _prepared(raw, source)
    parsed.has_services = parsed.has_services or raw.kind == "service"
    if "id" in values:
        parsed.seen.add((values["source"], values["id"]))
    good, refused = schema.check(raw.kind, values)
    wrong += refused
    for one in wrong:
        column = f"{_SHEETS[raw.kind]} : {one.field}"
        kept = one.row_kept and good is not None
        parsed.faults.append(Fault(raw.number, column, one.value[:80], one.reason, one.example, kept))
    if good is None:
        return
    key: Key = (good["source"], good["id"])
    if raw.kind == "structure":
        parsed.structures.append(Entry(raw.number, key, _structure(good)))
    else:
        parsed.services.append(Entry(raw.number, key, _service(good), of=(good["source"], good["structure_id"])))


def _prepared(raw: _Raw, source: str) -> tuple[dict[str, Any], list[schema.Wrong]]:
    """Undo what a spreadsheet did to codes; say what our own rules find that the schema lets through."""
    wrong: list[schema.Wrong] = []
    known = schema.fields(raw.kind)
    values = {name: _value(name, value) for name, value in raw.values.items() if name in known}
    values = {name: value for name, value in values.items() if value not in ("", None, [])}
    values["source"] = _source(str(values.get("source") or source))
    for name in ("id", "structure_id"):
        if name in values and "--" not in values[name]:
            values[name] = f"{values['source']}--{values[name]}"
        if len(values.get(name, "")) > _LONGEST_KEY:
            reason = f"Un identifiant a {_LONGEST_KEY} caractères au plus."
            wrong.append(schema.Wrong(name, values.pop(name), reason, row_kept=False))
    if isinstance(values.get("nom"), str) and values["nom"].endswith(".") and not values["nom"].endswith("etc."):
        wrong.append(schema.Wrong("nom", values["nom"], "Un nom ne finit pas par un point\u00a0: il est ôté."))
        values["nom"] = values["nom"].rstrip(". ")
    if "siret" in values:
        try:
            values["siret"] = clean_siret(str(values["siret"]))
        except BadValue as bad:
            wrong.append(schema.Wrong("siret", str(values.pop("siret")), str(bad), SIRET_EXAMPLE))
    if "telephone" in values and len(digits(values["telephone"])) < 3:
        reason = "Ce n’est pas un numéro de téléphone."
        wrong.append(schema.Wrong("telephone", values.pop("telephone"), reason, "01 99 00 10 01"))
    wrong += _coordinates(values)
    return values, wrong


def _coordinates(values: dict[str, Any]) -> list[schema.Wrong]:
    """Both or none, on the globe, and not the point where a machine puts what it does not know."""
    if "latitude" not in values and "longitude" not in values:
        return []
    try:
        latitude, longitude = float(values.get("latitude", "")), float(values.get("longitude", ""))
        good = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
    except (TypeError, ValueError):
        good = False
    if good:
        values["latitude"], values["longitude"] = latitude, longitude
        return []
    said = f"{values.pop('latitude', '')}, {values.pop('longitude', '')}"
    return [schema.Wrong("latitude", said, "Ce ne sont pas des coordonnées en degrés.", "48.8638, 2.4416")]


def _value(name: str, value: Any) -> Any:
    if name in schema.LISTS:
        words = value if isinstance(value, list) else re.split(r"[,;|\n]", _text(value))
        return list(dict.fromkeys(text for word in words if (text := _text(word))))
    if isinstance(value, (list, dict, bool)):
        return None
    text = _text(value)
    if name == "date_maj":
        return _date(text)
    if name in ("code_postal", "code_insee"):
        found = text.replace(" ", "")
        return found.zfill(5) if len(found) == 4 and found.isdecimal() else found
    return text


def _text(value: Any) -> str:
    """What a cell says, without what PostgreSQL cannot keep."""
    said = str(value if value is not None else "").replace("\0", "")
    return said.encode("utf-8", "ignore").decode().strip()


def _date(text: str) -> str:
    """A day as the schema wants it; what is no day is left as it is, for the schema to refuse."""
    if shape := _FRENCH_DATE.fullmatch(text):
        try:
            return date(int(shape[3]), int(shape[2]), int(shape[1])).isoformat()
        except ValueError:
            return text
    if shape := _ISO.match(text):
        return text[:10]
    return text


def _short(value: Any, length: int) -> str:
    return " ".join(str(value or "").split())[:length]


def _structure(good: dict[str, Any]) -> dict[str, Any]:
    """The schema's fields in ours."""
    networks = sorted(good["reseaux_porteurs"] or ())
    address = ", ".join(filter(None, (_short(good["adresse"], 200), _short(good["complement_adresse"], 100))))
    return {
        "name": _short(good["nom"], 200), "kind": kind_of(good["nom"], networks), "siret": good["siret"] or "",
        "finess": "", "city": _short(good["commune"], 100), "insee": good["code_insee"] or "",
        "postcode": good["code_postal"] or "", "address": address[:300], "latitude": good["latitude"],
        "longitude": good["longitude"], "phone": _short(good["telephone"], 40), "email": (good["courriel"] or "")[:254],
        "website": _link(good["site_web"]), "opening_hours": _short(good["horaires_accueil"], 300),
        "description": (good["description"] or "").strip()[:10_000], "networks": networks,
        "updated_on": _day(good["date_maj"]),
    }  # fmt: skip


def _service(good: dict[str, Any]) -> dict[str, Any]:
    zone = [code for code in good["zone_eligibilite"] or () if len(code) <= 12]
    return {
        "name": _short(good["nom"], 200), "description": good["description"].strip()[:10_000],
        "type": good["type"] or "", "themes": sorted(good["thematiques"] or ()),
        "publics": sorted(good["publics"] or ()), "publics_words": _short(good["publics_precisions"], 1_000),
        "cost": good["frais"] or "", "cost_words": _short(good["frais_precisions"], 1_000),
        "conditions": _short(good["conditions_acces"], 2_000), "ways_in": sorted(good["modes_accueil"] or ()),
        "ways_to_ask": sorted(good["modes_mobilisation"] or ()),
        "ask_words": _short(good["mobilisation_precisions"], 1_000), "ask_link": _link(good["lien_mobilisation"]),
        "zone": zone, "phone": _short(good["telephone"], 40), "email": (good["courriel"] or "")[:254],
        "opening_hours": _short(good["horaires_accueil"], 300), "updated_on": _day(good["date_maj"]),
    }  # fmt: skip


def _link(value: str | None) -> str:
    """A link that our column holds whole, or none."""
    return value if value and len(value) <= 400 else ""


def _day(value: str) -> date:
    return datetime.strptime(value, "%Y-%m-%d").date()
