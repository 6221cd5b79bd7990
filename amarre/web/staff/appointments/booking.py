"""Taking an appointment, letting the person choose, moving one: the slots are listed at once, a press books.

Read by the URL configuration beside. Whoever is not in the case writes no reason, and reads none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.accounts.models import Colleague
from amarre.appointments import commands, policy
from amarre.appointments.models import Booking, Room
from amarre.appointments.policy import BOOKS
from amarre.cases.policy import may_write
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre
from amarre.people.models import Person
from amarre.people.queries import search_people
from amarre.web.staff.appointments import choosing
from amarre.web.staff.appointments import whom as w
from amarre.web.staff.appointments.forms import INVITE, OTHER, BookingForm, Offered, SlotForm
from amarre.web.staff.appointments.seeing import seen
from amarre.web.staff.cases.head import open_case
from amarre.web.staff.people.words import lines_of
from amarre.web.ui import dates, drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_MOST = 15
_FIRST = "Premier rendez-vous"
_KEPT = ("worker", "starts")


def _booker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(*BOOKS):
        raise PermissionDenied
    return actor


def appointment_case(request: HttpRequest, pk: int) -> HttpResponse:
    """From a case: two presses once it is open."""
    actor = actor_of(request)
    row = open_case(request, actor, pk)
    if not may_write(actor, row):
        raise PermissionDenied
    return _take(request, actor, w.of_case(row))


def appointment_new(request: HttpRequest) -> HttpResponse:
    """From a request, from somebody's page, or from an hour of the agenda: then one says with whom."""
    actor = _booker(request)
    if (key := w.asked(request, "request")) is not None:
        return _from_request(request, actor, key)
    if (key := w.asked(request, "person")) is not None:
        person = visible_or_404(Person.objects.visible_to(actor), pk=key)
        note_read(request, "person.read", person)
        if (case := w.my_open_case(actor, person)) is not None:
            return done(request, f"{reverse('staff:appointment-case', args=[case.pk])}{_query(request.GET)}")
        return _take(request, actor, w.of_person(actor, person))
    if request.GET.get("nom"):
        return _take(request, actor, w.of_nobody(actor))
    return _with_whom(request, actor)


def _from_request(request: HttpRequest, actor: Actor, key: int) -> HttpResponse:
    rows = Solicitation.objects.visible_to(actor).select_related("case")
    row = visible_or_404(rows, pk=key)
    note_read(request, "solicitation.read", row)
    if not w.ready(row):
        sentence = "Cette demande n’attend pas de rendez-vous\u00a0: la personne n’a pas dit oui, ou c’est traité."
        return done(request, reverse("staff:request", args=[row.pk]), sentence)
    return _take(request, actor, w.of_solicitation(row))


def _query(said: Mapping[str, str], **more: object) -> str:
    """What the address said of the hour, carried on."""
    kept = {name: said[name] for name in _KEPT if said.get(name)} | {k: v for k, v in more.items() if v}
    return f"?{urlencode(kept)}" if kept else ""


def _with_whom(request: HttpRequest, actor: Actor) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    hits = search_people(actor, words, _MOST) if words else []
    if words:
        note_read(request, "person.list", count=len(hits))
    asking = [] if words else w.waiting(actor)
    note_read(request, "solicitation.list", count=len(asking))
    here = reverse("staff:appointment-new")
    context = {
        "words": words,
        "lines": [(line, f"{here}{_query(request.GET, person=line.person.pk)}") for line in lines_of(hits)],
        "asking": [(row, f"{here}{_query(request.GET, request=row.pk)}") for row in asking],
        "name_url": f"{here}{_query(request.GET, nom=1)}",
        "kept": [(name, request.GET[name]) for name in _KEPT if request.GET.get(name)],
        "starts": choosing.read_instant(request.GET.get("starts", "")),
    }
    return page(request, "staff/appointments/whom.html", context)


def _take(request: HttpRequest, actor: Actor, whom: w.Whom) -> HttpResponse:
    """The page on which an appointment is taken, and what it does."""
    chosen = choosing.read_choices(
        actor, request.POST or request.GET, w.workers_for(actor, whom), lead_id=whom.lead_id,
        in_case=whom.case is not None, usual=_FIRST if whom.solicitation else choosing.USUAL,
    )  # fmt: skip
    desk = drafts.open_desk(request, actor, whom.desk)
    offered = _offered(actor, whom, chosen)
    form = BookingForm(offered, request.POST or None, initial=_resumed(desk))
    booking = carry_out(request, form, lambda data: _book(actor, whom, chosen, form, data), desk=desk)
    if booking is not None:
        sentence = "Rendez-vous pris." if booking.is_booked else "Invitation prête\u00a0: la personne choisit."
        return done(request, reverse("staff:appointment", args=[booking.pk]), sentence)
    days, later = chosen.days(chosen.free())
    context = {
        "whom": whom,
        "crumbs": [whom.back, Link("Prendre rendez-vous")],
        "choosing": chosen,
        "days": days,
        "later": later,
        "given": {k: request.GET.get(k) for k in ("person", "request", "nom") if request.GET.get(k)},
        "form": form,
        "desk": desk,
        "is_worker": policy.is_worker(actor),
        "opened": _opened(form),
    }
    return page(request, "staff/appointments/take.html", context, status=status_of(request))


