"""The agendas of the fictional service: hours, rooms, who is met when, a visit, a group, an invitation to choose.

Read by `service`. Appointments belong to cases that are open today; a measure (no plans) has the hours alone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from amarre.appointments import links
from amarre.appointments.defaults import ensure_kinds
from amarre.appointments.models import (
    Appointment,
    Booking,
    Matter,
    MeetingKind,
    Permanence,
    Room,
    Seat,
    TimeOff,
    Visit,
)
from amarre.appointments.slots import instant
from amarre.cases.states import Mode
from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.words import typeset
from amarre.config.demo.world import Worker, World
from amarre.organisations.models import Centre

_HALVES = ((time(9), time(12)), (time(14), time(17)))
_STARTS = (time(9), time(10), time(14), time(15))
_MOST = 8
_ROOMS = (("Salle des Goélands", "Premier étage, à droite de l’escalier"), ("Salle du Phare", "Rez-de-chaussée"))
_REASONS = ("Relire ensemble le courrier reçu.", "Préparer les questions pour le médecin.", "Faire le point du mois.")


def make_agendas(world: World, episodes: list[Episode]) -> None:
    """Everything; cases are made already."""
    ensure_kinds()
    kinds = {kind.label: kind for kind in MeetingKind.objects.all()}
    rooms = {centre.pk: _rooms(world, centre) for centre in world.centres.values()}
    for worker in world.workers.values():
        _hours(world, worker, rooms[worker.centre.pk][0])
    if not world.size.plans:
        return
    for worker in world.workers.values():
        mine = [e for e in episodes if e.worker.code == worker.code and e.closed is None and e.somebody and e.case]
        mine.sort(key=lambda e: not e.told)
        _meetings(world, worker, mine[:_MOST], kinds)
    claire, bruno = world.workers["claire"], world.workers["bruno"]
    _group(world, claire, kinds["Réunion de groupe"])
    _off(world, bruno)


def _rooms(world: World, centre: Centre) -> list[Room]:
    return [world.add(Room(centre=centre, name=name, access=access)) for name, access in _ROOMS]


def _hours(world: World, worker: Worker, room: Room) -> None:
    """Four days a week; who works beside somebody in the same centre receives in no room of its own."""
    since = world.today - timedelta(days=200)
    for weekday in (0, 1, 2, 3):
        for starts, ends in _HALVES:
            world.add(
                Permanence(
                    worker_id=worker.user_id, centre=worker.centre, room=room if worker.code == "claire" else None,
                    weekday=weekday, starts=starts, ends=ends, since=since, modes=[Mode.OFFICE, Mode.PHONE, Mode.VIDEO],
                )
            )  # fmt: skip


def _coming(world: World, count: int) -> list[date]:
    """Days to come on which people are received."""
    found: list[date] = []
    day = world.today
    while len(found) < count:
        day += timedelta(days=1)
        if day.weekday() < 4 and day not in world.days.closed:
            found.append(day)
    return found


def _meetings(world: World, worker: Worker, episodes: list[Episode], kinds: dict[str, MeetingKind]) -> None:
    days = _coming(world, 4)
    for rank, episode in enumerate(episodes):
        usual = kinds["Rendez-vous"]
        if rank == 1:
            _visit(world, worker, episode, kinds["Visite"], days[2])
        elif rank == 2:
            _invite(world, worker, episode, usual)
        else:
            day, at = days[rank % 4], _STARTS[rank // 4 * 2 + rank % 2]
            _meet(world, worker, episode, usual, instant(day, at), reason=_REASONS[rank % 3])
        if rank < 3:
            before = world.days.ago(1 + 2 * rank)
            _meet(world, worker, episode, usual, instant(before, _STARTS[rank]), settled=rank > 0)


def _new(world: World, worker: Worker, kind: MeetingKind, made_at: datetime, **said: object) -> Booking:
    row = Booking(
        kind=kind, worker_id=worker.user_id, centre=worker.centre, made_by_id=worker.user_id, made_at=made_at,
        **{"expires_at": world.now + timedelta(days=60)} | said,
    )  # fmt: skip
    row.digest = links.digest(links.secret_of(row.pk))
    return row


def _meeting(
    world: World, worker: Worker, kind: MeetingKind, starts: datetime, mode: str = Mode.OFFICE, **said: object
) -> Appointment:
    ends, around = starts + timedelta(minutes=kind.minutes), timedelta(minutes=kind.travel)
    meeting = world.add(
        Appointment(
            kind=kind, centre=worker.centre, mode=mode, starts_at=starts, ends_at=ends, travel=kind.travel,
            span=DateTimeTZRange(starts, ends, "[)"), capacity=kind.capacity, made_by_id=worker.user_id,
            changed_at=min(world.now, starts) - timedelta(days=9), **said,
        )
    )  # fmt: skip
    span = DateTimeTZRange(starts - around, ends + around, "[)")
    world.add(Seat(appointment=meeting, user_id=worker.user_id, centre=worker.centre, span=span))
    return meeting


def _meet(
    world: World, worker: Worker, episode: Episode, kind: MeetingKind, starts: datetime, *, reason: str = "",
    settled: bool = False, mode: str = Mode.OFFICE,
) -> Appointment:  # fmt: skip
    meeting = _meeting(world, worker, kind, starts, mode)
    booking = world.add(
        _new(
            world, worker, kind, meeting.changed_at, person=episode.somebody.person if episode.somebody else None,
            appointment=meeting, span=meeting.span, place=1, state="booked", mode=mode, sequence=1,
            expires_at=meeting.ends_at + timedelta(days=1),
        )
    )  # fmt: skip
    matter = Matter(booking=booking, case=episode.made, reason=typeset(reason) or None)
    if settled:
        matter.outcome, matter.minutes, matter.settled_at = "happened", meeting.minutes, meeting.ends_at
        matter.settled_by_id = worker.user_id
    world.add(matter)
    return meeting


def _visit(world: World, worker: Worker, episode: Episode, kind: MeetingKind, day: date) -> None:
    """At home, and a colleague of the centre knows."""
    meeting = _meet(world, worker, episode, kind, instant(day, time(11)), mode=Mode.HOME)
    told = [
        w for w in world.workers.values() if w.centre == worker.centre and w.code not in (worker.code, "max", "zoe")
    ]
    if told and episode.somebody:
        person, access = episode.somebody.person, typeset("Deuxième étage, à gauche.")
        world.add(
            Visit(
                appointment=meeting, centre=worker.centre, told_id=told[0].user_id,
                address=f"{person.address}, {person.postcode} {person.city}", access=access,
                back_at=meeting.ends_at + timedelta(minutes=30),
            )
        )  # fmt: skip


def _invite(world: World, worker: Worker, episode: Episode, kind: MeetingKind) -> None:
    if episode.somebody:
        booking = world.add(_new(world, worker, kind, world.now, person=episode.somebody.person))
        world.add(Matter(booking=booking, case=episode.made))


def _group(world: World, worker: Worker, kind: MeetingKind) -> None:
    meeting = _meeting(world, worker, kind, instant(_coming(world, 8)[-1], time(14)))
    for place, name in enumerate(("Ondine Lamer", "Corentin Duquai"), 1):
        world.add(
            _new(
                world, worker, kind, meeting.changed_at, name=name, appointment=meeting, span=meeting.span, place=place,
                state="booked", sequence=1,
            )
        )  # fmt: skip


def _off(world: World, worker: Worker) -> None:
    first = world.today + timedelta(days=30)
    world.add(
        TimeOff(worker_id=worker.user_id, starts_at=instant(first, time(0)),
                ends_at=instant(first + timedelta(days=5), time(0)))
    )  # fmt: skip
