"""From a definition (a TOML file of ours, a form of a service) to a grid, or to a sentence that says what to mend.

Read by `plans.instruments`. The definition is hostile until proved good: whatever is wrong raises `Malformed`, nothing
else. Must not know where the definition comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from amarre.plans.instruments_fields import Fields
from amarre.plans.instruments_model import Choice, Grid, Item, ItemKind, Section
from amarre.plans.instruments_parse_scoring import read_bands, read_scoring

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
VERSION = re.compile(r"[1-9][0-9]{0,3}(\.[0-9]{1,3}){0,2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_ITEM_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_LONG = 2_000
_MOST_ITEMS, _MOST_CHOICES, _MOST_SECTIONS = 200, 40, 40
_WIDEST_SCALE = 100
_OWN_SOURCE, _OWN_LICENCE = "Grille écrite par le service", "Usage du service"
_YES_NO = (Choice(1, "Oui"), Choice(0, "Non"))


def parse(definition: Mapping[str, object], *, own: bool = False) -> Grid:
    """The grid that a definition describes; `own` when the service wrote it. Raises `Malformed` and nothing else."""
    fields = Fields(definition, "La grille")
    sections = _sections(fields)
    items = _items(fields, sections)
    scoring = read_scoring(fields.take("scoring"), items)
    grid = Grid(
        code=fields.word("code", CODE, "budget_du_mois"),
        version=fields.word("version", VERSION, "1"),
        language=fields.word("language", _LANGUAGE, "fr", default="fr"),
        title=fields.text("title", longest=160),
        short=fields.text("short", longest=40),
        purpose=fields.text("purpose", longest=_LONG, required=not own),
        instruction=fields.text("instruction", longest=_LONG, required=False),
        source=fields.text("source", longest=_LONG, required=not own) or _OWN_SOURCE,
        licence=fields.text("licence", longest=_LONG, required=not own) or _OWN_LICENCE,
        notice=fields.text("notice", longest=_LONG, required=False),
        checked_on=fields.day("checked_on", required=not own),
        sections=sections,
        items=items,
        scoring=scoring,
        bands=read_bands(fields, scoring, items),
        off_by_default=fields.yes("off_by_default"),
        own=own,
    )
    fields.close()
    return grid


def _sections(fields: Fields) -> tuple[Section, ...]:
    found: dict[str, Section] = {}
    for place, raw in enumerate(fields.rows("sections", most=_MOST_SECTIONS), 1):
        row = Fields(raw, f"La section n° {place}")
        code = row.word("code", CODE, "logement")
        if code in found:
            raise row.fault("code", "est déjà celui d’une autre section")
        found[code] = Section(code, row.text("title", longest=160), row.text("help", required=False))
        row.close()
    return tuple(found.values())


def _items(fields: Fields, sections: tuple[Section, ...]) -> tuple[Item, ...]:
    shared = _choices(fields)
    codes = {section.code for section in sections}
    found: dict[int, Item] = {}
    for place, raw in enumerate(fields.rows("items", most=_MOST_ITEMS), 1):
        item = _item(Fields(raw, f"La question n° {place}"), shared, codes, found)
        found[item.number] = item
    if not found:
        raise fields.fault("items", "manque : une grille a au moins une question")
    return tuple(found.values())


def _item(row: Fields, shared: tuple[Choice, ...], sections: set[str], before: dict[int, Item]) -> Item:
    number = row.integer("number", smallest=1, largest=9_999)
    if number is None:
        raise row.fault("number", "manque")
    if number in before:
        raise row.fault("number", f"{number} est déjà celui d’une autre question")
    kind = ItemKind(row.one_of("kind", list(ItemKind)))
    low, high = row.integer("low"), row.integer("high")
    item = Item(
        number=number,
        label=row.text("label", longest=600),
        kind=kind,
        section=row.text("section", longest=40, required=bool(sections)),
        choices=_offered(row, kind, shared),
        help=row.text("help", longest=600, required=False),
        shown_if=_condition(row, before),
        urgent_from=_urgent(row),
        low=low,
        high=high,
        sensitive=row.yes("sensitive"),
        code=_item_code(row, number, before),
        optional=row.yes("optional", default=kind is ItemKind.TEXT),
    )
    row.close()
    if item.section and item.section not in sections:
        raise row.fault("section", "n’est pas l’une des sections de la grille")
    _check_bounds(row, item)
    if item.urgent_from is not None and not any(value >= item.urgent_from for value in item.values):
        raise row.fault("urgent_from", "n’est atteint par aucune réponse de cette question")
    return item


def _item_code(row: Fields, number: int, before: dict[int, Item]) -> str:
    code = row.word("code", _ITEM_CODE, "F01", default=str(number))
    if code.isdigit() and code != str(number):
        raise row.fault("code", "ne peut pas être le numéro d’une autre question")
    if any(other.code == code for other in before.values()):
        raise row.fault("code", "est déjà celui d’une autre question")
    return code


def _choices(row: Fields) -> tuple[Choice, ...]:
    found: dict[int, Choice] = {}
    for place, raw in enumerate(row.rows("choices", most=_MOST_CHOICES), 1):
        choice = Fields(raw, f"{row.place}, choix n° {place}")
        points = choice.integer("points", smallest=-1_000, largest=1_000)
        if points is None:
            raise choice.fault("points", "manque")
        if points in found:
            raise choice.fault("points", "est déjà celle d’un autre choix")
        found[points] = Choice(points, choice.text("label", longest=300))
        choice.close()
    labels = [choice.label for choice in found.values()]
    if len(set(labels)) < len(labels):
        raise row.fault("choices", "contient deux fois le même libellé")
    return tuple(found.values())


def _offered(row: Fields, kind: ItemKind, shared: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The choices of a question: its own, else those of the whole grid, else Yes and No."""
    own = _choices(row)
    match kind:
        case ItemKind.CHOICE | ItemKind.MULTIPLE:
            offered, fewest = own or shared, 2
        case ItemKind.SCALE:
            offered, fewest = own, 2
        case ItemKind.YES_NO:
            offered, fewest = own or _YES_NO, 2
            if {choice.points for choice in offered} != {0, 1}:
                raise row.fault("choices", "doit donner à oui la valeur 1 et à non la valeur 0")
        case _:
            offered, fewest = own, 0
            if own:
                raise row.fault("choices", "n’a pas de sens pour une question libre ; retirez-les")
    if len(offered) < fewest:
        raise row.fault("choices", "doit offrir au moins deux réponses")
    return offered


