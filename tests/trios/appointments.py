"""The commands of meetings, in `appointments`.

Claire meets Inès and receives at Montreuil; Sophie books there; Théo works elsewhere; a passer-by holds a link.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from amarre.appointments import models as m
from amarre.appointments.placing import Where
from amarre.sharing.models import Agreement
from tests.cast import as_owner, user
from tests.rows_appointments import GROUP_RDV_ID, RDV_ID, ROOM, at, monday
from tests.trios import World, trio

SAID = "canari-commande"
CLEAR = "clair-commande"
DAY = monday(2)
"""A week in which nobody has anything yet."""


def kind(label: str = "Rendez-vous") -> m.MeetingKind:
    with as_owner():
        return m.MeetingKind.objects.get(label=label)


def booking(worker: str = "claire", **wanted: Any) -> m.Booking:
    """One of the world's, with a date to come unless said otherwise."""
    asked = wanted or {"appointment__starts_at__gt": timezone.now(), "kind__label": "Rendez-vous"}
    with as_owner():
        rows = m.Booking.objects.select_related("kind", "worker", "centre", "appointment", "person", "matter")
        return rows.filter(worker_id=user(worker).pk, **asked).order_by("pk")[0]


def invited() -> m.Booking:
    with as_owner():
        return m.Booking.objects.select_related("kind").get(pk=RDV_ID)


def past() -> m.Booking:
    return booking(appointment__ends_at__lt=timezone.now(), state="booked")


def visit(**which: Any) -> m.Visit:
    asked = which or {"appointment__starts_at__gt": timezone.now()}
    with as_owner():
        return m.Visit.objects.select_related("appointment").get(**asked)


def over() -> m.Visit:
    return visit(out_at__isnull=False)


def overdue() -> m.Visit:
    return visit(out_at=None, back_at__lt=timezone.now())


def _with(w: World, **said: Any) -> dict[str, Any]:
    return {"centre": w.centre(), "kind": kind(), "worker": w.colleague("claire"), "mode": "office"} | said


def _booked(w: World, **said: Any) -> dict[str, Any]:
    return _with(w, starts_at=at(DAY, 9), case=w.case(), reason=SAID) | said


trio("appointment.book", allowed=("claire", _booked), refused="nadia",
     failed=lambda w: _booked(w, starts_at=datetime(2020, 1, 1, tzinfo=UTC)))  # fmt: skip
trio("appointment.invite", allowed=("sophie", lambda w: _with(w, name=CLEAR)), refused="theo",
     failed=lambda w: _with(w, kind=kind("Visite"), mode="home", name=CLEAR))  # fmt: skip
trio("appointment.move", allowed=("sophie", lambda _: {"booking": booking(), "starts_at": at(DAY, 9)}), refused="theo",
     failed=lambda _: {"booking": booking(), "starts_at": at(DAY, 20)})  # fmt: skip
trio("appointment.cancel", allowed=("claire", lambda _: {"booking": booking()}), refused="marc",
     failed=lambda _: {"booking": past()})  # fmt: skip
trio("appointment.quieten", allowed=("sophie", lambda _: {"booking": booking(), "quiet": True}), refused="hugo",
     failed=lambda _: {"booking": past(), "quiet": True})  # fmt: skip
trio("appointment.remind_again", allowed=("sophie", lambda _: {"booking": invited()}), refused="alex",
     failed=lambda _: {"booking": past()})  # fmt: skip
trio("appointment.choose", allowed=("by_rdv", lambda _: {"booking": invited(), "starts_at": at(DAY, 9)}),
     refused="passer_by", failed=lambda _: {"booking": invited(), "starts_at": at(DAY, 20)})  # fmt: skip
trio("appointment.join_group",
     allowed=("by_group", lambda _: {"booking": in_group(), "meeting_id": group_meeting().pk}), refused="passer_by",
     failed=lambda _: {"booking": in_group(), "meeting_id": 1})  # fmt: skip
trio("appointment.give_up", allowed=("ines", lambda _: {"booking": booking()}), refused="yanis",
     failed=lambda _: {"booking": past()})  # fmt: skip
trio("appointment.reply", allowed=("ines", lambda _: {"booking": booking(), "answer": "coming"}), refused="by_rdv",
     failed=lambda _: {"booking": booking(), "answer": "perhaps"})  # fmt: skip
