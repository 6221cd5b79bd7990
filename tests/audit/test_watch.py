"""Mass reading: an alarm, then a stop; one's own work stays open; nobody else is touched."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.audit.models import Alarm, Entry, Glance
from amarre.core import commands
from amarre.core.text import fold
from amarre.people.models import Person
from tests.cast import as_owner, user
from tests.rows import YANIS_CASE
from tests.trios import World

pytestmark = pytest.mark.django_db
MANY = 1_000


def client(code: str) -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(user(code))
    return found


def strangers(count: int) -> list[int]:
    """Keys of fictional people whom nobody accompanies."""
    with as_owner(), commands.loading():
        rows = [
            Person(first_name="Essai", last_name=f"Fictif {n}", search=fold(f"fictif {n} essai")) for n in range(count)
        ]
        return [p.pk for p in Person.objects.bulk_create(rows)]


def alarms(code: str = "nadia") -> list[tuple[str, int]]:
    with as_owner():
        rows = Alarm.objects.filter(user_id=user(code).pk).order_by("raised_at")
        return list(rows.values_list("kind", "count"))


def opened(browser: Client, keys: list[int]) -> list[int]:
    """The statuses of the pages of these people, one after the other."""
    return [browser.get(reverse("staff:person", args=[key])).status_code for key in keys]


def test_a_scrape_of_a_thousand_gets_sixty() -> None:
    keys, nadia = strangers(MANY), client("nadia")
    answers = opened(nadia, keys[:30])
    assert alarms() == []
    answers += opened(nadia, keys[30:31])
    assert alarms() == [("alert", 31)], "it is there when the 31st answer is given"
    answers += opened(nadia, keys[31:])
    assert answers == [200] * 60 + [403] * 940
    assert alarms() == [("alert", 31), ("stop", 60)]


def test_the_scrape_passes_when_nobody_watches(settings) -> None:
    settings.AMARRE_WATCH = (MANY, MANY)
    assert opened(client("nadia"), strangers(100)) == [200] * 100
    assert alarms() == []
