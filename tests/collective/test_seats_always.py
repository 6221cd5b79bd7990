"""Whatever happens in whatever order: never more places than there are, who came first is first, each is told once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amarre.collective import commands_sessions as acts
from amarre.collective import links
from amarre.collective.models import Seat, Session
from amarre.core.models import Notice
from tests.appointments.crowd import press
from tests.cast import as_owner
from tests.collective.acting import W, agreed, by, kept, planned

TAKE = st.just(("take", 0))
STEPS = st.lists(
    TAKE | TAKE | st.tuples(st.just("leave"), st.integers(0, 9)) | st.tuples(st.just("places"), st.integers(1, 5)),
    min_size=6, max_size=14,
)  # fmt: skip


class Book:
    """What a patient secretary with a sheet of paper would have written."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.taken: list[str] = []
        self.waiting: list[str] = []

    def take(self, who: str) -> None:
        (self.taken if len(self.taken) < self.places else self.waiting).append(who)

    def leave(self, who: str) -> None:
        (self.taken if who in self.taken else self.waiting).remove(who)
        self.let_in()

    def let_in(self) -> None:
        while self.waiting and len(self.taken) < self.places:
            self.taken.append(self.waiting.pop(0))


def found(session: Session, state: str) -> list[str]:
    with as_owner():
        rows = Seat.objects.filter(session=session, state=state)
        return [*rows.order_by("made_at").values_list("digest", flat=True)]


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.integers(1, 2), steps=STEPS)
@example(places=1, steps=[("take", 0)] * 4 + [("leave", 0)] * 3)
def test_places_are_given_as_on_a_sheet_of_paper(places: int, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        _follow(places, steps)
        transaction.set_rollback(True)


def _follow(places: int, steps: list[tuple[str, int]]) -> None:
    session, book, secrets = planned(agreed(), capacity=places, sign_up=True), Book(places), {}
    promised: set[str] = set()
    for n, (what, number) in enumerate(steps):
        if what == "take":  # pages opened last come first: the key of a place was made when its page was opened
            taken = by("passer_by", acts.take_seat, code=session.code, name="Lou", seat_id=10**15 - n)
            secrets[links.digest(taken.secret)] = taken.secret
            book.take(links.digest(taken.secret))
            assert (taken.state == "taken") == (links.digest(taken.secret) in book.taken)
        elif what == "leave" and secrets:
            who = [*secrets][number % len(secrets)]
            by("passer_by", acts.give_up_seat, secret=secrets.pop(who))
            book.leave(who)
        elif what == "places":
            book.places = number
            book.let_in()
            changed(session, number)
        promised |= {*book.taken}
        assert sorted(found(session, "taken")) == sorted(book.taken)
        assert found(session, "waiting") == book.waiting, "in the order in which they came"
    with as_owner():
        freed = Notice.objects.filter(kind="group_seat", says="seat_freed").count()
        assert freed <= len(promised), "each is told once that a place is theirs"


def changed(session: Session, capacity: int) -> None:
    now = kept(session)
    by("sophie", acts.change_session, session=now, day=now.day, starts=now.starts, ends=now.ends, place=now.place,
       team=[W.colleague("claire")], capacity=capacity, sign_up=True)  # fmt: skip


@pytest.mark.usefixtures("own_database")
def test_a_crowd_at_the_public_page_for_the_last_place() -> None:
    """Each in a browser of its own, through the whole application: one has it, the others wait."""
    with transaction.atomic():
        session = planned(agreed(), capacity=1, sign_up=True)
    path = links.session_path(session.code)
    said: list[Any] = press([(path, {"name": f"Foule {n}"}) for n in range(8)])
    assert [s.status for s in said] == [302] * 8
    with transaction.atomic():
        assert (len(found(session, "taken")), len(found(session, "waiting"))) == (1, 7)
