"""What somebody signed in may send that no page offers: twice, malformed, too late, taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.forms import Form
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases import commands, commands_members, commands_notes
from amarre.cases.models import Case, Note
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre
from amarre.people.models import Person
from amarre.web.ui.http import carry_out
from tests.cast import actor, as_owner, user
from tests.rows import INES_CASE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def browser(code: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user(code))
    return client


def ines() -> Case:
    with as_owner():
        return Case.objects.select_related("assignment").get(number=INES_CASE)


def token_of(client: Client, path: str) -> str:
    found = re.search(r'name="draft_token" value="([^"]+)"', client.get(path).content.decode())
    assert found
    return found[1]


def count(model: type[Note] | type[Solicitation] | type[Person], **wanted: object) -> int:
    with as_owner():
        return model._base_manager.filter(**wanted).count()


def contact(**more: object) -> dict[str, object]:
    with as_owner():
        centre = Centre.objects.get(name="Centre de Montreuil").pk
    return {"source": "employee", "last_name": "Zzyx", "centre": centre, **more}


@pytest.mark.parametrize("path", ["/pro/recherche/?q=a%00b", "/pro/personnes/?q=%40%00", "/pro/dossiers/?q=%00"])
def test_a_null_character_makes_no_sense(path: str) -> None:
    assert browser("claire").get(path).status_code == 400


def test_a_person_who_is_no_number_is_nobody() -> None:
    assert browser("claire").post(reverse("staff:request_new"), contact(next="take", person="abc")).status_code == 422
    assert not count(Solicitation, last_name="Zzyx"), "what came before the refusal is undone"


def test_a_contact_sent_twice_is_one_contact() -> None:
    client, path = browser("claire"), reverse("staff:request_new")
    sent = contact(next="take", draft_token=token_of(client, path))
    assert client.post(path, sent).status_code == 302
    again = client.post(path, {**sent, "another": "on", "person": "new"})
    assert again.status_code == 422
    assert "déjà été envoyé" in again.content.decode()
    assert count(Solicitation, last_name="Zzyx") == 1 == count(Person, last_name="Zzyx")


def test_a_note_sent_twice_is_one_note_and_leaves_no_draft() -> None:
    client, path = browser("claire"), reverse("staff:note_new", args=[ines().pk])
    written = count(Note)
    sent = {"kind": "note", "body": "", "on": TODAY.isoformat(), "draft_token": token_of(client, path)}
    assert client.post(path, sent).status_code == 422
    sent["body"] = "Elle a rappelé."
    assert client.post(path, sent).status_code == 302, "a refusal spends nothing"
    assert client.post(path, sent).status_code == 422
    assert count(Note) == written + 1
    assert client.post(path, {**sent, "draft_token": token_of(client, path)}).status_code == 302
    assert client.get(reverse("staff:day")).status_code == 200


def test_somebody_written_down_twice_is_one_person() -> None:
    client, path = browser("claire"), reverse("staff:person_new")
    sent = {"last_name": "Zzyx", "draft_token": token_of(client, path)}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, {**sent, "another": "on"}).status_code == 422
    assert count(Person, last_name="Zzyx") == 1


def test_a_place_taken_meanwhile_is_said_in_words() -> None:
    """Two requests at once both find the place free; PostgreSQL lets one through."""
    form = Form({})
    request = RequestFactory().post("/")

    def act(_: dict[str, Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("insert into core_draft select * from core_draft limit 1")

    with as_owner():
        assert carry_out(request, form, act) is None
    assert "vient d’être enregistré" in str(form.non_field_errors())


def test_what_the_members_read_is_neither_hidden_nor_destroyed() -> None:
    claire, case = actor("claire"), ines()
    with acting_as(claire):
        note = commands_notes.write_note(actor=claire, case=case, kind="note", on=TODAY, body="Lue par tous.")
        with pytest.raises(Refused):
            commands_notes.edit_note(actor=claire, note=note, version=1, on=TODAY, body="Cachée.", private=True)
    path = reverse("staff:note_edit", args=[case.pk, note.pk])
    assert 'name="private"' not in browser("claire").get(path).content.decode()


def test_who_passed_the_case_on_decides_nothing_more() -> None:
    claire, case = actor("claire"), ines()
    with acting_as(claire):
        bruno, nadia = (Colleague.objects.visible_to(claire).get(email__startswith=n) for n in ("bruno", "nadia"))
        commands_members.hand_over(actor=claire, case=case, to=bruno, reason="WORKLOAD")
    shown = browser("claire").get(reverse("staff:case", args=[case.pk])).content.decode()
    assert reverse("staff:case_close", args=[case.pk]) not in shown
    with acting_as(claire):
        with pytest.raises(NotAllowed):
            commands_members.hand_over(actor=claire, case=case, to=nadia, reason="WORKLOAD")
        with pytest.raises(NotAllowed):
            commands_members.name_member(
                actor=claire, assignment=case.assignment, user=nadia, role="stand_in", since=TODAY,
                until=TODAY + timedelta(days=9), reason="ABSENCE",
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            commands.close_case(actor=claire, case=case, on=TODAY, outcome="SAME_POST", reason="DONE")
    with acting_as(actor("bruno")):
        commands.close_case(actor=actor("bruno"), case=case, on=TODAY, outcome="SAME_POST", reason="DONE")
    with acting_as(claire), pytest.raises(NotAllowed):
        commands.reopen_case(actor=claire, case=case)


def test_an_act_sees_what_another_did_meanwhile() -> None:
    """The page was opened before: its row says « open », the database says « closed »."""
    claire, early, late = actor("claire"), ines(), ines()
    assert early.assignment.state == late.assignment.state
    how: dict[str, Any] = {"on": TODAY, "outcome": "SAME_POST", "reason": "DONE"}
    with acting_as(claire):
        commands.close_case(actor=claire, case=early, **how)
        with pytest.raises(Refused):
            commands.close_case(actor=claire, case=late, **how)
        commands.reopen_case(actor=claire, case=early)
        with pytest.raises(Refused):
            commands.reopen_case(actor=claire, case=late)


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 30_000, "9" * 5_000, "null", '{"a": 5}', '{"a": [1, {}]}'])
def test_a_draft_that_is_no_draft_breaks_nothing(body: str) -> None:
    client = browser("claire")
    token = token_of(client, reverse("staff:note_new", args=[ines().pk]))
    assert client.post(reverse("save_draft"), {"token": token, "body": body}).status_code in (200, 400)
