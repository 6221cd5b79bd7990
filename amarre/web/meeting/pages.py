"""The pages of one appointment, whichever the door: where it stands, choosing, checking, what comes next.

Read by the views of the two doors, which find the booking and write down that it was read. Nothing is consumed by a
GET: scanners of mail open links before people do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from amarre.appointments import commands_link as acts
from amarre.appointments import queries
from amarre.appointments.models import Booking, Offer
from amarre.appointments.placing import GONE
from amarre.appointments.states import Reply
from amarre.appointments.wording import event_of
from amarre.core.calendars import feed
from amarre.web.meeting import shown
from amarre.web.meeting.ways import Way
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, carry_out, done, page, visible_or_404

_LAST = 4_102_444_800  # the year 2100: no appointment after it, and no number too large for a date


class Press(forms.Form):
    """A button, and nothing to fill in."""


def _page(
    request: HttpRequest, way: Way, booking: Booking, template: str, status: int = 200, **more: Any
) -> HttpResponse:
    """One page, with whom to call on it."""
    sheet = more.pop("sheet", None) or queries.sheet_of(booking)
    context = {
        "layout": way.layout, "urls": way.urls(), "back": way.back, "booking": booking, "sheet": sheet,
        "meeting": booking.appointment, "stage": shown.stage(booking),
        "may_wait": sheet.by_person and sheet.capacity == 1,
        "centre_phone": sheet.phone, "centre_hours": sheet.hours, **more,
    }  # fmt: skip
    return page(request, template, context, status=status)


def _status(request: HttpRequest, form: forms.Form | None) -> int:
    """422 for a page that comes back with a reason."""
    return 422 if request.method == "POST" and form is not None and form.errors else 200


def show(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """Where it stands; for somebody who is invited, the dates."""
    stage = shown.stage(booking)
    if stage == "invited":
        return slots(request, way, booking)
    if stage in ("past", "cancelled"):
        return _page(request, way, booking, "meeting/over.html")
    return _booked(request, way, booking)


def _booked(request: HttpRequest, way: Way, booking: Booking, form: forms.Form | None = None) -> HttpResponse:
    offer = _offer(request, way, booking)
    return _page(request, way, booking, "meeting/booked.html", form=form, offer=offer, status=_status(request, form))


def _offer(request: HttpRequest, way: Way, booking: Booking) -> tuple[datetime, datetime, str] | None:
    """When, until when it is kept, and its page."""
    offer = shown.open_offer(actor_of(request), booking)
    return (offer.starts_at, offer.until, way.url("offer", offer.pk)) if offer else None


def slots(request: HttpRequest, way: Way, booking: Booking, form: forms.Form | None = None) -> HttpResponse:
    """The dates, day by day; later ones on other pages."""
    if shown.stage(booking) not in ("invited", "booked"):
        return done(request, way.url())
    sheet, asked = queries.sheet_of(booking), request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    found = shown.choice(actor_of(request), way, booking, sheet, number)
    return _page(
        request, way, booking, "meeting/slots.html", sheet=sheet, choice=found, form=form,
        offer=_offer(request, way, booking) if shown.stage(booking) == "invited" else None,
        status=_status(request, form),
    )  # fmt: skip


def check(request: HttpRequest, way: Way, booking: Booking, starts: int) -> HttpResponse:
    """One slot, read again, then taken; one that was taken meanwhile shows the others."""
    if starts > _LAST:
        raise Http404
    at, form = datetime.fromtimestamp(starts, UTC), _press(request)
    act = carry_out(request, form, lambda _: acts.choose(actor=actor_of(request), booking=booking, starts_at=at))
    if act is not None:
        return done(request, way.url("kept"))
    sheet = queries.sheet_of(booking)
    free = sheet.by_person and any(slot.starts == at for slot in queries.choices_for(booking, sheet))
    return _read_again(request, way, booking, form, at if free else None)


def group(request: HttpRequest, way: Way, booking: Booking, meeting: int) -> HttpResponse:
    """The same for a place among several people."""
    form = _press(request)
    act = carry_out(
        request, form, lambda _: acts.join_group(actor=actor_of(request), booking=booking, meeting_id=meeting)
    )
    if act is not None:
        return done(request, way.url("kept"))
    groups = queries.groups_for(booking, queries.sheet_of(booking))
    return _read_again(request, way, booking, form, next((g.starts for g in groups if g.id == meeting), None))


def _press(request: HttpRequest) -> Press:
    """The button, pressed or not; bound, so that it can carry a reason."""
    return Press(request.POST if request.method == "POST" else {})


def _read_again(request: HttpRequest, way: Way, booking: Booking, form: Press, at: datetime | None) -> HttpResponse:
    """The date, to be confirmed; the others, when it is free no more or was just refused."""
    if shown.stage(booking) not in ("invited", "booked"):
        return done(request, way.url())
    if at is None and not form.errors:
        form.add_error(None, GONE)
    if at is None or form.errors:
        return slots(request, way, booking, form)
    return _page(request, way, booking, "meeting/check.html", at=shown.local(at))


def kept(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """It is noted: when, where, and the file for one's calendar."""
    if shown.stage(booking) != "booked":
        return done(request, way.url())
    return _page(request, way, booking, "meeting/kept.html")


