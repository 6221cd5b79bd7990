"""Messages at the employer's door: closed until a button is pressed, read by the one to whom they went, answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amarre.audit.models import Entry
from amarre.core import commands
from amarre.organisations.models import Contact
from amarre.sharing.commands_agreements import withdraw_agreement
from amarre.sharing.models import Agreement, Answer, Transmission
from amarre.sharing.parties import contact_party
from amarre.sharing.states import PartyKind
from tests.cast import as_owner, user
from tests.matrix_employer import message
from tests.plans.acting import W, by
from tests.trios.contacts import mine

pytestmark = pytest.mark.django_db


def browser(code: str = "paul") -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def path(name: str = "message", **wanted: Any) -> str:
    return reverse(f"employer:{name}", args=message(**wanted)(W))


def verbs() -> list[str]:
    with as_owner():
        return [*Entry.objects.filter(door="employer").order_by("id").values_list("verb", flat=True)]


def test_nothing_is_said_before_it_is_opened() -> None:
    client, closed = browser(), path(read_at=None)
    for page in ("/employeur/", "/employeur/messages/", closed):
        assert "canari" not in text(client.get(page)), page
    assert "Un message vous attend" in text(client.get("/employeur/"))
    listed = text(client.get("/employeur/messages/"))
    assert listed.index("à ouvrir") < listed.index("lu")
    assert client.get(closed + "ouvrir/").status_code == 405, "no GET opens anything"
    assert client.post(closed + "ouvrir/").url == closed
    assert client.post(closed + "ouvrir/").url == closed, "a second click changes nothing"
    assert "canari-ferme-paul" in text(client.get(closed))
    assert "Un message vous attend" not in text(client.get("/employeur/"))
    assert verbs().count("transmission.read") == 1


def test_it_is_answered_and_the_draft_is_spent() -> None:
    client, read = browser(), path(read_at__isnull=False)
    page = text(client.get(read))
    assert "canari-reponse-de-paul" in page
    token = page.split('name="draft_token" value="')[1].split('"')[0]
    for bad in ({"kind": "refused"}, {"kind": "discuss", "words": " "}, {"words": "Oui"}, {"kind": "started"}):
        assert client.post(read, bad).status_code == 422, bad
    no = {"kind": "refused", "words": "Pas en janvier.", "draft_token": token}
    assert client.post(read, no).url == read
    assert client.post(read, no).status_code == 422, "sent once"
    with as_owner():
        assert [answer.words for answer in Answer.objects.filter(kind="refused")] == ["Pas en janvier."]
    assert "Nous ne pouvons pas" in text(client.get(read))


def test_taken_back_before_it_was_read_is_as_if_it_had_never_been() -> None:
    client, closed = browser(), path(read_at=None)
    with as_owner():
        agreed = Agreement.objects.get(contact__isnull=False)
    by("ines", withdraw_agreement, agreement=agreed)
    nowhere = reverse("employer:message", args=[7])
    gone, never = client.get(closed), client.get(nowhere)
    assert gone.status_code == never.status_code == 404
    assert client.post(closed + "ouvrir/").status_code == 404
    assert "Un message vous attend" not in text(client.get("/employeur/"))


def test_an_elected_member_never_receives_anything() -> None:
    """Neither by the command, nor when a row names them by mistake."""
    karim = mine("karim")
    with pytest.raises(commands.Refused, match="élu"):
        contact_party(karim, "Karim, élu").put_on(Agreement(party_kind=PartyKind.EMPLOYER))
    with as_owner(), commands.loading():
        rows = Transmission.objects.filter(contact__isnull=False)
        rows.update(contact_id=karim.pk, to_user_id=karim.user_id)
    client = browser("karim")
    assert "Aucun message" in text(client.get("/employeur/messages/"))
    assert client.get(path(read_at=None)).status_code == 404


def test_who_has_left_receives_nothing_more() -> None:
    client, closed = browser(), path(read_at=None)
    with as_owner(), commands.loading():
        Contact.objects.filter(pk=mine("paul").pk).update(ended_on="2026-01-01")
    assert client.get(closed).status_code == 403, "the whole door is closed"
