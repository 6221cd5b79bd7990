"""What this room sends and watches over: reminders, places that free up, visits from which nobody came back.

Read by the worker. Runs as the machine: it reads keys and times, no name. Arguments are ids and instants; each job asks
again whether there is still something to do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from amarre.appointments import links
from amarre.appointments.commands_after import tell_guest
from amarre.appointments.commands_offers import expire_offer, next_in_line, offer_place
from amarre.appointments.commands_visits import sound_alarm
from amarre.appointments.models import Appointment, Booking, Guest, Offer, Visit
from amarre.appointments.placing import GUESTS, OFFER
from amarre.appointments.reminders import reminder_due
from amarre.appointments.states import BookingState, OfferState
from amarre.appointments.wording import event_of, when
from amarre.core.actor import MACHINE
from amarre.core.calendars import Event, message
from amarre.core.jobs import every, job
from amarre.core.notices import Kind, Reach, announce, door_url, reaches
from amarre.core.notices_words import Says
from amarre.organisations.models import Centre
from amarre.people.tasks import language_of

AHEAD = timedelta(hours=50)
GRACE = timedelta(minutes=10)
RAISED_AFTER = timedelta(minutes=20)
_READ = ("id", "kind_id", "worker_id", "centre_id", "mode", "person_id", "solicitation_id", "appointment_id", "state",
         "quiet", "sequence", "made_at")  # fmt: skip
_TIMES = tuple(f"appointment__{name}" for name in ("id", "starts_at", "ends_at", "state", "sequence", "changed_at"))


@every("*/5 * * * *", name="appointments.remind")
def remind() -> int:
    """48 hours and 2 hours before: asked once each, whenever the clock comes back; returns how many."""
    now = timezone.now()
    rows = (
        Booking.objects.filter(
            state=BookingState.BOOKED, appointment__starts_at__gt=now, appointment__starts_at__lte=now + AHEAD
        )
        .select_related("appointment")
        .only(*_READ, *_TIMES)
        .order_by("appointment__starts_at", "pk")
    )
    return sum(_remind_one(booking, now) for booking in rows)


def _remind_one(booking: Booking, now: datetime) -> bool:
    meeting = booking.appointment
    if meeting is None:
        return False
    says = reminder_due(meeting.starts_at, max(booking.made_at, meeting.changed_at), now)
    # On the day of the meeting, whichever day the clock comes back: asked a hundred times, it is one notice.
    return says is not None and announce(
        Kind.APPOINTMENT, booking.pk, key=f"{says.value}:{booking.sequence}", says=says,
        on=timezone.localdate(meeting.starts_at),
    )  # fmt: skip


@job(OFFER)
def offer(appointment_id: int, starts: int, ends: int) -> None:
    """A place was freed: who has waited longest is told."""
    meeting = Appointment.objects.filter(pk=appointment_id).only("id", "centre_id").order_by("pk").first()
    booking = Booking.objects.filter(appointment_id=appointment_id).only("id", "worker_id").order_by("-pk").first()
    if meeting is None or booking is None:
        return
    _offer(booking.worker_id, meeting.centre_id, datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(ends, UTC))


def _offer(worker_id: int, centre_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    found = next_in_line(worker_id, starts_at, ends_at)
    if found is None:
        return False
    offer_place(actor=MACHINE, booking=found, centre_id=centre_id, starts_at=starts_at, ends_at=ends_at)
    return True


@every("*/10 * * * *", name="appointments.pass_offers_on")
def pass_offers_on() -> int:
    """Nobody took it in time, or somebody said no: the next one is told; returns how many were."""
    now = timezone.now()
    told = 0
    for late in Offer.objects.filter(state=OfferState.OPEN, until__lte=now).order_by("pk"):
        expire_offer(actor=MACHINE, offer=late)
    done = Offer.objects.filter(state__in=[OfferState.EXPIRED, OfferState.DECLINED], starts_at__gt=now)
    for gone in done.order_by("worker_id", "starts_at", "-pk").distinct("worker_id", "starts_at"):
        told += _offer(gone.worker_id, gone.centre_id, gone.starts_at, gone.ends_at)
    return told


@every("*/5 * * * *", name="appointments.watch_visits")
def watch_visits() -> int:
    """Nobody said that they left: who was told is told; twenty minutes later, the coordinators; returns how many."""
    now, told = timezone.now(), 0
    out = Visit.objects.filter(out_at=None, back_at__lt=now - GRACE, appointment__state="planned").only(
        "id", "centre_id", "told_id", "back_at", "alarmed_at", "raised_at", "taken_at"
    )
    for visit in out.order_by("pk"):
        if visit.alarmed_at is None:
            sound_alarm(actor=MACHINE, visit=visit)
            told += announce(Kind.ACCOUNT, visit.told_id, key=_key("visit", visit), says=Says.OVERDUE)
        elif visit.raised_at is None and visit.taken_at is None and visit.alarmed_at < now - RAISED_AFTER:
            sound_alarm(actor=MACHINE, visit=visit, raise_it=True)
            told += sum(
                announce(Kind.ACCOUNT, user_id, key=_key("visit_raised", visit), says=Says.OVERDUE)
                for user_id in _coordinators(visit.centre_id)
            )
    return told


def _key(word: str, visit: Visit) -> str:
    """Of a visit and the hour of its return: whoever stays longer, and is late again, is looked for again."""
    return f"{word}:{visit.pk % 10**9}{int(visit.back_at.timestamp())}"


def _coordinators(centre_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select centre_coordinators(%s)", [centre_id])
        return [int(row[0]) for row in cursor.fetchall()]


@reaches(Kind.APPOINTMENT)
def reach_for(booking_id: int) -> Reach | None:
    """How the person of a booking is reached: by what they confirmed, or gave when they asked for themselves."""
    booking = _with_times(booking_id)
    if booking is None:
        return None
    found = _person(booking)
    if found is None:
        return None
    email, phone, prefers_sms, quiet, language = found
    centre = Centre.objects.get(pk=booking.centre_id)
    meeting = booking.appointment
    calendar, method = _calendar(booking, meeting, email, language) if meeting is not None and email else (None, "")
    return Reach(
        email=email, phone=phone, prefers_sms=prefers_sms, quiet=quiet or booking.quiet, language=language,
        door=links.path_of(booking.pk), mailbox=f"person:{booking.person_id}" if booking.person_id else "",
        slots=_slots(meeting, language, centre.phone),
        calendar=calendar, method=method,
    )  # fmt: skip


def _slots(meeting: Appointment | None, language: str, phone: str) -> dict[str, str]:
    """When, in the reader's language and in French; whom to call."""
    if meeting is None:
        return {"phone": phone}
    return {"when": when(meeting.starts_at, language), "when_fr": when(meeting.starts_at), "phone": phone}