trio("appointment.wait", allowed=("by_rdv", lambda _: {"booking": invited(), "waits": False}), refused="yanis",
     failed=("ines", lambda _: {"booking": past(), "waits": True}))  # fmt: skip


def offer(hour: int = 14) -> m.Offer:
    with as_owner():
        return m.Offer.objects.get(starts_at=at(monday(), hour))


trio("appointment.take_offer", allowed=("by_rdv", lambda _: {"booking": invited(), "offer": offer()}),
     refused="passer_by", failed=("by_rdv", lambda _: {"booking": invited(), "offer": offer(15)}))  # fmt: skip
trio("appointment.decline_offer", allowed=("by_rdv", lambda _: {"booking": invited(), "offer": offer()}),
     refused="ines", failed=("by_rdv", lambda _: {"booking": invited(), "offer": offer(15)}))  # fmt: skip


def _offering(w: World, **said: Any) -> dict[str, Any]:
    return {"booking": invited(), "centre_id": w.centre().pk, "starts_at": at(DAY, 9), "ends_at": at(DAY, 10)} | said


trio("appointment.offer", allowed=("machine", _offering), refused="claire",
     failed=lambda w: _offering(w, starts_at=at(monday(), 10), ends_at=at(monday(), 10, 45)))  # fmt: skip
trio("appointment.expire_offer", allowed=("machine", lambda _: {"offer": offer(11)}), refused="sophie",
     failed=lambda _: {"offer": offer()})  # fmt: skip


def in_group() -> m.Booking:
    with as_owner():
        return m.Booking.objects.select_related("kind").get(pk=GROUP_RDV_ID)


def group_meeting() -> m.Appointment:
    with as_owner():
        return m.Appointment.objects.get(capacity__gt=1)


def permanence(code: str = "claire") -> m.Permanence:
    with as_owner():
        return m.Permanence.objects.select_related("worker").filter(worker_id=user(code).pk).order_by("pk")[0]


def _kept(w: World, **said: Any) -> dict[str, Any]:
    with as_owner():
        new = m.MeetingKind(label=CLEAR, minutes=30, modes=["office"], bookable_by=["worker"])
        for name, value in said.items():
            setattr(new, name, value)
        return {"kind": new}


trio("meeting_kind.save", allowed=("alex", _kept), refused="claire", failed=lambda w: _kept(w, modes=[]))
trio("room.save", allowed=("marc", lambda w: {"room": m.Room(centre=w.centre(), name=CLEAR)}), refused="sophie",
     failed=lambda w: {"room": m.Room(centre=w.centre(), name=ROOM)}, error=IntegrityError)  # fmt: skip


def _open(w: World, **said: Any) -> dict[str, Any]:
    return {"worker": w.colleague("claire"), "centre": w.centre(), "weekday": 5, "starts": time(9), "ends": time(12),
            "since": DAY, "modes": ["office"]} | said  # fmt: skip


trio("permanence.open", allowed=("claire", _open), refused="nadia", failed=lambda w: _open(w, ends=time(8)))


def _changed(_: World, **said: Any) -> dict[str, Any]:
    row = permanence()
    return {"permanence": row, "on": DAY + timedelta(days=row.weekday)} | said


trio("permanence.end", allowed=("sophie", lambda _: {"permanence": permanence(), "until": DAY}), refused="bruno",
     failed=("claire", lambda _: {"permanence": permanence(), "until": None}), error=TypeError)  # fmt: skip
trio("permanence.change", allowed=("claire", _changed), refused="theo",
     failed=lambda w: _changed(w, starts=time(9), ends=time(8)))  # fmt: skip


def _away(w: World, **said: Any) -> dict[str, Any]:
    return {"worker": w.colleague("claire"), "starts_at": at(DAY, 8), "ends_at": at(DAY, 18)} | said


def time_off() -> m.TimeOff:
    with as_owner():
        return m.TimeOff.objects.select_related("worker").get()


def _unsaved(w: World) -> m.TimeOff:
    return m.TimeOff(id=None, worker=w.colleague("nadia"))


trio("time_off.take", allowed=("claire", _away), refused="nadia", failed=lambda w: _away(w, ends_at=at(DAY, 7)))
trio("time_off.give_back", allowed=("nadia", lambda _: {"time_off": time_off()}), refused="claire",
     failed=("nadia", lambda w: {"time_off": _unsaved(w)}), error=ValueError)  # fmt: skip


