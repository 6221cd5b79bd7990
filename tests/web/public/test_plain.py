"""Plain words: short sentences, a telephone on each page, urgent numbers first, nothing from outside."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from amarre.core.scope import acting_as
from amarre.organisations.models import CrisisNumber
from amarre.web.public.request.forms import ContactForm, NameForm, ReachForm, WhereForm, WhyForm
from tests.cast import PASSER_BY
from tests.web.public.passerby import PasserBy, as_owner, ask_as_employer, ask_for_help, send
from tests.web.public.test_hostile import TRAINING, addresses, named

pytestmark = pytest.mark.django_db
LONGEST_MEAN = 15
JARGON = ("solicitation", "sollicitation", "usager", "dispositif", "formulaire", "valider", "soumettre", "FALC")
EXPLAINED = {"SMS", "CSE", "SAMU", "RQTH"}


class Words(HTMLParser):
    """The sentences of the main part of a page; each block of the page ends one."""

    BLOCKS = frozenset(
        ["p", "li", "h1", "h2", "h3", "label", "legend", "dt", "dd", "button", "summary", "div", "ul", "ol", "td", "th"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.heard = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        if tag in self.BLOCKS or tag == "br":
            self.heard += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.heard += "\n"
        if tag == "main":
            self.inside = False

    def handle_data(self, data: str) -> None:
        self.heard += data if self.inside else ""


def sentences(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    found = re.split(r"(?<=[.?!])\s|\n", words.heard)
    return [s.strip() for s in found if len(s.split()) > 1]


def every_page(clock: Traveller) -> dict[str, str]:
    """Each page as people see it: begun, filled, refused, sent, gone, erased."""
    somebody = PasserBy()
    ask_for_help(somebody, reasons=["SAFETY"])
    ask_as_employer(somebody)
    shown = [
        path for path in addresses() if not path.endswith(("envoyee/", "transmise/", ".ics")) and path not in TRAINING
    ]
    pages = {path: somebody.get(named(path)) for path in shown}
    clock.shift(60)
    pages["sent"], pages["passed on"] = send(somebody), send(somebody, "employeur/")
    pages["gone"] = PasserBy().get("/demande/verifier/")
    pages["erased"] = somebody.post("/demande/effacer/").content.decode()
    pages["refused"] = somebody.post("/demande/joindre/").content.decode()
    other = PasserBy()
    ask_for_help(other, channel="none")
    clock.shift(60)
    pages["anonymous"] = send(other)
    return pages


def test_sentences_are_short(clock: Traveller) -> None:
    pages = every_page(clock)
    assert len(pages) > 20
    for name, page in pages.items():
        said = sentences(page)
        mean = sum(len(s.split()) for s in said) / len(said)
        assert mean <= LONGEST_MEAN, (name, mean)
        longest = max(said, key=lambda s: len(s.split()))
        assert len(longest.split()) <= 22, (name, longest)


def test_no_jargon_and_no_capitals_left_unexplained(clock: Traveller) -> None:
    for name, page in every_page(clock).items():
        said = "\n".join(sentences(page))
        assert not [word for word in JARGON if word in said.lower() or word in said.split()], name
        assert set(re.findall(r"\b[A-Z]{2,}\b", said)) <= EXPLAINED | {"TEST", "OPEN"} | references(page), name


def references(page: str) -> set[str]:
    return set(re.findall(r"[A-Z0-9]+", "".join(re.findall(r'class="reference">([^<]+)', page))))


def test_each_page_gives_a_telephone_and_a_way_out(clock: Traveller) -> None:
    for name, page in every_page(clock).items():
        assert "data-leave" in page, name
        if "effac" not in name and name != "erased":
            assert 'href="tel:' in page, name


def test_urgent_numbers_come_before_anything_to_press(somebody: PasserBy) -> None:
    for path, first in (("/", "Demander de l’aide"), ("/demande/", "Commencer")):
        page = somebody.get(path)
        assert page.index("tel:112") < page.index("tel:3114") < page.index(f">{first}<")


def test_the_day_of_check_is_shown_once_every_number_was_checked(somebody: PasserBy) -> None:
    assert "Numéros à vérifier" in somebody.get("/")
    with as_owner():
        CrisisNumber.objects.exclude(number="112").update(checked_on=date(2026, 11, 3))
    assert "Numéros à vérifier" in somebody.get("/")
    with as_owner():
        CrisisNumber.objects.filter(number="112").update(checked_on=date(2026, 10, 1))
    assert "Numéros vérifiés le" in somebody.get("/")
    with as_owner():
        CrisisNumber.objects.update(active=False)
    assert "tel:112" in somebody.get("/")


def test_the_first_page_leads_everywhere(somebody: PasserBy) -> None:
    page = somebody.get("/")
    for target in ("/demande/", "/demande/employeur/", "/compte/connexion/", "tel:"):
        assert f'href="{target}' in page
    assert page.count('<a class="btn btn-primary"') == 1


def test_nothing_comes_from_another_house(clock: Traveller) -> None:
    for name, page in every_page(clock).items():
        outside = re.findall(r'(?:src|action)="(?:https?:)?//[^"]+"', page) + re.findall(r"<(?:iframe|object)", page)
        assert outside == [], name
        assert re.findall(r' style="| on[a-z]+="', page) == [], name


@pytest.mark.parametrize(("channel", "most"), [("call", 2), ("sms", 2), ("email", 2), ("none", 1)])
def test_two_mandatory_answers_at_most(channel: str, most: int) -> None:
    asked = [WhereForm, WhyForm, ReachForm] + ([ContactForm, NameForm] if channel != "none" else [])
    with acting_as(PASSER_BY):
        forms = [form(actor=PASSER_BY, initial={"channel": channel}) for form in asked]
        assert sum(field.required for form in forms for field in form.fields.values()) == most


def test_few_statements_per_page(somebody: PasserBy) -> None:
    ask_for_help(somebody)
    for path, most in (
        ("/", 8),
        ("/demande/", 12),
        ("/demande/lieu/", 9),
        ("/demande/motif/", 12),
        ("/demande/verifier/", 10),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            somebody.get(path)
        assert len(asked) <= most, (path, len(asked))
