"""A file of companies, understood: each row checked, each bad cell named, compared with what is known.

Read by the command `company.import` and by its dry run. Writes nothing. A row without a good SIRET or a name is left
out; any other bad cell is left out alone and its row kept. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from amarre.core.actor import Actor
from amarre.core.tables import Row, Table, read_table
from amarre.organisations.identifiers import (
    NAF_EXAMPLE,
    POSTCODE_EXAMPLE,
    SIRET_EXAMPLE,
    BadValue,
    clean_naf,
    clean_postcode,
    clean_siret,
)
from amarre.organisations.models import Company, Establishment
from amarre.organisations.queries import Areas

COLUMNS: dict[str, tuple[str, ...]] = {
    "siret": ("SIRET", "numéro SIRET", "n° SIRET", "SIRET de l'établissement", "SIRET établissement"),
    "name": ("raison sociale", "dénomination", "entreprise", "nom de l'entreprise", "nom"),
    "sign": ("enseigne", "nom commercial", "nom usuel"),
    "naf": ("NAF", "code NAF", "APE", "code APE", "APE NAF"),
    "legal_form": ("forme juridique", "statut juridique"),
    "address": ("adresse", "adresse 1", "adresse ligne 1", "rue", "voie"),
    "postcode": ("code postal", "CP"),
    "city": ("commune", "ville", "localité"),
    "headcount": ("tranche effectif", "tranche d'effectif", "effectif", "effectifs", "nombre de salariés"),
}
REQUIRED = ("siret", "name")
_CLEANERS: dict[str, tuple[Callable[[str], str], str]] = {
    "siret": (clean_siret, SIRET_EXAMPLE),
    "naf": (clean_naf, NAF_EXAMPLE),
    "postcode": (clean_postcode, POSTCODE_EXAMPLE),
}
_NOTHING = {"headcount": {"non renseigné", "non renseignée", "nc", "nd"}}
_OF_PLACE = ("sign", "naf", "address", "postcode", "city", "headcount")
_LONGEST = {"name": 160, "legal_form": 80, "sign": 160, "address": 200, "city": 80, "headcount": 40}
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad cell: where, what it says, why it is not kept, what a good one looks like, and what became of its row."""

    row: int
    column: str
    value: str
    reason: str
    example: str = ""
    row_kept: bool = False


@dataclass(slots=True)
class Report:
    """What an import would do, or did. `created`, `updated`, `unchanged` count establishments."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    companies_created: int = 0
    companies_updated: int = 0
    faults: list[Fault] = field(default_factory=list)
    ignored_columns: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows are not kept."""
        return len({fault.row for fault in self.faults if not fault.row_kept})


@dataclass(slots=True)
class Plan:
    """The rows to insert, the rows to change, and the report about them.

    `renamed_places` are not in the file: their company changes its name, by which they are found too.
    """

    report: Report
    new_companies: list[Company] = field(default_factory=list)
    changed_companies: list[Company] = field(default_factory=list)
    new_places: list[Establishment] = field(default_factory=list)
    changed_places: list[Establishment] = field(default_factory=list)
    renamed_places: list[Establishment] = field(default_factory=list)


def read_companies(content: bytes) -> Table:
    """The table in a file sent by a member or exported from elsewhere. Raises `core.tables.Unreadable`."""
    return read_table(content, COLUMNS, required=REQUIRED)


def compare(actor: Actor, table: Table) -> Plan:
    """What importing `table` would change; the import itself writes exactly this."""
    report = Report(rows=len(table.rows), ignored_columns=table.ignored)
    lines = list(_kept(table, report))
    plan = Plan(report)
    companies = _companies(actor, lines, plan)
    _places(actor, lines, companies, plan)
    in_file = {line["siret"] for line in lines}
    others = Establishment.objects.visible_to(actor).filter(company__in=plan.changed_companies)
    for place in others.exclude(siret__in=in_file) if plan.changed_companies else ():
        place.refresh_search(companies[place.siret[:9]].name)
        plan.renamed_places.append(place)
    return plan


