"""A file as people send it: every alphabet and separator, bad cells named, a second time changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.audit.models import Entry
from amarre.core.actor import MACHINE
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.core.tables import Row, Table, Unreadable, read_table
from amarre.organisations.commands_import import import_companies
from amarre.organisations.imports import COLUMNS, REQUIRED, compare, read_companies
from amarre.organisations.models import Company, Establishment
from tests.cast import actor

pytestmark = pytest.mark.django_db

WILD = Path(__file__).parent / "entreprises.csv"
SIMPLE = {"siret": ("siret",), "name": ("raison sociale",)}


def workbook(rows: list[list[object]], before: list[list[object]] | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([*(before or []), *rows]):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_alphabet_and_separator_is_read(alphabet: str, separator: str) -> None:
    text = separator.join(["Raison sociale", "N° SIRET", "Autre"]) + "\r\n"
    text += separator.join(["Café de l’Été où ça œuvre", "73282932000074", "x"]) + "\r\n"
    table = read_companies(text.encode(alphabet))
    assert table.rows == (Row(2, {"name": "Café de l’Été où ça œuvre", "siret": "73282932000074"}),)
    assert table.ignored == ("Autre",)


def test_headers_are_recognised_whatever_their_order_case_and_accents() -> None:
    head = "Tranche_Effectif;COMMUNE;Code Postal;Adresse;Forme juridique;Code NAF;Enseigne;RAISON SOCIALE;Siret"
    table = read_companies(f"{head}\n1;2;3;4;5;6;7;8;9\n".encode())
    assert list(table.titles) == [
        "headcount",
        "city",
        "postcode",
        "address",
        "legal_form",
        "naf",
        "sign",
        "name",
        "siret",
    ]
    assert table.rows[0].cells["siret"] == "9"


def test_a_workbook_is_numbered_as_the_spreadsheet_shows_it() -> None:
    rows: list[list[object]] = [
        ["SIRET", "Raison sociale"],
        [73282932000074, "Nombre"],
        [],
        ["73282932000074", "Texte"],
    ]
    table = read_companies(workbook(rows, before=[["Nos adhérents"], []]))
    assert [(row.number, row.cells["siret"]) for row in table.rows] == [(4, "73282932000074"), (6, "73282932000074")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b"siret;nom_du_chat\n1;2\n", "raison sociale"),
        (b"a;b\n1;2\n", "SIRET"),
        (b"PK\x03\x04 and nothing", "ne s’ouvre pas"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "ne s’ouvre pas"),
        (b"siret;raison sociale\n" + b'"' + b"x" * 200_000 + b"\n", "tableau"),
        (b"x" * 20_000_001, "20 Mo"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_companies(content)


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="vide"):
        read_companies(workbook([]))


cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    lambda t: " ".join(t.split())
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), st.sampled_from(";,\t"))
def test_what_is_written_is_read(rows: list[tuple[str, str]], separator: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([("siret", "raison sociale"), *rows])
    table = read_table(out.getvalue().encode(), SIMPLE, required=("siret",))
    assert [(r.cells["siret"], r.cells["name"]) for r in table.rows] == [r for r in rows if any(r)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_no_file_breaks_the_reader(content: bytes, headed: bool) -> None:
    head = b"siret;raison sociale\n" if headed else b""
    table, trouble = None, ""
    try:
        table = read_companies(head + content)
    except Unreadable as reason:
        trouble = str(reason)
    assert trouble.endswith(".") or table
    assert not table or all("\0" not in cell for row in table.rows for cell in row.cells.values())


def read(*lines: str, head: str = "siret;raison sociale;naf;code postal;commune;tranche effectif") -> Table:
    return read_companies("\n".join([head, *lines]).encode())


def test_each_bad_cell_is_named_and_good_rows_are_kept() -> None:
    table = read(
        "73282932000074;Conserverie de l'Anse;5621Z;93100;Montreuil;",
        "73282932000075;Clé fausse;5621Z;93100;Montreuil;",
        "55210055400013;Corderie;56-21;9310;Montreuil;Non renseigné",
        ";Sans numéro;;;;",
        "41816609600010;;;;;",
        "55210055400013;Deux fois;;;;",
    )
    with acting_as(MACHINE):
        report = compare(MACHINE, table).report
    assert [(f.row, f.column, f.row_kept) for f in report.faults] == [
        (3, "siret", False),
        (4, "naf", True),
        (5, "siret", False),
        (6, "raison sociale", False),
        (7, "siret", False),
    ]
    assert all(f.reason.endswith(".") for f in report.faults)
    assert report.faults[0].example == "732 829 320 00074"
    assert (report.rows, report.created, report.left_out) == (6, 1, 4)


def test_an_import_writes_what_its_dry_run_said_and_a_second_one_nothing() -> None:
    table = read("55210055400013;Corderie du Môle;1394z;93100;Montreuil;20 à 49 salariés")
    with acting_as(MACHINE):
        said = compare(MACHINE, table).report
        assert not Company.objects.visible_to(MACHINE).filter(siren="552100554").exists()
        did = import_companies(actor=MACHINE, table=table)
        again = import_companies(actor=MACHINE, table=table)
        place = (
            Establishment.objects.visible_to(MACHINE).select_related("company", "centre").get(siret="55210055400013")
        )
    assert said == did
    assert (did.created, did.companies_created) == (1, 1)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert (place.naf, place.city, place.company.name) == ("1394Z", "Montreuil", "Corderie du Môle")
    assert str(place.centre) == "Centre de Montreuil"
    assert place.search == "corderie du mole montreuil"


def test_a_file_changes_what_it_says_otherwise_and_keeps_what_it_does_not_say() -> None:
    first = read("55210055400013;Corderie;1394Z;93100;Montreuil;", "55210055400021;Corderie;;92000;Nanterre;")
    second = read("55210055400013;Corderie du Môle;;93100;;")
    with acting_as(MACHINE):
        import_companies(actor=MACHINE, table=first)
        report = import_companies(actor=MACHINE, table=second)
        places = {p.siret: p for p in Establishment.objects.visible_to(MACHINE).filter(company__siren="552100554")}
    assert (report.updated, report.companies_updated) == (1, 1)
    assert (places["55210055400013"].naf, places["55210055400013"].city) == ("1394Z", "Montreuil")
    assert places["55210055400021"].search == "corderie du mole nanterre", "found by the new name too"


def test_the_wild_file_is_read_whole() -> None:
    with acting_as(MACHINE):
        report = import_companies(actor=MACHINE, table=read_companies(WILD.read_bytes()))
        again = import_companies(actor=MACHINE, table=read_companies(WILD.read_bytes()))
    assert (report.rows, report.created, report.left_out) == (12, 8, 4)
    assert (again.created, again.updated, again.unchanged, again.left_out) == (0, 0, 8, 4)


def test_one_import_is_one_line_in_the_ledger() -> None:
    table = read("55210055400013;Corderie;;;;", "41816609600010;Voilerie;;;;")
    with acting_as(MACHINE):
        import_companies(actor=MACHINE, table=table)
    lea = actor("lea")
    with acting_as(lea):
        lines = Entry.objects.visible_to(lea).filter(verb="company.import", outcome="done")
        assert [line.door for line in lines] == ["machine"]


@pytest.mark.parametrize(
    ("code", "may"), [("marc", True), ("alex", True), ("claire", False), ("sophie", False), ("hugo", False)]
)
def test_who_may_import(code: str, may: bool) -> None:
    someone = actor(code)
    table = read("55210055400013;Corderie;;;;")
    with acting_as(someone):
        if may:
            assert import_companies(actor=someone, table=table).created == 1
        else:
            with pytest.raises(NotAllowed):
                import_companies(actor=someone, table=table)
            assert not Company.objects.visible_to(someone).filter(siren="552100554").exists()


def test_the_passer_by_learns_nothing() -> None:
    passer_by = actor("passer_by")
    with acting_as(passer_by), pytest.raises(NotAllowed):
        import_companies(actor=passer_by, table=read("55210055400013;Corderie;;;;"))


def test_required_columns_are_known_ones() -> None:
    assert set(REQUIRED) <= set(COLUMNS)
