"""Letters on built-in templates: tagged, complete, and a certificate that tells nothing but a presence."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from amarre.core import letters
from amarre.core.letters import (
    Attendance,
    Letter,
    Letterhead,
    Transmission,
    attendance_pdf,
    hour,
    letter_pdf,
    transmission_pdf,
)
from amarre.core.paper import Unprintable
from tests.plans.papers import pages, says, squeezed, tags, text_of

NASTY = '#read("/etc/passwd") $x^2$ *a* _b_ \\ @cle <x> #{1+1} `c` // d /* e */ = f - g ~ -- "h" [j] \\u{41}'
HOUSE = Letterhead("Service social d’essai", "12 rue Fictive\n93200 Saint-Denis", "0149330012")
PLAIN = Letterhead("Centre Fictif", "12 rue Fictive\n93200 Saint-Denis")
LETTER = Letter(
    HOUSE, ("Monsieur Fictif", "3 rue Inventée", "93000 Bobigny"), "Saint-Denis", date(2026, 12, 1),
    "Votre demande de logement", "Monsieur,\n\nJe vous écris.\nDeuxième ligne.\n\n\nBien à vous,", "Claire Morel",
    "Assistante de service social", "Courrier personnel et confidentiel.",
)  # fmt: skip
PRESENCE = Attendance(
    PLAIN, "Nadia Benali", date(2026, 11, 12), time(9, 5), time(10), "12 rue Fictive, 93200 Saint-Denis", "Saint-Denis",
    date(2026, 11, 13), "L’accueil",
)  # fmt: skip
SHEET = Transmission(
    HOUSE, ("Docteur Fictive", "médecin du travail"), "Nadia Benali", "Préparer la reprise", "Premier.\n\nSecond.",
    date(2026, 11, 12), date(2027, 1, 12), "Nadia Benali a donné son accord le 12 novembre 2026, par écrit.",
    "Claire Morel", confidential="Ne pas transmettre plus loin.",
)  # fmt: skip
MADE: dict[str, Callable[[], bytes]] = {
    "Courrier": lambda: letter_pdf(LETTER),
    "Attestation de présence": lambda: attendance_pdf(PRESENCE),
    "Transmission": lambda: transmission_pdf(SHEET),
}


def test_a_letter_says_all_that_it_was_given() -> None:
    pdf = letter_pdf(LETTER)
    told = (
        *("Service social d’essai", "12 rue Fictive", "Téléphone : 01 49 33 00 12", *LETTER.recipient),
        *("Saint-Denis, le 1er décembre 2026", LETTER.subject, "Je vous écris.", "Deuxième ligne.", "Bien à vous,"),
        *(LETTER.signed, LETTER.role, LETTER.confidential, "page 1/1"),
    )
    assert says(pdf, *told) == []
    assert pages(pdf) == 1


def test_a_long_letter_goes_on_with_page_numbers() -> None:
    pdf = letter_pdf(replace(LETTER, body="Un paragraphe assez long pour tenir sa ligne.\n\n" * 90))
    assert pages(pdf) > 1
    assert says(pdf, f"page 2/{pages(pdf)}", LETTER.signed) == []


def test_a_certificate_tells_who_when_and_where_and_nothing_else() -> None:
    pdf = attendance_pdf(PRESENCE)
    said = squeezed(text_of(pdf))
    told = (
        *("Attestation de présence", "Nadia Benali", "jeudi 12 novembre 2026", "9 h 05", "10 h", PRESENCE.place),
        *("Centre Fictif", "93200 Saint-Denis", "Saint-Denis, le 13 novembre 2026", "L’accueil", "page 1/1"),
        *("Nous attestons la présence de", "à l’adresse suivante", "12 rue Fictive"),
    )
    assert says(pdf, *told) == []
    assert "social" not in said.lower()
    assert {f.name for f in fields(Attendance)}.isdisjoint({"reason", "subject", "body", "role", "service"})
    for words in sorted((*told, ",le", "de", "à", ":", "."), key=len, reverse=True):
        said = said.replace(squeezed(words), "")
    assert said.strip(",:.") == ""


def test_a_certificate_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Unprintable, match="corrigez"):
        attendance_pdf(replace(PRESENCE, end=PRESENCE.start))


def test_a_transmission_says_to_whom_why_until_when_and_by_which_agreement() -> None:
    pdf = transmission_pdf(SHEET)
    told = (*SHEET.recipient, SHEET.person, SHEET.purpose, "jusqu’au 12 janvier 2027", "Premier.", "Second.")
    assert says(pdf, *told, SHEET.agreement, SHEET.signed, SHEET.confidential, "jeudi 12 novembre 2026") == []
    assert says(transmission_pdf(replace(SHEET, until=None)), "le temps que demande ce but") == []


@pytest.mark.parametrize("title", MADE)
def test_letters_are_accessible_and_tell_nobody_in_their_properties(title: str) -> None:
    pdf = MADE[title]()
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert reader.metadata.title == title
    assert not reader.metadata.author
    assert "Benali" not in str(reader.metadata)
    assert tags(pdf).count("/H1") == 1
    assert pdf == MADE[title](), "the same bytes for the same words"


def test_headings_paragraphs_and_tables_are_tagged() -> None:
    assert tags(letter_pdf(LETTER)).count("/P") >= 5
    sheet = tags(transmission_pdf(SHEET))
    assert sheet.count("/H2") == 2
    assert sheet.count("/TH") == 2
    assert sheet.count("/TR") == 6


def test_an_empty_letter_is_still_a_letter() -> None:
    bare = Letter(Letterhead(""), (), "", date(2026, 12, 1), "", "", "")
    assert says(letter_pdf(bare), "Le 1er décembre 2026") == []


def test_hours_are_written_in_french() -> None:
    assert [hour(time(9, 5)), hour(time(14))] == ["9\u00a0h\u00a005", "14\u00a0h"]


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_gives_a_letter(text: str) -> None:
    assert letter_pdf(filled(text)).startswith(b"%PDF")
    assert attendance_pdf(replace(PRESENCE, person=text, place=text, town=text, signed=text)).startswith(b"%PDF")
    assert transmission_pdf(replace(SHEET, recipient=(text,), purpose=text, body=text)).startswith(b"%PDF")


def filled(text: str) -> Letter:
    head = Letterhead(text, text, text)
    return Letter(head, (text, text), text, date(2026, 12, 1), text, text, text, text, text)


def test_what_is_typed_is_shown_and_never_obeyed() -> None:
    found = squeezed(text_of(letter_pdf(filled(NASTY))))
    assert found.count(squeezed(NASTY)) >= 8
    assert "root:" not in found
    assert letters.TEMPLATES.is_dir()
