"""Actions for teams at the employer's door: asked, read once agreed, withdrawn; nothing of it at the neighbour's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.audit.models import Entry
from amarre.collective import commands
from amarre.collective.catalogue import THEMES
from amarre.collective.commands_shelf import conclude_improvement
from amarre.collective.models import Action, Improvement, Offer
from amarre.core import commands as core
from amarre.core.letters import length
from amarre.organisations.commands_contacts import confirm_contact, invite_contact
from amarre.web.employer.groups.families import FAMILIES
from tests.cast import as_owner, user
from tests.collective.acting import agreed, by, held, kept, opened, planned, set_row
from tests.trios.contacts import mine

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORDS = "Plusieurs collègues aident un parent."


def browser(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def url(name: str, *args: object) -> str:
    return reverse(f"employer:{name}", args=args)


def offer(code: str) -> Offer:
    with as_owner():
        return Offer.objects.get(code=code)


def ask_url(code: str = "carers") -> str:
    return url("action_ask", offer(code).pk)


def newest() -> Action:
    with as_owner():
        return Action.objects.order_by("-pk")[0]


def asked(code: str = "karim", line: str = "carers") -> Action:
    answer = browser(code).post(ask_url(line), {"need": WORDS, "wished": "En mars", "expected": "12"})
    assert answer.status_code == 302
    action = newest()
    assert answer.url == url("action", action.pk)
    return action


def sees(code: str, action: Action) -> bool:
    """Whether somebody finds an action: in their lists, or at its address."""
    client = browser(code)
    address = url("action", action.pk)
    found = client.get(address).status_code == 200
    for path in ("/employeur/", "/employeur/actions/"):
        assert (address in text(client.get(path))) == found, (code, path)
    return found


def test_what_the_works_council_asks_is_read_by_it_alone_until_it_is_agreed() -> None:
    action = asked()
    assert (action.asker, action.wished, action.expected) == ("works_council", "En mars", 12)
    assert [sees(code, action) for code in ("karim", "paul", "rita")] == [True, False, False]
    by("claire", commands.agree_action, action=action, agreed_with="la direction", agreed_on=TODAY, place="Préau")
    assert [sees(code, action) for code in ("karim", "paul", "rita")] == [True, True, False]
    page = text(browser("paul").get(url("action", action.pk)))
    assert "Préau" in page
    assert "comprise dans la cotisation" in page
    assert WORDS not in page, "the words of before the agreement stay with the service"


def test_what_the_employer_asks_is_not_read_by_the_works_council() -> None:
    action = asked("paul")
    assert [sees(code, action) for code in ("paul", "karim", "rita")] == [True, False, False]


def test_what_names_somebody_comes_back_with_what_was_typed() -> None:
    client = browser("karim")
    for wrong in ("Appelez Ida au 06 12 34 56 78", ""):
        answer = client.post(ask_url(), {"need": wrong, "wished": "En mars"})
        assert answer.status_code == 422
        assert wrong in text(answer)
        assert "En mars" in text(answer)
    assert client.post(ask_url(), {"need": "x", "expected": "beaucoup"}).status_code == 422


def test_a_wish_leaves_once_even_clicked_twice_and_its_draft_follows_another_line() -> None:
    client = browser("karim")
    page = text(client.get(ask_url()))
    token = re.search(r'name="draft_token" value="([^"]+)"', page)
    draft = re.search(r'data-draft-url="([^"]+)"', page)
    assert token
    assert draft
    kept_words = {"token": token[1], "body": '{"need": ["Mes mots"]}'}
    assert client.post(draft[1], kept_words).status_code == 200
    assert "Mes mots" in text(client.get(ask_url("housing"))), "who changes their mind types nothing twice"
    sent = {"need": WORDS, "draft_token": token[1]}
    assert [client.post(ask_url(), sent).status_code for _ in range(2)] == [302, 422]
    assert "Mes mots" not in text(client.get(ask_url()))


def test_the_catalogue_holds_every_line_and_something_else() -> None:
    page = text(browser("paul").get("/employeur/actions/demander/"))
    with as_owner():
        lines = [*Offer.objects.filter(active=True)]
    for line in lines:
        assert url("action_ask", line.pk) in page, line
    assert {theme for themes in FAMILIES.values() for theme in themes} == set(THEMES)
    gone = offer("cancer")
    with as_owner(), core.loading():
        Offer.objects.filter(pk=gone.pk).update(active=False)
    client = browser("paul")
    assert url("action_ask", gone.pk) not in text(client.get("/employeur/actions/demander/"))
    assert client.get(url("action_ask", gone.pk)).status_code == 404
    assert asked("paul", "other").title == "Autre chose"


def test_lengths_are_said_as_one_says_them() -> None:
    assert [length(n) for n in (45, 60, 90, 120)] == ["45\xa0minutes", "1\xa0heure", "1\u00a0h\u00a030", "2\xa0heures"]


def test_who_speaks_for_several_places_says_for_which() -> None:
    paul = {"kind": "works_council", "name": "Paul Derouet", "email": user("paul").email}
    made = by("claire", invite_contact, establishment=mine("rita").establishment, **paul)
    by("claire", confirm_contact, contact=made, checked_how="met")
    client = browser("paul")
    assert "Pour quel établissement" in text(client.get(ask_url()))
    assert client.post(ask_url(), {"need": WORDS}).status_code == 422
    assert client.post(ask_url(), {"need": WORDS, "contact": str(made.pk)}).status_code == 302
    assert (newest().establishment_id, newest().asker) == (made.establishment_id, "works_council")
    assert client.post(ask_url(), {"need": WORDS, "contact": str(mine("rita").pk)}).status_code == 422


def test_it_is_withdrawn_by_whoever_asked_before_it_is_agreed() -> None:
    action = asked()
    away = url("action_withdraw", action.pk)
    assert browser("paul").post(away).status_code == 404
    client = browser("karim")
    assert away in text(client.get(url("action", action.pk)))
    assert kept(action).state == "requested"
    assert client.get(away).status_code == 200
    assert kept(action).state == "requested", "opening a page withdraws nothing"
    assert client.post(away).url == "/employeur/actions/"
    assert kept(action).state == "withdrawn"
    assert client.post(away).status_code == 404
    later = asked()
    by("claire", commands.agree_action, action=later, agreed_with="la direction", agreed_on=TODAY, place="Préau")
    assert client.post(url("action_withdraw", later.pk)).status_code == 404
    assert "Retirer" not in text(client.get(url("action", later.pk)))


def test_who_asked_reads_why_not() -> None:
    action = asked()
    by("claire", commands.refuse_action, action=action, why="Le service de santé local le fait mieux.")
    assert "le fait mieux" in text(browser("karim").get(url("action", action.pk)))
    assert not sees("paul", action)


def test_what_comes_next_is_said_at_each_step() -> None:
    action, client = agreed(), browser("paul")

    def home() -> str:
        return text(client.get("/employeur/"))

    assert "fixe le jour avec vous" in home()
    session = planned(action, TODAY + timedelta(days=30))
    assert url("action_tell", action.pk) in home()
    assert client.get(url("action_tell", action.pk)).status_code == 200
    by("sophie", commands.tell_action, action=action)
    assert url("action_tell", action.pk) not in home()
    set_row(session, day=TODAY - timedelta(days=1))
    assert client.get(url("action_tell", action.pk)).status_code == 404, "nothing is left to announce"
    set_row(session, state="cancelled")
    held(kept(action), 14)
    assert "Le compte rendu arrive ici" in home()
    assert client.get(url("action_account", action.pk)).status_code == 404
    by("claire", commands.account_action, action=action, report="Nous avons parlé des relais.")
    assert url("action_account", action.pk) in home()
    assert "compte rendu à lire" in home()
    set_row(action, report_on=TODAY - timedelta(days=31))
    assert "compte rendu à lire" not in home()
    for code, status in (("paul", 200), ("karim", 200), ("rita", 404)):
        answer = browser(code).get(url("action_account", action.pk))
        assert answer.status_code == status, code
        assert ("des relais" in text(answer)) == (status == 200)
    by("claire", commands.look_back_action, action=action, look_back="Une affiche est restée.")
    assert "Une affiche est restée" in text(client.get(url("action_account", action.pk)))
    by("claire", commands.close_action, action=action)
    assert url("action", action.pk) not in home()
    assert "Terminées" in text(client.get("/employeur/actions/"))


def test_the_log_is_read_at_its_workplace_and_names_no_colleague() -> None:
    with as_owner():
        row = Improvement.objects.filter(state="trial").order_by("pk")[0]
    for code, status in (("paul", 200), ("karim", 200), ("rita", 404)):
        answer = browser(code).get(url("improvement", row.pk))
        assert answer.status_code == status, code
        assert ("canari-observation" in text(answer)) == (status == 200)
        assert "Claire" not in text(answer)
        assert (row.title in text(browser(code).get("/employeur/actions/travail/"))) == (status == 200)
    by("nora", conclude_improvement, improvement=row, result="Moins de bruit", kept=True)
    assert "Conclus" in text(browser("karim").get("/employeur/actions/travail/"))
    assert "Moins de bruit" in text(browser("karim").get(url("improvement", row.pk)))


def test_it_comes_from_an_action_that_one_may_read() -> None:
    hidden, shown = opened(), agreed()
    with as_owner():
        row = Improvement.objects.order_by("pk")[0]
    set_row(row, action_id=hidden.pk)
    assert url("action", hidden.pk) not in text(browser("paul").get(url("improvement", row.pk)))
    set_row(row, action_id=shown.pk)
    assert url("action", shown.pk) in text(browser("paul").get(url("improvement", row.pk)))


def test_readings_are_written_down() -> None:
    action = agreed()
    browser("paul").get(url("action", action.pk))
    with as_owner():
        assert Entry.objects.filter(door="employer", verb="action.read").count() == 1
