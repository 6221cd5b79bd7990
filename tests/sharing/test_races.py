"""Two at once, each really committed: what was withdrawn never leaves, what was recalled was never read."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.core.scope import acting_as
from amarre.sharing import commands
from amarre.sharing import commands_agreements as acts
from amarre.sharing.commands import seen_as
from amarre.sharing.models import Agreement, Transmission
from tests.cast import actor, as_owner
from tests.sharing.acting import agreed, asked, kept, sent, written

TIMES = 50
pytestmark = pytest.mark.usefixtures("own_database")
Act = tuple[Actor, Callable[[Actor], object]]


def at_once(*acts_: Act) -> list[str]:
    """Do all of it together, each on a connection and in a transaction of its own; what each was answered."""
    together, said = Barrier(len(acts_)), [""] * len(acts_)

    def run(n: int, who: Actor, act: Callable[[Actor], object]) -> None:
        try:
            connection.ensure_connection()
            together.wait(30)
            with acting_as(who):
                act(who)
            said[n] = "done"
        except (Refused, PermissionDenied):
            said[n] = "no"
        except Exception as broken:
            said[n] = repr(broken)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, *act)) for n, act in enumerate(acts_)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(said) <= {"done", "no"}, said
    return said


def states() -> set[tuple[str, str, bool]]:
    """Every agreement and what rests on it, as committed: their states, and whether it was read."""
    with as_owner():
        found = Transmission.objects.exclude(agreement=None).values_list("agreement__state", "state", "read_at")
        return {(agreement, state, bool(read)) for agreement, state, read in found}


def test_withdrawn_while_it_is_sent() -> None:
    """Whoever comes first, nothing lies unread under an agreement that was taken back."""
    claire, ines, answers = actor("claire"), actor("ines"), set()
    for n in range(TIMES):
        with transaction.atomic():
            row = written(agreed())
            checked, agreement = seen_as(row), row.agreement
            assert agreement is not None
        race: list[Act] = [
            (
                claire,
                lambda who, row=row, checked=checked: commands.send_transmission(
                    actor=who, transmission=row, checked=checked
                ),
            ),
            (ines, lambda who, agreement=agreement: acts.withdraw_agreement(actor=who, agreement=agreement)),
        ]
        said = at_once(*(race if n % 2 else race[::-1]))
        sending, taking = said if n % 2 else said[::-1]
        assert taking == "done"
        answers.add(sending)
        with transaction.atomic():
            assert (kept(row).state, kept(agreement).state) in {("draft", "withdrawn"), ("recalled", "withdrawn")}
            assert (kept(row).state == "recalled") == (sending == "done")
    assert "done" in answers or "no" in answers
    with transaction.atomic():
        assert ("withdrawn", "sent", False) not in states()


def test_recalled_while_it_is_opened() -> None:
    """One of the two, and never both."""
    claire, hugo = actor("claire"), actor("hugo")
    with transaction.atomic():
        agreement = agreed()
    for n in range(TIMES // 2):
        with transaction.atomic():
            row = sent(agreement)
        race: list[Act] = [
            (claire, lambda who, row=row: commands.recall_transmission(actor=who, transmission=row)),
            (hugo, lambda who, row=row: commands.open_transmission(actor=who, transmission=row)),
        ]
        said = at_once(*(race if n % 2 else race[::-1]))
        assert sorted(said) == ["done", "no"]
        recalled = (said if n % 2 else said[::-1])[0] == "done"
        with transaction.atomic():
            assert (kept(row).state, kept(row).read_at is None) == (("recalled", True) if recalled else ("sent", False))


def test_withdrawn_while_it_is_opened() -> None:
    """Read, it stays; unread, it is recalled."""
    ines, hugo = actor("ines"), actor("hugo")
    for _ in range(TIMES // 5):
        with transaction.atomic():
            agreement = agreed()
            row = sent(agreement)
        opened, taken = at_once(
            (hugo, lambda who, row=row: commands.open_transmission(actor=who, transmission=row)),
            (ines, lambda who, agreement=agreement: acts.withdraw_agreement(actor=who, agreement=agreement)),
        )
        assert taken == "done"
        with transaction.atomic():
            assert kept(row).state == ("sent" if opened == "done" else "recalled")


def test_two_send_the_same_draft() -> None:
    """It leaves once, and the recipient is told once."""
    with transaction.atomic():
        row = written(agreed())
        checked = seen_as(row)
    send = [(actor(code), lambda who: commands.send_transmission(actor=who, transmission=row, checked=checked))
            for code in ("claire", "bruno")]  # fmt: skip
    assert sorted(at_once(*send)) == ["done", "no"]


def test_two_answer_the_same_question() -> None:
    """Yes in the space and no at the office, together: one answer is kept."""
    with transaction.atomic():
        row = asked()
    said = at_once(
        (actor("ines"), lambda who: acts.give_agreement(actor=who, agreement=row, how="space")),
        (actor("bruno"), lambda who: acts.decline_agreement(actor=who, agreement=row)),
    )
    assert sorted(said) == ["done", "no"]
    with transaction.atomic(), as_owner():
        assert Agreement.objects.get(pk=row.pk).state == ("given" if said[0] == "done" else "declined")
