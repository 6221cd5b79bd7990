"""`kill -9` of the worker at any moment, many times: no notice is lost, none is sent twice, none changes its name.

Goal S14. Each check is shown its fault; where the kills hit nothing, or a worker did not start, nothing is concluded.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.killing import Campaign, Facts, Outside, Plan, some_plans
from tests.harness import fresh_database

NAME = f"amarre_killed_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture
def outside() -> Iterator[Outside]:
    fresh_database(NAME)
    with Outside() as there:
        yield there


@pytest.mark.parametrize(("notices", "kills"), [(60, 6), pytest.param(1_000, 100, marks=pytest.mark.slow)])
def test_killed_at_any_moment(notices: int, kills: int, outside: Outside, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    plans = some_plans(kills, notices // kills, seed)
    facts = Campaign(NAME, outside, tmp_path / "log").run(notices, plans)
    print(f"seed {seed}: {facts.figure()}")
    assert facts.verdict() == set(), (seed, facts.figure(), facts.broken)
    assert facts.killed == kills
    log = (tmp_path / "log").read_text()
    assert not [word for word in ("39980012", "39 98", "chloe@", "attend") if word in log]


def test_outside_without_keys_is_seen(tmp_path: Path) -> None:
    """A gateway that does not know a message again sends it twice; a mail that changes its name is another mail."""
    fresh_database(NAME)
    with Outside(keyed=False) as outside:
        facts = Campaign(NAME, outside, tmp_path / "log").run(8, [Plan("kept", 1), Plan("kept", 1)])
    assert facts.verdict() >= {"twice", "renamed"}, facts.figure()


def test_a_job_taken_away_before_it_is_done_is_seen(outside: Outside, tmp_path: Path) -> None:
    """A queue that forgets a job when it begins loses what was under way."""

    def forget(campaign: Campaign) -> None:
        campaign.ask("delete from procrastinate_jobs where task_name = 'core.notify' and status = 'doing'")

    facts = Campaign(NAME, outside, tmp_path / "log").run(8, [Plan("arrived", 2)], after=forget)
    assert facts.verdict() == {"lost"}, facts.figure()


def test_what_the_clock_announces_meanwhile_is_not_counted(outside: Outside, tmp_path: Path) -> None:
    """A reminder that falls due at the end of a campaign says nothing of what was queued."""
    campaign = Campaign(NAME, outside, tmp_path / "log")
    campaign.queued(2)
    campaign.ask(
        "insert into procrastinate_jobs (queue_name, task_name, args, status, priority, abort_requested) values"
        " ('default', 'core.notify', '{\"notice_id\": 1, \"recipient_id\": 1}', 'todo', 0, false)"
    )
    assert campaign.jobs("todo") == 2


def test_a_worker_that_does_not_start_concludes_nothing(outside: Outside, tmp_path: Path) -> None:
    campaign = Campaign(NAME, outside, tmp_path / "log")
    campaign.environment["DJANGO_SETTINGS_MODULE"] = "amarre.config.nowhere"
    facts = Facts({"notice-1"}, killed=int(campaign._died(Plan("kept"))))
    assert facts.killed == 0
    assert facts.verdict() == {"inconclusive"}


@pytest.mark.parametrize(("facts", "verdict"), [
    (Facts({"a"}, killed=3, under_way=0, sent=Counter("a")), {"inconclusive"}),
    (Facts({"a"}, killed=0, sent=Counter("a")), {"inconclusive"}),
    (Facts({"a"}, killed=1, under_way=1, sent=Counter("a"), broken="x"), {"inconclusive"}),
    (Facts({"a", "b"}, killed=1, under_way=1, sent=Counter("a"), mails=Counter("b")), set()),
    (Facts({"a", "b"}, killed=1, under_way=1, sent=Counter("a"), mails=Counter("bb")), set()),
    (Facts({"a"}, killed=1, under_way=1, sent=Counter("aa")), {"twice"}),
    (Facts({"a"}, killed=1, under_way=1, sent=Counter("ab")), {"renamed"}),
    (Facts({"a", "b"}, killed=1, under_way=1, sent=Counter("a")), {"lost"}),
    (Facts({"a"}, killed=1, under_way=1, sent=Counter("a"), unsent={"a"}), {"lost"}),
    (Facts({"a"}, killed=1, under_way=1, sent=Counter("a"), left=1), {"left"}),
])  # fmt: skip
def test_the_verdict(facts: Facts, verdict: set[str]) -> None:
    assert facts.verdict() == verdict