def cancel(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """Asked once more, then called off; nobody asks why."""
    form = Press(request.POST if request.method == "POST" else None)
    if carry_out(request, form, lambda _: acts.give_up(actor=actor_of(request), booking=booking)) is not None:
        return done(request, way.url())
    if request.method != "POST" and shown.stage(booking) not in ("invited", "booked"):
        return done(request, way.url())
    return _page(request, way, booking, "meeting/cancel.html", form=form, status=_status(request, form))


def reply(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """« Je viens », or « je ne peux pas », which frees nothing: the page then offers to move or to cancel."""
    form, answer = Press(request.POST), request.POST.get("answer", "")
    said = carry_out(request, form, lambda _: acts.reply(actor=actor_of(request), booking=booking, answer=answer))
    if said is None:
        return _refused(request, way, booking, form)
    return done(request, way.url(), _("C’est noté. Merci.") if answer == Reply.COMING else "")


def wait(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """On the waiting list, or off it."""
    form, waits = Press(request.POST), request.POST.get("waits") == "1"
    said = carry_out(
        request, form, lambda _: acts.wait_for_earlier(actor=actor_of(request), booking=booking, waits=waits)
    )
    if said is None:
        return _refused(request, way, booking, form)
    return done(request, way.url(), _("C’est noté. Vous êtes sur la liste.") if waits else _("C’est noté."))


def offer(request: HttpRequest, way: Way, booking: Booking, pk: int) -> HttpResponse:
    """A place that was freed, kept for a few hours: taken, or left to the next."""
    actor = actor_of(request)
    found = visible_or_404(Offer.objects.visible_to(actor).filter(booking=booking), pk=pk)
    form, takes = Press(request.POST if request.method == "POST" else None), request.POST.get("answer") == "take"
    if carry_out(request, form, lambda _: _answer_offer(request, booking, found, takes)) is not None:
        return done(request, way.url("kept")) if takes else done(request, way.url(), _("C’est noté. Rien ne change."))
    stands = shown.open_offer(actor, booking, pk=pk) is not None and not form.errors
    return _page(
        request, way, booking, "meeting/offer.html", form=form, at=shown.local(found.starts_at),
        until=shown.local(found.until), stands=stands, this_url=way.url("offer", pk), status=_status(request, form),
    )  # fmt: skip


def _answer_offer(request: HttpRequest, booking: Booking, found: Offer, takes: bool) -> Booking | Offer:
    act = acts.take_offer if takes else acts.decline_offer
    return act(actor=actor_of(request), booking=booking, offer=found)


def _refused(request: HttpRequest, way: Way, booking: Booking, form: forms.Form) -> HttpResponse:
    """The page again, with the reason; the booking as it is now."""
    booking = Booking.objects.visible_to(actor_of(request)).select_related("appointment").get(pk=booking.pk)
    if shown.stage(booking) == "invited":
        return slots(request, way, booking, form)
    if shown.stage(booking) in ("past", "cancelled"):
        return _page(request, way, booking, "meeting/over.html", form=form, status=422)
    return _booked(request, way, booking, form)


def file(request: HttpRequest, way: Way, booking: Booking) -> HttpResponse:
    """The appointment for one's calendar: when, and nothing else; the same event as the one that came by mail."""
    meeting = booking.appointment
    if meeting is None or shown.stage(booking) not in ("booked", "under_way"):
        raise Http404
    event = event_of(booking, meeting, translation.get_language() or "fr")
    return attachment(feed([event], event.title), "rendez-vous.ics", "text/calendar; charset=utf-8")
