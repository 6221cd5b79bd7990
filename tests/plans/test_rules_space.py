"""The person's space: an address that was confirmed opens it; closed, it is closed at once; those they invite."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from amarre.accounts.models import Mail, User
from amarre.core.actor import MACHINE
from amarre.core.models import Draft, Notice
from amarre.core.scope import acting_as
from amarre.core.tasks import notify
from amarre.people.models import PersonAccount
from amarre.plans import commands, commands_goals, commands_space, commands_talk, tasks
from amarre.plans import models as m
from amarre.plans.channels import code_of, is_code
from tests.cast import actor, as_owner, user
from tests.plans.acting import W, again, by, change, queued, refusal, told
from tests.rows import ANONYMOUS_CASE, CLOSED_CASE, TODAY, YANIS_CASE
from tests.web.entry.test_links import to_the_mailbox
from tests.web.entry.test_space import ask, give, is_in, mailed_code

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]

NEW = "nouvelle.adresse@exemple.example"
DEAD = "Ce code ne marche plus. Envoyez-en un autre."


def sent(email: str = NEW, **more: Any) -> m.ChannelCheck:
    return by("claire", commands_space.check_channel, plan=W.plan(), email=email, **more)


def confirm(check: m.ChannelCheck, code: str | None = None) -> m.ChannelCheck:
    said = code_of(check) if code is None else code
    return by("claire", commands_space.confirm_channel, plan=W.plan(), check=check, code=said)


def refused(check: m.ChannelCheck, code: str | None = None) -> str:
    said = code_of(check) if code is None else code
    return refusal("claire", commands_space.confirm_channel, plan=W.plan(), check=check, code=said)


def account() -> PersonAccount | None:
    with as_owner():
        return PersonAccount.objects.filter(person_id=W.plan().person_id).select_related("user").first()


# Codes ---------------------------------------------------------------------------------------------


def test_five_codes_a_day() -> None:
    for _ in range(5):
        sent()
    again_ = {"plan": W.plan(), "email": NEW}
    assert refusal("bruno", commands_space.check_channel, **again_) == (
        "Cinq codes sont déjà partis aujourd’hui. Vérifiez l’adresse, et réessayez demain."
    )
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert not refusal("bruno", commands_space.check_channel, **again_)


def test_five_wrong_codes() -> None:
    check = sent()
    wrong = f"{(int(code_of(check)) + 1) % 100_000_000:08d}"
    for turn in range(5):
        assert refused(check, wrong) == "Ce n’est pas le code qui est parti. Faites-le relire, puis recommencez."
        by("claire", commands_space.count_a_miss, plan=W.plan(), check=check)
        assert again(check).tries == turn + 1
    assert refused(check) == refused(check, wrong) == DEAD
    by("claire", commands_space.count_a_miss, plan=W.plan(), check=check)
    assert again(check).tries == 5
    assert account().user_id == user("ines").pk, "nothing was opened"


@pytest.mark.parametrize(("minutes", "lives"), [(59, True), (61, False)])
def test_a_code_lasts_an_hour(minutes: int, lives: bool) -> None:
    check = sent()
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
        assert refused(check) == ("" if lives else DEAD)


def test_a_code_serves_once_and_for_its_own_row() -> None:
    first, second = sent(), sent("autre@exemple.example")
    assert not is_code(first, code_of(second)) or code_of(first) == code_of(second)
    spaced = f" {code_of(first)[:3]} {code_of(first)[3:]} "
    assert confirm(first, spaced).confirmed_at
    assert refused(first) == "C’est déjà confirmé."


def test_nobody_confirms_what_was_sent_for_another_plan() -> None:
    check = sent()
    with pytest.raises(m.ChannelCheck.DoesNotExist):
        by("bruno", commands_space.confirm_channel, plan=W.plan(CLOSED_CASE), check=check, code=code_of(check))


def test_somebody_anonymous_has_no_space() -> None:
    case = W.case(ANONYMOUS_CASE)
    plan = by("nadia", commands.open_plan, case=case)
    assert refusal("nadia", commands_space.check_channel, plan=plan, email=NEW) == (
        "Ce contact est anonyme\u00a0: un espace s’ouvre au nom de quelqu’un."
    )
    assert refusal("nadia", commands_space.close_space, plan=plan) == "Il n’y a pas d’espace ouvert."


def test_the_code_leaves_by_the_queue_and_says_nothing(to_the_mailbox: None) -> None:
    check = sent("  Nouvelle.Adresse@Exemple.example ")
    assert check.email == NEW
    assert queued("plans.send_check") == [{"check_id": check.pk}], "ids only"
    tasks_run(check.pk)
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (NEW, "Un message vous attend")
    assert code_of(check) in mail.body
    assert not re.search("Benali|Inès|Claire|social|Amarre", mail.subject + mail.body, re.I)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        tasks_run(check.pk)
    confirm(check)
    tasks_run(check.pk)
    assert Mail.objects.count() == 1, "neither a dead code nor a used one leaves"


def tasks_run(check: int) -> None:
    with acting_as(MACHINE):
        tasks.send_check(check)


# Opening and closing -------------------------------------------------------------------------------


def test_a_confirmed_address_opens_a_new_account_and_puts_the_old_one_out() -> None:
    old = account()
    check = sent()
    confirm(check)
    opened = account()
    assert opened.user_id != old.user_id
    assert opened.email == NEW
    with as_owner():
        new, gone = User.objects.get(pk=opened.user_id), User.objects.get(pk=old.user_id)
    assert (new.email, new.name, new.kind, new.roles, new.is_active) == (NEW, "Inès Benali", "person", [], True)
    assert not new.check_password("")
    assert (gone.is_active, gone.email) == (False, f"ferme-{gone.pk}@espace.invalid")
    assert gone.signed_out_at
    assert gone.disabled_at


@pytest.mark.parametrize(
    "whose", ["yanis@demo.amarre.example", "claire@demo.amarre.example", "Paul@Demo.amarre.example"]
)
def test_an_address_that_opens_something_else_is_refused_and_nothing_is_lost(whose: str) -> None:
    check = sent(whose)
    said = refused(check)
    assert said == "Cette adresse ouvre déjà un autre espace. Demandez-en une autre, que la personne lit seule."
    assert account().user_id == user("ines").pk
    assert again(check).confirmed_at is None


def test_a_space_that_is_closed_is_closed_at_once(to_the_mailbox: None) -> None:
    client = Client()
    ask(client)
    give(client, mailed_code())
    assert is_in(client)
    page = client.get("/espace/messages/").content.decode()
    found = re.search(r'name="draft_token" value="([^"]+)"', page)
    assert found
    keep = {"token": found[1], "body": json.dumps({"body": ["Avant."]})}
    assert client.post("/brouillon/", keep).status_code == 200
    by("claire", commands_space.close_space, plan=W.plan())
    assert client.get("/espace/").status_code == 302
    assert not is_in(client)
    after = client.post("/brouillon/", {**keep, "body": json.dumps({"body": ["Après."]})})
    assert after.status_code == 403
    with as_owner():
        assert "Après." not in "".join(draft.body for draft in Draft.objects.all())
    assert refusal("claire", commands_space.close_space, plan=W.plan()) == "Il n’y a pas d’espace ouvert."


def test_a_closed_space_reads_nothing_even_with_the_actor_of_before() -> None:
    ines = actor("ines")
    by("claire", commands_space.close_space, plan=W.plan())
    with acting_as(ines):
        for model in (m.Plan, m.Goal, m.Message, m.Document, PersonAccount):
            assert not model._base_manager.exists(), model
    assert refusal("claire", commands_talk.send_message, plan=W.plan(), body="Bonjour") == ""
    assert deliver() == ["nowhere"], "nobody is there to be told"


def test_a_space_opened_again_is_a_new_account_that_finds_the_plan() -> None:
    before = account()
    by("claire", commands_space.close_space, plan=W.plan())
    assert account() is None
    confirm(sent(before.email))
    after = account()
    assert after.user_id != before.user_id
    with as_owner():
        person = User.objects.get(pk=after.user_id).actor("TEST")
    person = replace(person, person_id=after.person_id)
    with acting_as(person):
        assert m.Goal.objects.visible_to(person).count() == 3


# The neutral mail ----------------------------------------------------------------------------------


def deliver() -> list[str]:
    """Do what waits; why nothing left, for each."""
    for ids in queued("core.notify"):
        with acting_as(MACHINE):
            notify(**ids)
    with as_owner():
        return list(Notice.objects.exclude(recipient="0" * 64).order_by("at").values_list("skipped", flat=True))


def test_one_mail_a_day_that_says_nothing(to_the_mailbox: None) -> None:
    for body in ("canari-un", "canari-deux"):
        by("claire", commands_talk.send_message, plan=W.plan(), body=body)
    by("claire", commands_goals.propose_goal, plan=W.plan(), title="canari-trois")
    assert told() == [W.plan().person_id], "once"
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        by("bruno", commands_talk.send_message, plan=W.plan(), body="canari-quatre")
    assert len(told()) == 2
    assert deliver() == ["", ""]
    mail, _ = Mail.objects.all()
    assert (mail.to, mail.subject) == (user("ines").email, "Un message vous attend")
    assert not re.search("canari|Inès|Claire|social|Amarre", mail.subject + mail.body)


def test_the_person_is_not_told_of_what_they_wrote_themselves() -> None:
    by("ines", commands_talk.send_message, plan=W.plan(), body="Bonjour")
    by("ines", commands_goals.propose_goal, plan=W.plan(), title="Dormir")
    assert not told()


# Somebody close ------------------------------------------------------------------------------------


def name(code: str = "ines", **said: Any) -> str:
    return refusal(code, commands_space.name_companion, **{"plan": W.plan(), "name": "Rose", "kind": "trusted", **said})


def test_naming_somebody_close() -> None:
    assert name(name=" ") == "Il manque le nom."
    assert name(until=TODAY - timedelta(days=1)) == (
        "Cette date est déjà passée. Indiquez une date à venir, ou laissez vide."
    )
    assert name(parts=["everything"]) == "Choisissez parmi les parties proposées."
    assert name() == ""
    second = "Une personne de confiance est déjà nommée. Retirez-la d’abord."
    assert name() == name("claire") == second
    assert name(kind="relative") == name("bruno", kind="relative") == ""
    trusted = W.part(m.Companion, kind="trusted")
    assert (trusted.named_by, trusted.user_id, trusted.since) == ("person", None, TODAY)
    by("ines", commands_space.end_companion, companion=trusted)
    assert name() == "", "the first was taken back"


def test_a_trusted_person_named_until_a_day_is_one_as_well() -> None:
    assert name(until=TODAY + timedelta(days=30)) == ""
    assert name() == "Une personne de confiance est déjà nommée. Retirez-la d’abord."


def test_sharing_and_taking_back_are_immediate() -> None:
    row, yanis = W.part(m.Companion), actor("yanis")
    assert refusal("ines", commands_space.share_with, companion=row, parts=["x"]) == (
        "Choisissez parmi les parties proposées."
    )
    by("ines", commands_space.share_with, companion=row, parts=["documents"])
    with acting_as(yanis):
        assert m.Document.objects.visible_to(yanis).filter(plan=W.plan()).count() == 1
        assert not m.Goal.objects.visible_to(yanis).filter(plan=W.plan()).exists()
    by("ines", commands_space.end_companion, companion=row)
    with acting_as(yanis):
        assert not m.Document.objects.visible_to(yanis).filter(plan=W.plan()).exists()
    assert (again(row).parts, again(row).until) == ([], TODAY)
    past = change(row, until=TODAY - timedelta(days=1))
    assert refusal("ines", commands_space.end_companion, companion=past) == "C’est déjà fini."


def test_an_address_opens_a_part_to_somebody_close() -> None:
    by("ines", commands_space.name_companion, plan=W.plan(), name="Rose", kind="relative", parts=["goals"])
    row = W.part(m.Companion, name="Rose")
    confirm(sent("rose@exemple.example", companion=row))
    first = again(row)
    assert first.email == "rose@exemple.example"
    with as_owner():
        rose = User.objects.get(pk=first.user_id)
    assert (rose.kind, rose.name, rose.roles) == ("person", "Rose", [])
    who = rose.actor("TEST")
    with acting_as(who):
        assert m.Goal.objects.visible_to(who).count() == m.Goal._base_manager.count() == 3
        assert not m.Message._base_manager.exists()
    confirm(sent("rose.bis@exemple.example", companion=row))
    with as_owner():
        assert not User.objects.get(pk=first.user_id).is_active
    assert again(row).user_id != first.user_id
    with acting_as(who):
        assert not m.Goal._base_manager.exists()
    assert account().user_id == user("ines").pk, "the person's own space is as it was"


def test_who_is_close_in_another_plan_is_not_of_this_one() -> None:
    row = W.part(m.Companion)
    assert refusal("nadia", commands_space.check_channel, plan=W.plan(YANIS_CASE), email=NEW, companion=row) == (
        "Cette personne n’est pas de ce projet."
    )


def test_a_code_opens_nothing_for_nobody_nor_for_who_is_of_another_plan() -> None:
    """Rows that no command writes, and that a code alone must not carry further."""
    now = timezone.now()
    anonymous = by("nadia", commands.open_plan, case=W.case(ANONYMOUS_CASE))
    nadia, claire = W.colleague("nadia"), W.colleague("claire")
    nobody = W.made(m.ChannelCheck(plan=anonymous, email=NEW, sent_at=now, asked_by=nadia))
    assert refusal("nadia", commands_space.confirm_channel, plan=anonymous, check=nobody, code=code_of(nobody)) == (
        "Ce contact est anonyme\u00a0: un espace s’ouvre au nom de quelqu’un."
    )
    elsewhere = m.Companion(plan=W.plan(YANIS_CASE), name="Ali", kind="relative", since=TODAY, named_by="person")
    check = m.ChannelCheck(plan=W.plan(), companion=W.made(elsewhere), email=NEW, sent_at=now, asked_by=claire)
    assert refused(W.made(check)) == "Cette personne n’est pas de ce projet."
