"""Orientations: what follows a sending, reminders that are few and gentle, figures that name nobody, links by mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from amarre.core import commands
from amarre.core.actor import MACHINE
from amarre.core.ids import new_id
from amarre.core.scope import acting_as
from amarre.directory.models import Structure
from amarre.sharing import models as m
from amarre.sharing import tasks
from amarre.sharing.commands import prepare_transmission, recall_transmission, seen_as, send_transmission
from amarre.sharing.commands_agreements import withdraw_agreement
from amarre.sharing.commands_links import end_link, make_link
from amarre.sharing.commands_orientations import remind_partner
from amarre.sharing.queries_orientations import figures
from tests.cast import actor, as_owner, user
from tests.plans.acting import by, queued, refusal
from tests.rows import INES_CASE, TODAY, YANIS_CASE
from tests.trios import World

pytestmark = pytest.mark.django_db
Commit = Any


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def orientation(case: str = INES_CASE, **wanted: Any) -> m.Orientation:
    with as_owner():
        rows = m.Orientation.objects.filter(transmission__case__number=case, **wanted).order_by("pk")
        return rows.select_related("transmission__agreement", "transmission__case", "structure")[0]


def change(row: Any, **values: Any) -> None:
    with as_owner(), commands.loading():
        type(row).objects.filter(pk=row.pk).update(**values)


def due(case: str = INES_CASE) -> m.Orientation:
    row = orientation(case, state="sent")
    change(row, next_reminder_on=TODAY)
    return orientation(case, state="sent")


def send_reminders(capture: Commit) -> int:
    """As the clock and the worker do: take what falls due, then write the mails."""
    before = len(queued(tasks.REMIND))
    found = tasks.claim_reminders()
    for job in queued(tasks.REMIND)[before:]:
        with capture(execute=True):
            tasks.remind_partner(**job)
    return found


def send_one(**said: Any) -> m.Orientation:
    """Claire orients Inès to Chloé."""
    with as_owner():
        agreed = m.Agreement.objects.get(partner__name="Chloé Aubry")
    row = by("claire", prepare_transmission, case=World().case(), agreement=agreed, subject="Inès Benali",
             content="Elle cherche un appui.", kind="orientation", **said)  # fmt: skip
    by("claire", send_transmission, transmission=row, checked=seen_as(row))
    return orientation(transmission=row)


def test_an_orientation_begins_when_it_leaves() -> None:
    row = send_one()
    assert (row.state, row.reminded, row.structure.name if row.structure else "") == ("sent", 0, "Cap emploi d’essai")
    assert row.next_reminder_on == TODAY + timedelta(days=7)


def test_an_orientation_goes_to_a_partner() -> None:
    with as_owner():
        agreed = m.Agreement.objects.in_force().filter(colleague__isnull=False, case__number=INES_CASE)[0]
    said = {"case": World().case(), "agreement": agreed, "subject": "Inès", "content": "Un mot.", "kind": "orientation"}
    assert "partenaire" in refusal("claire", prepare_transmission, **said)


def test_a_reminder_says_nothing_and_leaves_once(django_capture_on_commit_callbacks: Commit) -> None:
    row = due()
    change(row, reminded=0, told=0, reminded_on=None)
    assert send_reminders(django_capture_on_commit_callbacks) >= 1
    assert send_reminders(django_capture_on_commit_callbacks) == 0
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remind_partner(orientation_id=row.pk, number=1)  # the same job, taken again after a worker died
    (sent,) = [one for one in mail.outbox if one.to == [user("chloe").email]]
    assert sent.subject == "Un message vous attend"
    assert "/partenaire/" in sent.body
    for word in ("Inès", "Benali", "orientation", "Claire", "canari"):
        assert word not in sent.body
    again = orientation(pk=row.pk)
    assert (again.reminded, again.told, again.reminded_on) == (1, 1, TODAY)
    assert again.next_reminder_on == TODAY + timedelta(days=7)


def test_never_more_than_three(django_capture_on_commit_callbacks: Commit) -> None:
    row = due()
    change(row, reminded=0, told=0, reminded_on=None)
    for _ in range(6):
        send_reminders(django_capture_on_commit_callbacks)
        if orientation(pk=row.pk).next_reminder_on:
            change(row, next_reminder_on=TODAY)
    again = orientation(pk=row.pk)
    assert (again.reminded, again.told, again.next_reminder_on) == (3, 3, None)
    assert len([one for one in mail.outbox if one.to == [user("chloe").email]]) == 3
    assert "Appelez" in refusal("claire", remind_partner, orientation=again)


@pytest.mark.parametrize("how", ["answered", "recalled", "withdrawn", "too late"])
def test_none_once_there_is_nothing_to_wait_for(how: str, django_capture_on_commit_callbacks: Commit) -> None:
    """Neither taken when it falls due, nor sent when it had been taken a moment before."""
    row = due()
    change(row, reminded=1, told=0)
    if how == "answered":
        change(row, state="accepted")
    elif how == "recalled":
        by("claire", recall_transmission, transmission=row.transmission)
    elif how == "withdrawn":
        change(row.transmission, read_at=timezone.now())
        by("ines", withdraw_agreement, agreement=row.transmission.agreement)
    else:
        change(row.transmission, visible_until=TODAY - timedelta(days=1))
    ours = len(queued(tasks.REMIND))
    tasks.claim_reminders()
    assert row.pk not in [job["orientation_id"] for job in queued(tasks.REMIND)[ours:]]
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remind_partner(orientation_id=row.pk, number=1)
    assert mail.outbox == []
    assert orientation(pk=row.pk).reminded == 1


def test_who_has_no_account_is_reminded_of_the_link_they_hold(django_capture_on_commit_callbacks: Commit) -> None:
    due(YANIS_CASE)
    send_reminders(django_capture_on_commit_callbacks)
    (sent,) = [one for one in mail.outbox if one.to == ["desire@ccas.example"]]
    assert "au lien que vous avez reçu" in sent.body
    assert "http" not in sent.body
    with as_owner():
        link = m.AccessLink.objects.get(secret__isnull=False)
        assert link.transmission.case.pk
    by("nadia", end_link, link=link)
    row = due(YANIS_CASE)
    send_reminders(django_capture_on_commit_callbacks)
    assert orientation(YANIS_CASE, pk=row.pk).reminded == 2, "the worker is told"
    assert len([one for one in mail.outbox if one.to == ["desire@ccas.example"]]) == 1, "a link that is over is no use"


def test_a_mail_that_did_not_leave_is_tried_again(settings: Any, django_capture_on_commit_callbacks: Commit) -> None:
    row = due()
    change(row, reminded=0, told=0, reminded_on=None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with pytest.raises(OSError, match="refused"):
        send_reminders(django_capture_on_commit_callbacks)
    assert orientation(pk=row.pk).told == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        tasks.remind_partner(orientation_id=row.pk, number=1)
    assert len(mail.outbox) == 1
    assert orientation(pk=row.pk).told == 1


def test_a_worker_reminds_by_hand_and_it_counts() -> None:
    row = orientation(state="sent")
    by("claire", remind_partner, orientation=row)
    again = orientation(pk=row.pk)
    assert (again.reminded, again.reminded_on) == (2, TODAY)
    assert queued(tasks.REMIND) == [{"orientation_id": row.pk, "number": 2}]
    assert "aujourd’hui" in refusal("claire", remind_partner, orientation=row)


def test_the_days_are_the_house_s(settings: Any) -> None:
    settings.AMARRE_ORIENTATION_REMINDERS = [20, 3, 9, 40]
    row = send_one()
    assert row.next_reminder_on == TODAY + timedelta(days=3)
    settings.AMARRE_ORIENTATION_REMINDERS = []
    assert send_one().next_reminder_on is None


def test_a_partner_s_figures_hide_under_eleven() -> None:
    row, claire = orientation(state="accepted"), actor("claire")
    structure = row.structure
    assert isinstance(structure, Structure)
    with acting_as(claire):
        assert figures(structure) is None
    for number in range(9):
        state, refusal_code = ("refused", "full") if number < 4 else ("ended", "")
        with as_owner(), commands.loading():
            sent = m.Transmission.objects.get(pk=row.transmission_id)
            sent.pk = new_id()
            sent._state.adding = True
            sent.save()
            m.Orientation(
                transmission=sent, structure=structure, state=state, refusal=refusal_code, sent_at=row.sent_at,
                seen_at=row.sent_at, answered_at=row.sent_at + timedelta(days=number), ended_at=row.sent_at
            ).save()  # fmt: skip
        with acting_as(claire):
            found = figures(structure)
        assert (found is None) == (number < 8), number
    assert found is not None
    assert (found.sent, found.seen, found.accepted, found.refused, found.ended) == (11, 10, 6, 4, 9)
    assert found.reasons == [("Pas de place pour le moment", 4)]
    assert found.median_days == 3.5


def test_a_link_leaves_by_mail_and_its_secret_is_kept_nowhere() -> None:
    sent = orientation(YANIS_CASE).transmission
    made = by("nadia", make_link, transmission=sent, email="Desire@CCAS.example", by_mail=True)
    assert queued(tasks.CARRY) == [{"link_id": made.link.pk}]
    with as_owner():
        assert m.AccessLink.objects.get(pk=made.link.pk).secret == made.secret
        assert not m.AccessLink.objects.filter(ended_at__isnull=False, secret__isnull=False).exists()
    with acting_as(MACHINE):
        tasks.carry_link(link_id=made.link.pk)
        tasks.carry_link(link_id=made.link.pk)
    (one,) = mail.outbox
    assert one.to == ["desire@ccas.example"]
    assert f"/partenaire/lien/{made.secret}/" in one.body
    assert made.code not in one.body
    with as_owner():
        link = m.AccessLink.objects.get(pk=made.link.pk)
        assert link.secret is None
        assert link.mailed_at


def test_a_link_that_ended_is_not_mailed() -> None:
    sent = orientation(YANIS_CASE).transmission
    made = by("nadia", make_link, transmission=sent, email="desire@ccas.example", by_mail=True)
    with as_owner():
        link = m.AccessLink.objects.get(pk=made.link.pk)
        assert link.transmission.case.pk
    by("nadia", end_link, link=link)
    with acting_as(MACHINE):
        tasks.carry_link(link_id=made.link.pk)
    assert mail.outbox == []
    with as_owner():
        assert m.AccessLink.objects.get(pk=made.link.pk).secret is None