def _condition(row: Fields, before: dict[int, Item]) -> tuple[int, tuple[int, ...]] | None:
    raw = row.take("shown_if")
    if raw is None:
        return None
    fields = Fields(raw, f"{row.place}, condition")
    number = fields.integer("item")
    wanted = fields.rows("values", most=_WIDEST_SCALE + 1)
    fields.close()
    earlier = before.get(number) if number is not None else None
    if earlier is None:
        raise fields.fault("item", "doit être le numéro d’une question posée plus haut")
    possible = earlier.values
    if not possible:
        raise fields.fault("item", "est une question libre : une condition ne peut pas en dépendre")
    if not wanted:
        raise fields.fault("values", "manque : dites quelles réponses font poser la question")
    accepted = tuple(int(value) if isinstance(value, bool) else fields.whole("values", value) for value in wanted)
    if not set(accepted) <= set(possible):
        raise fields.fault("values", f"contient une réponse que la question {earlier.number} n’offre pas")
    return earlier.number, accepted


def _urgent(row: Fields) -> int | None:
    value = row.take("urgent_from")
    if value is None:
        return None
    return int(value) if isinstance(value, bool) else row.whole("urgent_from", value)


def _check_bounds(row: Fields, item: Item) -> None:
    low, high = item.low, item.high
    if item.kind not in (ItemKind.SCALE, ItemKind.NUMBER):
        if low is not None or high is not None:
            raise row.fault("low" if low is not None else "high", "n’a de sens que pour une échelle ou un nombre")
        return
    if low is not None and high is not None and low >= high:
        raise row.fault("high", "doit être plus grand que le minimum")
    if item.kind is not ItemKind.SCALE:
        return
    if low is None or high is None:
        raise row.fault("low" if low is None else "high", "manque : une échelle a deux bouts")
    if high - low > _WIDEST_SCALE:
        raise row.fault("high", f"fait une échelle de plus de {_WIDEST_SCALE} pas")
    said = {choice.points for choice in item.choices}
    if not {low, high} <= said <= set(range(low, high + 1)):
        raise row.fault("choices", "doit nommer les deux bouts de l’échelle, et rien qui en sorte")
