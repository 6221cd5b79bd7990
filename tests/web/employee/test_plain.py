"""Plain French, measured on every page that Inès and Yanis are shown, and on each form that comes back.

What is quoted is not measured: a published grid keeps its own words, a procedure its official name (`lang="fr"`), and
the source of a grid is folded away.
"""

from __future__ import annotations

import re

import pytest

from tests.web.employee.pages import errors, every_page
from tests.web.public.test_plain import JARGON, LONGEST_MEAN, sentences

pytestmark = pytest.mark.django_db
LONGEST = 22
EXPLAINED = {
    "SMS",
    "PDF",
    "RQTH",
    "TEST",
    "OPEN",
    "EPICES",
    "SAMU",
}  # the last two: the name of a grid, and a number that says what it is
QUOTED = re.compile(r"<(p|h1|h2|dl|div|span|bdi)\b[^>]* lang=\"fr\".*?</\1>|<details.*?</details>", re.S)
OTHER_WORDS = ("référent", "bénéficiaire", "item", "remplissage", "traitement", "le cas échéant", "veuillez")


def said(page: str) -> list[str]:
    return sentences(QUOTED.sub("", page))


def test_sentences_are_short() -> None:
    pages = every_page() | errors()
    assert len(pages) > 60
    counts = []
    for name, page in pages.items():
        lengths = [len(sentence.split()) for sentence in said(page)]
        counts += lengths
        assert sum(lengths) / len(lengths) <= LONGEST_MEAN, name
        assert max(lengths) <= LONGEST, (name, max(said(page), key=lambda s: len(s.split())))
    mean = sum(counts) / len(counts)
    print(f"{len(pages)} pages, {len(counts)} sentences, mean {mean:.1f} words, longest {max(counts)}")


def test_no_jargon_and_no_capitals_left_unexplained() -> None:
    for name, page in (every_page() | errors()).items():
        text = "\n".join(said(page))
        found = [word for word in (*JARGON, *OTHER_WORDS) if re.search(rf"\b{word}\b", text, re.I)]
        assert not found, (name, found)
        reference = set(re.findall(r"[A-Z0-9]+", "".join(re.findall(r'class="reference">([^<]+)', page))))
        capitals = set(re.findall(r"\b[A-Z]{2,}\b", text)) - EXPLAINED - reference
        assert not capitals, (name, capitals)


def test_each_page_gives_a_telephone_or_says_whom_to_call_and_a_fast_way_out() -> None:
    for name, page in (every_page() | errors()).items():
        assert "data-leave" in page, name
        if "employee:" in name:
            assert 'href="tel:' in page, name
        elif "sorti" not in name and "keys" not in name:
            assert 'href="tel:' in page or "Appelez votre centre" in page, name


def test_one_question_alone_on_each_page_of_a_grid() -> None:
    pages = [page for name, page in every_page().items() if name.startswith("employee:grid_item")]
    assert pages
    for page in pages:
        assert len(re.findall(r"<fieldset", page)) == 1
        assert page.count("<h1") == 1


def test_a_voice_can_read_each_page() -> None:
    """A title, a language, landmarks, no words that only the eye gets, nothing that forbids selecting."""
    for name, page in every_page().items():
        assert '<html lang="fr">' in page, name
        assert page.count("<h1") == 1, name
        assert page.count("<main") == 1, name
        assert not re.search(r'translate="no"|notranslate|user-select|oncopy|<marquee|<canvas', page), name
        muted = re.findall(r'aria-hidden="true"[^>]*>([^<]*)<', page)
        assert set(muted) <= {"✕", ""}, (name, muted)
