"""Plain French, measured on every page that Paul, Rita and Karim are shown, and on each form that comes back.

The name of an article of law, and the day it was read, are quoted (`class="source"`): they are not measured.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import as_owner, user
from tests.matrix import MATRIX
from tests.web.public.test_plain import JARGON, LONGEST_MEAN, sentences

pytestmark = pytest.mark.django_db
LONGEST = 22
EXPLAINED = {"CSE", "RQTH"}  # beside « comité social et économique », « reconnaissance de la qualité de… »
QUOTED = re.compile(r'<p class="quiet source">.*?</p>|<blockquote.*?</blockquote>', re.S)
OTHER_WORDS = ("bénéficiaire", "traitement", "le cas échéant", "veuillez", "collaborateur")


@cache
def every_page() -> dict[str, str]:
    """Each page of the matrix that a contact is shown, and each form that comes back."""
    found: dict[str, str] = {}
    for code in ("paul", "rita", "karim"):
        client = Client()
        client.force_login(user(code))
        for row in MATRIX:
            if not row.name.startswith("employer:"):
                continue
            with as_owner():
                path = reverse(row.name, args=row.arguments())
            if code in row.get.get(200, ()):
                answer = client.get(path)
                if answer["Content-Type"].startswith("text/html"):  # a paper or a calendar is not a page
                    found[f"{row.name} × {code} {path}"] = answer.content.decode()
            if code in row.post.get(422, ()):
                with transaction.atomic():
                    found[f"{row.name} sent × {code}"] = client.post(path).content.decode()
                    transaction.set_rollback(True)
    return found


def said(page: str) -> list[str]:
    return sentences(QUOTED.sub("", page))


def test_sentences_are_short() -> None:
    assert len(every_page()) >= 24
    for name, page in every_page().items():
        lengths = [len(sentence.split()) for sentence in said(page)]
        assert sum(lengths) / len(lengths) <= LONGEST_MEAN, name
        assert max(lengths) <= LONGEST, (name, max(said(page), key=lambda s: len(s.split())))


def test_no_jargon_and_no_capitals_left_unexplained() -> None:
    for name, page in every_page().items():
        text = "\n".join(said(page))
        found = [word for word in (*JARGON, *OTHER_WORDS) if re.search(rf"\b{word}\b", text, re.I)]
        assert not found, (name, found)
        assert set(re.findall(r"\b[A-Z]{2,}\b", text)) <= EXPLAINED, name


def test_each_page_says_whom_to_call_and_has_one_title() -> None:
    for name, page in every_page().items():
        assert 'href="tel:' in page, name
        assert page.count("<h1") == 1, name
        assert page.count("<main") == 1, name


def test_no_employee_is_named_on_any_page() -> None:
    for name, page in every_page().items():
        for person in ("Benali", "Diarra", "Quentin", "Lemoine"):
            assert person not in page, name


def test_the_forms_have_no_place_for_what_a_third_party_could_tell() -> None:
    """Of somebody: a name, a channel, a word of a list. The only long text is the question about nobody."""
    helping = next(page for name, page in every_page().items() if name.startswith("employer:help ×"))
    assert "<textarea" not in helping
    asking = next(page for name, page in every_page().items() if name.startswith("employer:advice_new ×"))
    assert asking.count("<textarea") == 1
    assert "Sans nommer personne" in asking
