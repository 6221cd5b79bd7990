"""Mass reading: an alarm, then a stop; one's own work stays open; nobody else is touched."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.tasks import tell_officers
from amarre.audit.commands import lift_stop
from amarre.audit.models import Alarm, Entry
from amarre.core import commands
from amarre.core.models import Draft
from amarre.core.scope import acting_as
from amarre.core.text import fold
from amarre.people.models import Person
from tests.cast import actor, as_owner, user
from tests.core.test_jobs import queued
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
    """Those raised by this test."""
    with as_owner():
        rows = Alarm.objects.filter(user_id=user(code).pk, raised_at__year__gt=2025).order_by("raised_at")
        return list(rows.values_list("kind", "count"))


def person_page(key: int) -> str:
    return reverse("staff:person", args=[key])


def opened(browser: Client, keys: list[int]) -> list[int]:
    """The statuses of the pages of these people, one after the other."""
    return [browser.get(person_page(key)).status_code for key in keys]


def nowhere(count: int) -> list[int]:
    """Keys of nobody."""
    return list(range(1, count + 1))


@pytest.fixture
def low(settings) -> None:
    """Small numbers, where what matters is not how many."""
    settings.AMARRE_WATCH, settings.AMARRE_WATCH_LISTS, settings.AMARRE_WATCH_FLOOR = (3, 5), (3, 5), 2


def test_a_scrape_of_a_thousand_gets_sixty() -> None:
    keys, nadia = strangers(MANY), client("nadia")
    answers = opened(nadia, keys[:30])
    assert alarms() == []
    answers += opened(nadia, keys[30:31])
    assert alarms() == [("alert", 31)], "it is there when the 31st answer is given"
    answers += opened(nadia, keys[31:])
    assert answers == [200] * 60 + [403] * 940
    assert alarms() == [("alert", 31), ("stop", 60)]
    with as_owner():
        kept = Entry.objects.filter(user_id=user("nadia").pk, verb="person.read")
        assert kept.filter(outcome="read").count() == 60
        assert kept.filter(outcome="refused").count() == 940, "each attempt is kept"


def test_the_scrape_passes_when_nobody_watches(settings) -> None:
    settings.AMARRE_WATCH = (MANY, MANY)
    assert opened(client("nadia"), strangers(100)) == [200] * 100
    assert alarms() == []


def test_addresses_tried_at_random_are_counted_too() -> None:
    nadia = client("nadia")
    assert opened(nadia, nowhere(60)) == [404] * 60
    assert alarms() == [("alert", 31), ("stop", 60)]
    assert opened(nadia, nowhere(70)) == [403] * 70


@pytest.mark.usefixtures("low")
def test_after_the_stop_what_exists_and_what_does_not_answer_alike() -> None:
    keys, nadia = strangers(8), client("nadia")
    assert opened(nadia, keys[:5]) == [200] * 5
    said = set()
    for path in (person_page(keys[6]), person_page(keys[0]), person_page(1), reverse("staff:case", args=[1])):
        answer = nadia.get(path)
        text = answer.content.decode().replace(answer.wsgi_request.META["AMARRE_REFERENCE"], "#")
        said.add((answer.status_code, text))
    assert len(said) == 1, "read before, never read, missing, hidden: the same words"
    assert "suspendues" in said.pop()[1]


@pytest.mark.usefixtures("low")
def test_one_s_own_work_stays_open_and_saving_stays_possible() -> None:
    nadia, case, yanis = client("nadia"), World().case(YANIS_CASE), World().person("Diarra")
    keys = strangers(9)
    assert opened(nadia, keys) == [200] * 5 + [403] * 4
    for name, key in (("case", case.pk), ("plan", case.pk), ("case_members", case.pk), ("person", yanis.pk)):
        assert nadia.get(reverse(f"staff:{name}", args=[key])).status_code == 200, name
    for name in ("day", "case_list", "crisis"):
        assert nadia.get(reverse(f"staff:{name}")).status_code == 200, name
    sent = {"kind": "phone", "on": timezone.localdate().isoformat(), "body": "Elle rappellera.", "duration": "10"}
    assert nadia.post(reverse("staff:note_new", args=[case.pk]), sent).status_code in (302, 422)
    assert nadia.get(reverse("staff:search"), {"q": "fictif"}).status_code == 403
    assert opened(client("claire"), keys[:3]) == [200] * 3, "nobody else is touched"


@pytest.mark.usefixtures("low")
def test_what_was_being_typed_is_kept() -> None:
    nadia, keys, request = client("nadia"), strangers(6), World().request(0)
    shown = nadia.get(reverse("staff:request", args=[request.pk])).content.decode()
    token = re.findall(r'name="draft_token" value="([^"]+)"', shown)[0]
    assert opened(nadia, keys) == [200] * 4 + [403] * 2
    sent = {"draft_token": token, "answer-answer": "Ce que je tapais."}
    answer = nadia.post(reverse("staff:request_answer", args=[request.pk]), sent)
    assert answer.status_code == 403
    assert "gardé en brouillon" in answer.content.decode()
    with as_owner():
        bodies = [d.body for d in Draft.objects.filter(owner=f"user:{user('nadia').pk}")]
    assert any("Ce que je tapais." in body for body in bodies)


def test_a_heavy_day_raises_nothing() -> None:
    """Twenty-five people outside one's cases, each looked for by name, and one's own cases forty times, in one hour."""
    nadia, keys = client("nadia"), strangers(25)
    case, yanis = World().case(YANIS_CASE), World().person("Diarra")
    for number, key in enumerate(keys):
        assert nadia.get(reverse("staff:person_list"), {"q": f"fictif {number}"}).status_code == 200
        assert nadia.get(person_page(key)).status_code == 200
        assert nadia.get(person_page(key)).status_code == 200, "twice is once"
    for _ in range(20):
        assert nadia.get(reverse("staff:case", args=[case.pk])).status_code == 200
        assert nadia.get(person_page(yanis.pk)).status_code == 200
    assert alarms() == []


@pytest.mark.usefixtures("low")
def test_lists_are_counted_apart_once_per_search() -> None:
    nadia = client("nadia")
    for _ in range(9):
        assert nadia.get(reverse("staff:person_list"), {"q": "benali"}).status_code == 200
    assert alarms() == []
    answers = [nadia.get(reverse("staff:person_list"), {"q": f"fi{n}"}).status_code for n in range(7)]
    assert answers == [200] * 4 + [403] * 3
    assert alarms() == [("alert", 4), ("stop", 5)]


@pytest.mark.usefixtures("low")
def test_a_form_that_shows_somebody_is_a_reading() -> None:
    nadia, keys = client("nadia"), strangers(7)
    answers = [nadia.get(reverse("staff:person_edit", args=[key])).status_code for key in keys]
    assert answers == [200] * 5 + [403] * 2


@pytest.mark.usefixtures("low")
def test_it_lasts_until_somebody_else_lifts_it_and_the_hour_begins_again() -> None:
    nadia, keys = client("nadia"), strangers(12)
    assert opened(nadia, keys[:6]) == [200] * 5 + [403]
    with as_owner():
        stop = Alarm.objects.get(user_id=user("nadia").pk, kind="stop")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert opened(client("nadia"), keys[6:7]) == [403], "no time lifts it"
    lea = actor("lea")
    with acting_as(lea):
        lift_stop(actor=lea, alarm=stop, words="Vu avec elle : elle préparait la permanence.")
    with as_owner():
        assert not Alarm.objects.filter(user_id=user("nadia").pk, state="open").exists(), "its alerts went with it"
    assert opened(nadia, keys[:6]) == [200] * 5 + [403], "what she had read counts again"


def test_the_mail_names_nobody(mailoutbox, settings) -> None:
    settings.AMARRE_WATCH = (3, 5)
    settings.AMARRE_WATCH_FLOOR = 2
    opened(client("nadia"), strangers(7))
    assert queued() == [("accounts.tell_officers",)] * 2, "one for the alert, one for the stop"
    tell_officers()
    assert [m.to for m in mailoutbox] == [["lea@demo.amarre.example"]]
    said = mailoutbox[0].subject + mailoutbox[0].body
    assert "nadia" not in said.lower()
    assert "/pro/journal/alertes/" in said