def _person(booking: Booking) -> tuple[str, str, bool, bool, str] | None:
    """Address, number, whether SMS is preferred, « ne pas notifier », language."""
    with connection.cursor() as cursor:
        if booking.person_id is not None:
            cursor.execute("select email, phone, channel, language, quiet from person_reach(%s)", [booking.person_id])
            row = cursor.fetchone()
            return (row[0], row[1], row[2] == "sms", row[4], language_of(row[3])) if row else None
        if booking.solicitation_id is None:
            return None
        cursor.execute("select email, phone, quiet from asker_reach(%s)", [booking.solicitation_id])
        row = cursor.fetchone()
    return (row[0], row[1], not row[0], row[2], "fr") if row else None


def _calendar(booking: Booking, meeting: Appointment, email: str, language: str) -> tuple[bytes, str]:
    """The file that puts the appointment in their calendar, moves it or takes it out; it says when, no more."""
    return _file(event_of(booking, meeting, language, door_url(links.path_of(booking.pk))), email)


def _file(event: Event, email: str) -> tuple[bytes, str]:
    method = "CANCEL" if event.cancelled else "REQUEST"
    return message(event, settings.AMARRE_FROM_PERSON, "Rendez-vous", email, method), method


@job(GUESTS)
def tell_guests(booking_id: int) -> None:
    """Whoever comes from elsewhere learns that a meeting is, moves or is called off, while an agreement covers it."""
    booking = _with_times(booking_id)
    if booking is None or booking.appointment is None:
        return
    off = booking.state == BookingState.CANCELLED
    with connection.cursor() as cursor:
        cursor.execute("select booking_matter(%s)", [booking_id])
        matter_id = cursor.fetchone()[0]
    for guest in Guest.objects.filter(matter_id=matter_id).only("id", "sequence").order_by("pk"):
        told = guest.sequence
        if told >= booking.sequence or (off and not told):
            continue
        says = Says.EXPECTED_OFF if off else Says.EXPECTED_MOVED if told else Says.EXPECTED
        tell_guest(actor=MACHINE, guest=guest, sequence=booking.sequence)
        announce(Kind.GUEST, guest.pk, key=f"{says.value}:{booking.sequence}", says=says)


def _with_times(booking_id: int) -> Booking | None:
    rows = Booking.objects.select_related("appointment").only(*_READ, *_TIMES)
    return rows.filter(pk=booking_id).order_by("pk").first()


@reaches(Kind.GUEST)
def reach_guest(guest_id: int) -> Reach | None:
    """Where to write to somebody from elsewhere: when, and whom to call. Nowhere without an agreement."""
    rows = Guest.objects.only("id", "matter_id", "agreement_id", "email")
    guest = rows.filter(pk=guest_id).order_by("pk").first()
    if guest is None or not guest.email:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select guest_booking(%s, %s)", [guest.matter_id, guest.agreement_id])
        booking = _with_times(cursor.fetchone()[0])
    if booking is None or booking.appointment is None:
        return None
    meeting = booking.appointment
    calendar, method = _file(event_of(booking, meeting, key=guest.pk), guest.email)
    return Reach(
        email=guest.email, calendar=calendar, method=method,
        slots={"when": when(meeting.starts_at), "phone": Centre.objects.get(pk=booking.centre_id).phone},
    )  # fmt: skip
