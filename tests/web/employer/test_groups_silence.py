"""An employer tries to learn who comes to an action, or how many: pages, papers and calendar, to the byte.

Two worlds each time, as in `test_learns_nothing`: in one, five people signed up (or came, or answered); in the other
nobody did. What Paul and Karim are shown of the action is the same, file by file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from amarre.collective import commands, commands_sessions
from amarre.collective.models import Action
from amarre.collective.papers import TOLD
from amarre.core.scope import acting_as
from tests.cast import actor, as_owner
from tests.collective.acting import agreed, answer, asked, by, closed, held, kept, planned
from tests.web.employer.two_worlds import bare, browser
from tests.web.test_matrix import undone

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=30)
LISTS = ("", "actions/", "actions/travail/")


def addresses(action: Action) -> list[str]:
    """Everything at this door about one action, whether it answers or not."""
    one = [
        reverse(f"employer:{name}", args=[action.pk])
        for name in ("action", "action_tell", "action_calendar", "action_account", "action_account_file")
    ]
    return [*(f"/employeur/{path}" for path in LISTS), *one, *(
        reverse("employer:action_paper", args=[action.pk, which]) for which in TOLD
    )]  # fmt: skip


def shown(action: Action) -> dict[str, tuple[int, bytes]]:
    """What Paul and Karim are shown of it."""
    found: dict[str, tuple[int, bytes]] = {}
    for code in ("paul", "karim"):
        client = browser(code)
        for path in addresses(action):
            said = client.get(path)
            words = said["Content-Type"].startswith("text/html")
            found[f"{code} {path}"] = said.status_code, bare(said.content.decode()).encode() if words else said.content
    return found


def same(action: Action, one: Callable[[], Any], other: Callable[[], Any]) -> dict[str, tuple[int, bytes]]:
    """After either, nothing differs; what was seen."""
    looks = []
    for world in (one, other):
        with undone():
            world()
            looks.append(shown(action))
    first, second = looks
    assert first[f"paul {reverse('employer:action', args=[action.pk])}"][0] == 200
    assert [name for name in first if first[name] != second[name]] == []
    return first


def seats(code: str, how_many: int) -> None:
    for n in range(how_many):
        by("passer_by", commands_sessions.take_seat, code=code, name=f"Prénom {n}", email=f"p{n}@essai.example")


def test_nobody_or_five_who_signed_up() -> None:
    action = agreed()
    session = planned(action, SOON, sign_up=True, capacity=5)
    seen = same(action, lambda: None, lambda: seats(session.code, 5))
    assert {status for status, _ in seen.values()} == {200, 404}
    assert sum(body.startswith(b"%PDF") for _, body in seen.values()) == 2 * len(TOLD)
    assert sum(body.startswith(b"BEGIN:VCALENDAR") for _, body in seen.values()) == 2


def test_where_something_is_told_it_is_seen_to_differ() -> None:
    """Positive control: the same eyes see a count that may be told, and its paper."""
    action = agreed()
    few, many = (partial(over, action, heads) for heads in (12, 40))
    with pytest.raises(AssertionError):
        same(action, few, many)


def over(action: Action, heads: int | None, answers: int = 0) -> None:
    """It was held, counted, asked about, and accounted for."""
    held(kept(action), heads)
    if answers:
        answer(asked(kept(action)), [[4, 4, 4]] * answers)
        closed(kept(action))
    by("claire", commands.account_action, action=action, report="La séance s’est tenue.")


@pytest.mark.parametrize("code", ["violence", "addiction", "stress", "budget", "income", "crisis"])
def test_on_a_sensitive_theme_neither_people_nor_answers(code: str) -> None:
    action = agreed(code)
    assert action.sensitive
    seen = same(action, partial(over, action, 5), partial(over, action, 40, 30))
    account = seen[f"paul {reverse('employer:action_account', args=[action.pk])}"]
    assert account[0] == 200
    assert "venir dit déjà quelque chose de soi" in account[1].decode()
    assert seen[f"karim {reverse('employer:action_account_file', args=[action.pk])}"][1].startswith(b"%PDF")


def test_in_a_small_team_nothing_is_there_to_be_read() -> None:
    action = agreed("violence", headcount="12")
    assert action.discreet
    with undone():
        over(action, None)
        seen = shown(action)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("select count(*) from collective_seat t join collective_session s on s.id = t.session_id"
                           " where s.action_id = %s", [action.pk])  # fmt: skip
            assert cursor.fetchone() == (0,)
    page = seen[f"paul {reverse('employer:action_account', args=[action.pk])}"][1].decode()
    words = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    assert not re.search(r"\d+\s*(personnes?|réponses?|présents?|inscrits?)", words)


def test_the_neighbour_gets_no_file() -> None:
    action = agreed()
    planned(action, SOON)
    rita = browser("rita")
    for path in addresses(action)[len(LISTS) :]:
        assert rita.get(path).status_code == 404, path


@pytest.mark.parametrize("code", ["paul", "karim", "rita"])
def test_the_door_s_own_role_reads_no_seat_no_head_no_answer(code: str) -> None:
    """PostgreSQL itself refuses, whatever a page would ask."""
    for wanted in ("* from collective_seat", "head_count from collective_session", "answers from collective_finding",
                   "* from collective_tally", "* from collective_attendance"):  # fmt: skip
        with acting_as(actor(code)), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select {wanted}")