def _kept(table: Table, report: Report) -> Iterator[dict[str, str]]:
    """The rows that hold a good SIRET, seen once, and a name."""
    first_seen: dict[str, int] = {}
    for row in table.rows:
        values = _checked(row, table.titles, report.faults)
        if values is None:
            continue
        earlier = first_seen.setdefault(values["siret"], row.number)
        if earlier != row.number:
            reason = f"Ce SIRET est déjà à la ligne {earlier}\u202f: seule la première est lue."
            report.faults.append(Fault(row.number, table.titles["siret"], row.cells["siret"], reason))
            continue
        yield values


def _checked(row: Row, titles: dict[str, str], faults: list[Fault]) -> dict[str, str] | None:
    """The good cells of a row, cleaned; None when the row cannot be kept. Bad cells are added to `faults`."""
    values: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for name, text in row.cells.items():
        try:
            values[name] = _clean(name, text)
        except BadValue as bad:
            found.append((name, str(bad)))
    kept = not any(name in REQUIRED for name, _ in found)
    for name, reason in found:
        example = _CLEANERS[name][1] if name in _CLEANERS else ""
        faults.append(Fault(row.number, titles[name], row.cells[name][:80], reason, example, kept))
    return values if kept else None


def _clean(name: str, text: str) -> str:
    if text.lower() in _NOTHING.get(name, ()):
        return ""
    if name in _CLEANERS:
        return _CLEANERS[name][0](text)
    if name == "name" and not text:
        raise BadValue("La raison sociale manque.")
    if len(text) > _LONGEST[name]:
        raise BadValue(f"Ce texte dépasse {_LONGEST[name]} caractères.")
    return text


def _companies(actor: Actor, lines: list[dict[str, str]], plan: Plan) -> dict[str, Company]:
    """The companies of the file by SIREN; the first row of each names it."""
    first: dict[str, dict[str, str]] = {}
    for line in lines:
        first.setdefault(line["siret"][:9], line)
    known = {
        company.siren: company
        for sirens in _chunks(first)
        for company in Company.objects.visible_to(actor).filter(siren__in=sirens)
    }
    for siren, line in first.items():
        company = known.get(siren) or Company(siren=siren)
        changed = _filled(company, line, ("name", "legal_form"))
        company.refresh_search()
        if siren not in known:
            known[siren] = company
            plan.new_companies.append(company)
        elif changed:
            plan.changed_companies.append(company)
    plan.report.companies_created = len(plan.new_companies)
    plan.report.companies_updated = len(plan.changed_companies)
    return known


def _places(actor: Actor, lines: list[dict[str, str]], companies: dict[str, Company], plan: Plan) -> None:
    areas = Areas(actor)
    known = {
        place.siret: place
        for sirets in _chunks([line["siret"] for line in lines])
        for place in Establishment.objects.visible_to(actor).filter(siret__in=sirets)
    }
    for line in lines:
        company = companies[line["siret"][:9]]
        place = known.get(line["siret"])
        new = place is None
        place = place or Establishment(siret=line["siret"], company=company)
        before = place.search
        changed = _filled(place, {**line, "sign": _sign(line, company)}, _OF_PLACE)
        place.refresh_search(company.name)
        if place.centre_id is None:
            place.centre_id = areas.centre_of(place.city, place.postcode)
            changed = changed or place.centre_id is not None
        if new:
            plan.new_places.append(place)
        elif changed or place.search != before:
            plan.changed_places.append(place)
    plan.report.created = len(plan.new_places)
    plan.report.updated = len(plan.changed_places)
    plan.report.unchanged = len(lines) - plan.report.created - plan.report.updated


def _sign(line: dict[str, str], company: Company) -> str:
    """The trade name; failing that, the row's own name when it is not the company's."""
    return line.get("sign", "") or (line["name"] if line["name"] != company.name else "")


def _filled(row: Company | Establishment, line: dict[str, str], names: Iterable[str]) -> bool:
    """Copy the cells that say something; whether one of them changed the row."""
    changed = {name: text for name in names if (text := line.get(name, "")) and text != getattr(row, name)}
    for name, text in changed.items():
        setattr(row, name, text)
    return bool(changed)


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    left = iter(values)
    while part := list(islice(left, _CHUNK)):
        yield part
