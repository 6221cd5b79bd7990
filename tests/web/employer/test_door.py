"""Who comes in, until when, and what stays another's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amarre.core import commands
from amarre.intake.models import Solicitation
from amarre.organisations.commands_contacts import confirm_contact, end_contact, invite_contact
from amarre.organisations.models import Contact
from tests.cast import as_owner, user
from tests.plans.acting import by
from tests.trios.contacts import advice, mine

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'(name="(csrfmiddlewaretoken|draft_token)" value=|data-draft-token=)"[^"]+"')
INES = {"first_name": "Inès", "last_name": "Benali", "phone": "06 00 00 01 01", "reason": "WISHES_TO_TALK"}
NOBODY = {"first_name": "Ninon", "last_name": "Inconnue", "phone": "06 00 00 99 99", "reason": "WISHES_TO_TALK"}


def browser(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def text(answer: Any) -> str:
    return TOKENS.sub("", answer.content.decode())


def test_each_account_lands_at_its_own_door() -> None:
    assert browser("paul").get("/compte/").url == "/employeur/"
    assert browser("claire").get("/compte/").url == "/pro/"
    assert browser("chloe").get("/compte/").url == "/partenaire/"


def test_it_closes_after_the_idle_time(settings: Any) -> None:
    client = browser("paul")
    client.get("/employeur/")
    session = client.session
    session["seen"] = 1
    session.save()
    answer = client.get("/employeur/conseils/")
    assert answer.url == "/compte/connexion/?next=%2Femployeur%2Fconseils%2F"


def test_the_door_closes_at_the_next_page() -> None:
    client = browser("paul")
    assert client.get("/employeur/conseils/").status_code == 200
    by("claire", end_contact, contact=mine("paul"))
    assert client.get("/employeur/conseils/").status_code == 403
    assert client.get("/employeur/aide/").status_code == 403
    home = client.get("/employeur/")
    assert "n’est pas ouvert" in text(home)
    assert "Conserverie" not in text(home)


def test_nothing_is_shown_before_the_service_has_confirmed() -> None:
    with as_owner(), commands.loading():
        Contact.objects.filter(pk=mine("paul").pk).update(confirmed_at=None, confirmed_by=None, checked_how="")
    client = browser("paul")
    assert "n’est pas ouvert" in text(client.get("/employeur/"))
    for name in ("help", "help_sent", "advice_list", "advice_new", "duties", "never", "me"):
        assert client.get(reverse(f"employer:{name}")).status_code == 403, name


def test_paul_does_not_see_rita_s_advice() -> None:
    hers, his = advice("rita", "answered"), advice("paul", "answered")
    client = browser("paul")
    assert client.get(reverse("employer:advice", args=[hers.pk])).status_code == 404
    assert client.post(reverse("employer:advice", args=[hers.pk])).status_code == 404
    assert str(hers.pk) not in text(client.get("/employeur/conseils/"))
    assert "canari-reponse-paul" in text(client.get(reverse("employer:advice", args=[his.pk])))
    assert client.post(reverse("employer:advice", args=[his.pk])).url == "/employeur/conseils/"
    assert "Une réponse vous attend" not in text(client.get("/employeur/"))


def sent_by(client: Client, whom: dict[str, str]) -> list[str]:
    """What the door says before, at the moment and after a request for somebody; each page, without its tokens."""
    pages = [text(client.get(f"/employeur/{path}")) for path in ("", "aide/")]
    answer = client.post("/employeur/aide/", whom)
    pages += [str(answer.status_code), answer.headers["Location"], text(answer), text(client.get(answer.url))]
    return pages + [text(client.get(f"/employeur/{path}")) for path in ("", "aide/", "conseils/", "mes-acces/")]


def test_the_answer_is_the_same_whoever_it_is_about_and_however_often() -> None:
    """Inès has a case, Ninon is known to nobody; asked for twice, each: not one byte differs."""
    client = browser("paul")
    first = sent_by(client, INES)
    assert first[2:4] == ["302", "/employeur/aide/transmise/"]
    assert "Votre demande est transmise" in first[5]
    assert "Référence" not in first[5]
    for whom in (INES, NOBODY, NOBODY, INES):
        assert sent_by(client, whom) == first
    with as_owner():
        asked = Solicitation.objects.filter(requester_name="Paul Derouet").order_by("id")
        assert [row.last_name for row in asked] == ["Benali", "Benali", "Inconnue", "Inconnue", "Benali"]
        assert {(row.source, row.company, row.requester_email) for row in asked} == {
            ("employer_hr", "Conserverie de l'Anse", user("paul").email)
        }


def test_what_is_wrong_comes_back_with_what_was_typed() -> None:
    client = browser("paul")
    answer = client.post("/employeur/aide/", INES | {"phone": ""})
    assert answer.status_code == 422
    assert "Benali" in text(answer)
    assert "Donnez un numéro" in text(answer)
    answer = client.post("/employeur/conseils/nouveau/", {"theme": "RETURN", "question": "Une question ?"})
    assert answer.status_code == 422
    assert "Une question ?" in text(answer)


def test_a_question_leaves_once_even_clicked_twice() -> None:
    client = browser("paul")
    page = client.get("/employeur/conseils/nouveau/").content.decode()
    token = re.search(r'name="draft_token" value="([^"]+)"', page)
    assert token
    sent = {"theme": "RETURN", "question": "Une question ?", "nobody": "on", "draft_token": token[1]}
    assert client.post("/employeur/conseils/nouveau/", sent).status_code == 302
    assert client.post("/employeur/conseils/nouveau/", sent).status_code == 422


def test_whoever_speaks_for_several_places_says_for_which() -> None:
    paul = {"kind": "works_council", "name": "Paul Derouet", "email": user("paul").email}
    made = by("claire", invite_contact, establishment=mine("rita").establishment, **paul)
    by("claire", confirm_contact, contact=made, checked_how="met")
    client = browser("paul")
    assert "Pour quel établissement" not in text(client.get("/employeur/aide/")), "an elected member asks for nobody"
    assert "Pour quel établissement" in text(client.get("/employeur/conseils/nouveau/"))
    wrong = {"contact": str(made.pk), "theme": "RETURN", "question": "Et ?", "nobody": "on"}
    answer = client.post("/employeur/conseils/nouveau/", wrong)
    assert "En tant qu’élu(e)" in text(answer)
    assert client.post("/employeur/conseils/nouveau/", wrong | {"theme": "COLLECTIVE"}).status_code == 302


def test_reminders_follow_the_size_of_the_establishment() -> None:
    assert "dès 250" in text(browser("paul").get("/employeur/obligations/")), "its size is not known: everything"
    rita = browser("rita")
    assert "dès 250" not in text(rita.get("/employeur/obligations/"))
    assert "dès 250" in text(rita.get("/employeur/obligations/?toutes=1"))
