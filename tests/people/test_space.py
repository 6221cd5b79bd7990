"""What a person says of themselves in their space: how to reach them; and whose space an account opens."""

from __future__ import annotations

from typing import Any

import pytest

from amarre.accounts.models import User
from amarre.core import commands as core
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.people import commands
from amarre.people.models import Job, Person, PersonAccount
from amarre.people.queries import account_person
from tests.cast import actor, as_owner, user

pytestmark = pytest.mark.django_db


def row(name: str = "Benali") -> Person:
    with as_owner():
        return Person.objects.get(last_name=name)


def say(code: str, whom: Person, **said: Any) -> Person:
    who = actor(code)
    with acting_as(who):
        return commands.say_channel(actor=who, person=whom, **said)


def test_a_person_says_how_they_may_be_reached() -> None:
    say("ines", row(), channel="sms", channel_note=" le soir ", do_not_call=True, language=" arabe ", interpreter=True)
    kept = row()
    assert (kept.channel, kept.channel_note, kept.do_not_call) == ("sms", "le soir", True)
    assert (kept.language, kept.interpreter, kept.last_name) == ("arabe", True, "Benali")


@pytest.mark.parametrize("code", ["yanis", "claire", "marc", "sophie", "passer_by"])
def test_it_is_nobody_else_s_word(code: str) -> None:
    with pytest.raises(NotAllowed):
        say(code, row(), channel="sms")


def test_what_contradicts_itself_or_is_unknown_is_said() -> None:
    with pytest.raises(Refused, match=r"Vous demandez un appel, et de ne pas vous appeler\. Gardez l’un des deux"):
        say("ines", row(), channel="phone", do_not_call=True)
    with as_owner(), core.loading():
        Person.objects.filter(pk=row().pk).update(phone="", email="")
    for channel in ("phone", "sms", "email"):
        with pytest.raises(Refused, match="Nous n’avons pas encore cette adresse ou ce numéro"):
            say("ines", row(), channel=channel)
    assert say("ines", row(), channel="").channel == ""


def test_what_was_changed_meanwhile_stays() -> None:
    """Only what the person said is written, whatever page was open."""
    opened = row()
    with as_owner(), core.loading():
        Person.objects.filter(pk=opened.pk).update(last_name="Benali-Roux")
    say("ines", opened, channel="sms")
    assert (row("Benali-Roux").channel, row("Benali-Roux").pk) == ("sms", opened.pk)


def test_a_person_sees_their_own_row_and_their_own_account() -> None:
    for code, name in (("ines", "Benali"), ("yanis", "Diarra")):
        who = actor(code)
        with acting_as(who):
            assert [p.last_name for p in Person.objects.visible_to(who)] == [name]
            assert [p.last_name for p in Person._base_manager.all()] == [name]
            assert [a.user_id for a in PersonAccount._base_manager.all()] == [who.user_id]
            assert not Job.objects.visible_to(who).exists()
    stranger = actor("paul")
    with as_owner():
        assert not Person.objects.visible_to(stranger).exists()


def test_an_account_that_is_put_out_is_nobody_s_space() -> None:
    ines = actor("ines")
    with as_owner():
        assert account_person(user("ines").pk) == row().pk
        User.objects.filter(pk=ines.user_id).update(is_active=False)
    with acting_as(ines):
        assert not Person._base_manager.exists()
    for code in ("claire", "marc", "sophie"):
        who = actor(code)
        with acting_as(who):
            assert PersonAccount._base_manager.count() == PersonAccount.objects.visible_to(who).count() == 2
    for code in ("hugo", "lea", "alex"):
        who = actor(code)
        with acting_as(who):
            assert not PersonAccount._base_manager.exists()