def _held(w: World, **said: Any) -> dict[str, Any]:
    where = Where(at(DAY, 9), at(DAY, 10), w.centre().pk, "workplace")
    return {"centre": w.centre(), "where": where, "colleagues": [w.colleague("hugo")], "label": CLEAR} | said


trio("agenda.hold", allowed=("hugo", _held), refused="alex", failed=lambda w: _held(w, colleagues=[]))


def team_meeting() -> m.Appointment:
    with as_owner():
        return m.Appointment.objects.get(kind=None)


trio("agenda.release", allowed=("claire", lambda _: {"appointment": team_meeting()}), refused="theo",
     failed=lambda _: {"appointment": group_meeting()})  # fmt: skip
trio("agenda.join", allowed=("sophie", lambda w: {"appointment": group_meeting(), "colleague": w.colleague("hugo")}),
     refused="theo", failed=lambda w: {"appointment": booking().appointment, "colleague": w.colleague("nadia")},
     )  # fmt: skip


def _settled(w: World, **said: Any) -> dict[str, Any]:
    return {"booking": past(), "case": w.case(), "outcome": "happened", "body": SAID} | said


trio("appointment.settle", allowed=("claire", _settled), refused="nadia",
     failed=lambda w: _settled(w, booking=booking()))  # fmt: skip


def _guest(w: World, **said: Any) -> dict[str, Any]:
    row = past()
    with as_owner():
        agreed = Agreement.objects.filter(case=w.case(), state="given").order_by("pk")[0]
        matter = m.Matter.objects.select_related("case", "booking").get(booking=row)
        return {"matter": matter, "agreement": agreed, "words": SAID} | said


def _came(_: World, **said: Any) -> dict[str, Any]:
    with as_owner():
        guest = m.Guest.objects.select_related("matter__case", "matter__booking").get()
        return {"matter": guest.matter, "guest": guest} | said


trio("appointment.invite_guest", allowed=("bruno", _guest), refused="nadia", failed=lambda w: _guest(w, words=" "))
trio("appointment.tell_guest", allowed=("machine", lambda w: {"guest": _came(w)["guest"], "sequence": 1}),
     refused="claire", failed=lambda w: {"guest": _came(w)["guest"], "sequence": 0})  # fmt: skip
trio("appointment.drop_guest", allowed=("claire", _came), refused="hugo",
     failed=lambda w: _came(w, matter=_guest(w)["matter"]))  # fmt: skip


def _going(w: World, **said: Any) -> dict[str, Any]:
    row = visit()
    return {"appointment": row.appointment, "address": SAID, "told": w.colleague("bruno"),
            "back_at": row.appointment.ends_at} | said  # fmt: skip


trio("visit.prepare", allowed=("claire", _going), refused="bruno",
     failed=lambda w: _going(w, told=w.colleague("claire")))  # fmt: skip
trio("visit.check_in", allowed=("claire", lambda _: {"visit": visit()}), refused="bruno",
     failed=lambda _: {"visit": over()})  # fmt: skip
trio("visit.check_out", allowed=("claire", lambda _: {"visit": visit()}), refused="nadia",
     failed=lambda _: {"visit": over()})  # fmt: skip
trio("visit.stay_longer", allowed=("claire", lambda _: {"visit": visit(), "back_at": at(DAY, 9)}), refused="bruno",
     failed=lambda _: {"visit": visit(), "back_at": datetime(2020, 1, 1, tzinfo=UTC)})  # fmt: skip
trio("visit.take_alarm", allowed=("bruno", lambda _: {"visit": overdue()}), refused="nadia",
     failed=lambda _: {"visit": over()})  # fmt: skip
trio("visit.alarm", allowed=("machine", lambda _: {"visit": overdue()}), refused="bruno",
     failed=lambda _: {"visit": visit()})  # fmt: skip
trio("feed.open", allowed=("nadia", lambda _: {"secret": CLEAR}), refused="lea",
     failed=("nadia", lambda _: {"secret": "flux-de-claire"}), error=IntegrityError)  # fmt: skip
trio("feed.revoke", allowed=("claire", lambda _: {}), refused="lea", failed=("nadia", lambda _: {}))