def _opened(form: BookingForm) -> set[str]:
    """The folded parts that hold a mistake, or something that was typed."""
    parts = {
        "other": ("other_day", "other_time", "other_centre", "minutes"),
        "more": ("room", "video_url", "establishment", "colleagues"),
        "invite": ("choose_until",),
    }
    return {part for part, names in parts.items() if any(form[n].errors or form[n].value() for n in names[:2])}


def _resumed(desk: drafts.Desk) -> dict[str, Any]:
    """What was typed before, as if for the first time: nothing is refused on a page that is being opened."""
    return {k: v if k == "colleagues" else v[0] for k, v in desk.values.items() if v and k not in _NOT_RESUMED}


_NOT_RESUMED = frozenset({"kind", "mode", "worker", "after", "slot"})


def _offered(actor: Actor, whom: w.Whom, chosen: choosing.Choosing) -> Offered:
    centres = w.centres_of(actor, whom)
    here = {c.pk for c in centres}
    rooms = Room.objects.visible_to(actor).filter(active=True, centre_id__in=here).select_related("centre")
    near = Colleague.objects.visible_to(actor).working_in(here)
    besides = {chosen.worker.pk} if chosen.worker else set()
    joining = [c for c in near if c.pk not in besides and {"social_worker", "health_team"} & set(c.roles)]
    return Offered(
        centres=centres, rooms=list(rooms), colleagues=sorted(joining, key=lambda c: c.name),
        workplaces=w.workplaces(actor, whom), in_case=whom.case is not None, asks_name=not whom.named,
    )  # fmt: skip


def _book(actor: Actor, whom: w.Whom, chosen: choosing.Choosing, form: BookingForm, data: dict[str, Any]) -> Booking:
    if chosen.kind is None or chosen.worker is None:
        raise Refused("Il n’y a pas encore de rendez-vous à prendre ici. Demandez à l’administration du service.")
    with_whom = whom.given(data.get("name", "")) | {"reason": data.get("reason", ""), "quiet": data["quiet"]}
    what = {"actor": actor, "kind": chosen.kind, "worker": chosen.worker, "mode": chosen.mode, **with_whom}
    if form.data.get("slot") == INVITE:
        centre = _centre(actor, whom.centre_id)
        return commands.invite(**what, centre=centre, choose_until=data["choose_until"])
    wanted = form.wanted()
    if wanted is None:
        raise Refused("Choisissez un créneau.")
    offered = form.offered
    return commands.book(
        **what,
        centre=_centre(actor, wanted[1]),
        starts_at=wanted[0],
        minutes=data["minutes"] if form.data.get("slot") == OTHER else None,
        room=next((r for r in offered.rooms if r.pk == data["room"]), None),
        establishment=next((e for e in offered.workplaces if e.pk == data["establishment"]), None),
        video_url=data["video_url"],
        colleagues=[c for c in offered.colleagues if c.pk in data["colleagues"]],
    )


def _centre(actor: Actor, key: int | None) -> Centre:
    found = Centre.objects.visible_to(actor).filter(pk=key).first() if key is not None else None
    if found is None:
        raise Refused("Ce centre n’est plus dans la liste. Choisissez à nouveau.")
    return found


def appointment_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The same appointment at another time."""
    actor = actor_of(request)
    booking = seen(actor, pk)
    if not policy.may_change(actor, booking):
        raise PermissionDenied
    note_read(request, "appointment.read", booking)
    said = {**request.GET.dict(), "kind": str(booking.kind_id), "mode": booking.mode}
    chosen = choosing.read_choices(
        actor, said, [booking.worker], lead_id=booking.worker_id, in_case=False
    )  # fmt: skip
    chosen.centres = frozenset({booking.centre_id})
    chosen.kind, chosen.mode = booking.kind, booking.mode
    form = SlotForm([booking.centre], request.POST or None)
    moved = carry_out(request, form, lambda data: _move(actor, booking, form, data))
    if moved is not None:
        return done(request, reverse("staff:appointment", args=[booking.pk]), "Rendez-vous déplacé.")
    meeting = booking.appointment
    days, later = chosen.days(chosen.free(booking.pk, meeting.minutes if meeting else None))
    context = {
        "booking": booking,
        "crumbs": [Link("Rendez-vous", reverse("staff:appointment", args=[booking.pk])), Link("Déplacer")],
        "identity": f"Prévu {dates.moment(meeting.starts_at)}." if meeting else "",
        "choosing": chosen,
        "days": days,
        "later": later,
        "form": form,
        "is_worker": policy.is_worker(actor),
    }
    return page(request, "staff/appointments/move.html", context, status=status_of(request))


def _move(actor: Actor, booking: Booking, form: SlotForm, data: dict[str, Any]) -> Booking:
    wanted = form.wanted()
    if wanted is None:
        raise Refused("Choisissez un créneau.")
    minutes = data["minutes"] if form.data.get("slot") == OTHER else None
    return commands.move(actor=actor, booking=booking, starts_at=wanted[0], minutes=minutes)
