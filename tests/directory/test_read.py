"""Files of structures as they are found: what is good is kept, what is not is said, and no file breaks the reading."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amarre.core.tables import Unreadable
from amarre.directory import imports_schema as schema
from amarre.directory.imports import Parsed
from amarre.directory.imports_finess import CATEGORIES, COLUMNS, read_finess
from amarre.directory.imports_inclusion import read_inclusion
from amarre.directory.needs import kind_of, needs
from amarre.directory.places import department_of
from amarre.organisations.defaults import shipped
from tests.directory.files import ABSENT, as_json, finess, finess_line, workbook


def said(parsed: Parsed) -> list[tuple[int, str, str, bool]]:
    return [(f.row, f.column, f.value, f.row_kept) for f in parsed.faults]


def test_a_workbook_with_mistakes_keeps_what_is_good_and_says_the_rest() -> None:
    parsed = read_inclusion(workbook(), source="Les Essais")
    assert [(e.key, e.values["name"]) for e in parsed.structures] == [
        (("les-essais", "les-essais--s1"), "AGENCE DU PORT"),
        (("les-essais", "les-essais--s2"), "Voilerie"),
        (("les-essais", "les-essais--s2"), "Voilerie encore"),
    ]
    first, second = parsed.structures[0].values, parsed.structures[1].values
    assert (first["siret"], first["postcode"], first["email"], first["website"]) == ("82454114801871", "", "", "")
    assert (first["kind"], first["updated_on"]) == ("ACTION_LOGEMENT", date(2026, 2, 23))
    assert (second["siret"], second["phone"], second["networks"]) == ("", "", [])
    found = said(parsed)
    for fault in (
        (1, "Structures : date_maj", "2026-02-23", True),
        (1, "Services : lien_source", "lien_source", True),
        (3, "Structures : nom", "AGENCE DU PORT.", True),
        (3, "Structures : code_postal", "750121", True),
        (3, "Structures : courriel", "pas une adresse", True),
        (3, "Structures : site_web", "pas une url !", True),
        (4, "Structures : siret", "73282932000075", True),
        (4, "Structures : telephone", "non", True),
        (4, "Structures : reseaux_porteurs", "inconnu", True),
        (5, "Structures : date_maj", "", False),
        (6, "Structures : nom", "X", False),
        (2, "Services : thematiques", "logement-hebergement--louer-un-appartement", True),
        (2, "Services : mobilisable_par", "autres", True),
        (2, "Services : nombre_semaines", "beaucoup", True),
        (3, "Services : frais", "offert", False),
        (1, "Services - Thématiques : service_id", "v8", True),
        (3, "Services : description", "Bref", False),
    ):
        assert fault in found, fault
    assert parsed.passed_over == 1, "the row that explains the columns"
    assert "en trop" in parsed.ignored_columns
    assert ("les-essais", "les-essais--s3") in parsed.seen, "what is badly written is not gone"


def test_themes_come_from_both_sheets_and_ignored_rows_do_not() -> None:
    (service, lost) = read_inclusion(workbook()).services
    assert service.values["themes"] == ["logement-hebergement--louer-un-logement", "mobilite--preparer-un-permis"]
    assert ABSENT not in service.values["themes"]
    assert service.of == ("fichier", "fichier--s1")
    assert lost.of == ("fichier", "fichier--s9")


def test_json_is_read_as_rows_and_keeps_its_source() -> None:
    rows = as_json(
        {"id": "port--1", "nom": "Halte", "latitude": 48.86, "longitude": 2.44},
        {"id": "port--2", "nom": "Sans lieu", "latitude": 480, "longitude": 2.44},
        {"id": "port--3", "nom": "Origine", "latitude": 0, "longitude": 0},
        {"id": "port--4", "nom": "Ancienne", "date_maj": "1999-01-01"},
        {"id": "port--5", "nom": "Jour à la française", "date_maj": "05/01/2026"},
    )
    parsed = read_inclusion(rows)
    assert [e.key[1] for e in parsed.structures] == ["port--1", "port--2", "port--3", "port--5"]
    assert [e.values["latitude"] for e in parsed.structures] == [48.86, None, None, None]
    assert parsed.structures[-1].values["updated_on"] == date(2026, 1, 5)
    assert {(f.row, f.column) for f in parsed.faults if not f.row_kept} == {(4, "Structures : date_maj")}
    both = json.dumps({"structures": json.loads(rows), "services": []}).encode()
    assert len(read_inclusion(both).structures) == 4


@pytest.mark.parametrize("content", [b"", b"[", b"{}", b"[]", b"a;b\n1;2\n", b"[" * 100_000, b"PK\x03\x04"])
def test_what_is_no_file_of_structures_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\w"):
        read_inclusion(content)


def test_a_value_of_everybody_goes_with_no_other() -> None:
    good, wrong = schema.check(
        "service",
        {"source": "a", "id": "a--1", "structure_id": "a--1", "nom": "Nom", "description": "Cinq mots au moins.",
         "date_maj": "2026-01-05", "publics": ["tous-publics", "actifs"]},
    )  # fmt: skip
    assert good is not None
    assert good["publics"] is None
    assert [w.field for w in wrong] == ["publics"]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.lists(st.text(max_size=10), max_size=3), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(["2026-01-05", "actifs", "famille--garde-denfants", "48.8", "https://a.example", "a@b.example"]),
)  # fmt: skip


NAMES = sorted(schema.fields("structure") | schema.fields("service"))


@given(st.booleans(), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_no_row_breaks_the_reading_and_what_is_kept_fits(service: bool, row: dict[str, Any]) -> None:
    base = {"source": "port", "id": "port--1", "nom": "Halte", "date_maj": "2026-01-05"}
    if service:
        base |= {"structure_id": "port--1", "description": "Cinq mots au moins."}
    content = json.dumps([base | row]).encode()
    try:
        parsed = read_inclusion(content)
    except Unreadable:
        return
    assert parsed.rows == 1
    kept = [*parsed.structures, *parsed.services]
    assert kept or [f for f in parsed.faults if not f.row_kept], "a row is kept, or said to be left out"
    for entry in kept:
        assert len(entry.values["name"]) <= 200
        assert "\0" not in repr(entry.values)
        assert all(len(entry.key[i]) <= most for i, most in ((0, 60), (1, 160)))


def test_finess_keeps_six_kinds_of_places_and_passes_over_the_rest() -> None:
    parsed = read_finess(finess(finess_line(), finess_line(nofinesset="930000011", categetab="355")))
    (entry,) = parsed.structures
    assert (parsed.rows, parsed.passed_over, parsed.faults) == (2, 1, [])
    assert entry.key == ("finess", "930100037")
    assert entry.values["name"] == "ESAT DES CORDIERS (ESSAI)"
    assert (entry.values["postcode"], entry.values["city"]) == ("93130", "NOISY LE SEC")
    assert (entry.values["insee"], entry.values["phone"]) == ("93053", "0199004002")
    assert (entry.values["latitude"], entry.values["address"]) == (None, "22 R DES CORDIERS")
    assert set(CATEGORIES) == {"198", "246", "247", "249", "445", "446", "464"}


@pytest.mark.parametrize(
    ("more", "column", "kept"),
    [
        ({"nofinesset": "930100038"}, "FINESS : nofinesset", True),  # a failed key is a warning
        ({"nofinesset": "93"}, "FINESS : nofinesset", True),
        ({"nofinesset": "ABC"}, "FINESS : nofinesset", False),
        ({"rs": "", "rslongue": ""}, "FINESS : rs", False),
        ({"siret": "123"}, "FINESS : siret", True),
        ({"datemaj": "hier"}, "FINESS : datemaj", True),
    ],
)
def test_finess_says_each_bad_cell(more: dict[str, str], column: str, kept: bool) -> None:
    parsed = read_finess(finess(finess_line(**more)))
    assert (column, kept) in [(f.column, f.row_kept) for f in parsed.faults]
    assert len(parsed.structures) == kept


def test_finess_far_away() -> None:
    lines = finess(finess_line(departement="9D", commune="411", ligneacheminement="97400 ST DENIS"),
                   finess_line(nofinesset="2A0000014", departement="2A", commune="004"))  # fmt: skip
    first, second = read_finess(lines).structures
    assert (first.values["insee"], second.values["insee"], second.key[1]) == ("97411", "2A004", "2A0000014")


@given(st.lists(st.lists(st.text(max_size=12), max_size=len(COLUMNS) + 2), max_size=5))
def test_no_extract_breaks_the_reading(lines: list[list[str]]) -> None:
    text = "\n".join(";".join(["structureet", *cells]) for cells in lines)
    try:
        parsed = read_finess(text.encode("utf-8", "replace"))
    except Unreadable:
        return
    lost = {f.row for f in parsed.faults if not f.row_kept}
    assert parsed.rows == parsed.passed_over + len(parsed.structures) + len(lost)


@pytest.mark.parametrize(
    ("insee", "postcode", "department"),
    [
        ("", "93100", "93"), ("2A004", "20000", "2A"), ("", "20000", "2A"), ("", "20200", "2B"), ("", "97400", "974"),
        ("97411", "", "974"), ("", "", ""), ("", "931", ""), ("01004", "", "01"), ("", "98713", "987"),
    ],
)  # fmt: skip
def test_departements(insee: str, postcode: str, department: str) -> None:
    assert department_of(insee, postcode) == department


def test_every_need_answers_with_words_that_exist() -> None:
    rows = shipped("vocabularies")
    problems = {row["code"] for row in rows if row["vocabulary"] == "problem"}
    kinds = {row["code"] for row in rows if row["vocabulary"] == "partner_kind"}
    themes = set(schema.labels("themes"))
    assert set(needs()) == problems - {"OTHER"}
    for what in needs().values():
        assert what
        assert set(what.themes) <= themes
        assert set(what.kinds) <= kinds
    assert {category.kind for category in CATEGORIES.values()} <= kinds
    assert kind_of("Esat du Port", []) == "ESAT_EA"
    assert kind_of("Cafétéria du Port", []) == "OTHER", "a beginning is a whole word"
    assert kind_of("Le Port", ["inconnu", "mdph"]) == "MDPH"
