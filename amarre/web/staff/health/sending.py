"""Sending somebody to the social service: who, for which reason, with their agreement; and those one has sent.

Read by the URL configuration beside. The answer is « transmis », whatever comes of it, today and ever after.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.intake.commands_health import refer_someone
from amarre.intake.models import Referral
from amarre.intake.policy import may_refer
from amarre.organisations.models import Centre
from amarre.organisations.queries import choices
from amarre.people.models import Person
from amarre.people.queries import search_people
from amarre.sharing.queries_health import followed
from amarre.sharing.reread_health import before_sending, mark
from amarre.web.staff.health.forms import NewReferralForm, ReferralForm
from amarre.web.staff.people.words import lines_of, warnings_of
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_MOST, _SENT_SHOWN = 15, 100
_THANKS = "Transmis au service social."


def send(request: HttpRequest) -> HttpResponse:
    """Look for the person first; below, those whom one has sent."""
    actor = _sender(request)
    words = request.GET.get("q", "").strip()
    hits = search_people(actor, words, _MOST) if words else []
    if words:
        note_read(request, "person.list", count=len(hits))
    sent = list(Referral.objects.visible_to(actor)[:_SENT_SHOWN])
    note_read(request, "referral.list", count=len(sent))
    told = followed(actor)
    context = {
        "words": words,
        "lines": lines_of(hits),
        "full": len(hits) == _MOST,
        "sent": [(row, row.person_id in told) for row in sent],
    }
    return page(request, "staff/health/send.html", context)


def send_new(request: HttpRequest) -> HttpResponse:
    """Somebody whom the service does not know yet."""
    return _send(request, None)


def send_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody whose identity the service knows."""
    actor = _sender(request)
    person = visible_or_404(Person.objects.visible_to(actor), pk=pk)
    note_read(request, "person.read", person)
    return _send(request, person)


def _send(request: HttpRequest, person: Person | None) -> HttpResponse:
    actor = _sender(request)
    desk = drafts.open_desk(request, actor, f"refer:{person.pk if person else 0}")
    form = _form(actor, person, request.POST or desk.initial())
    seen = before_sending(request.POST.get("words", ""))  # nothing on a GET
    if seen and mark(seen) != request.POST.get("reread", ""):
        form.show_again(mark(seen))
    elif carry_out(request, form, lambda data: _refer(actor, person, data), desk=desk):
        return done(request, reverse("staff:send"), _THANKS)
    name = person.full_name if person else "Une personne que le service ne connaît pas"
    context = {
        "form": form,
        "desk": desk,
        "person": person,
        "name": name,
        "remarks": seen,
        "warnings": warnings_of(person) if person else [],
        "crumbs": [Link("Adresser quelqu’un", reverse("staff:send")), Link(name)],
    }
    return page(request, "staff/health/send_form.html", context, status=status_of(request))


def _form(actor: Actor, person: Person | None, data: Any) -> ReferralForm:
    last = Referral.objects.visible_to(actor).only("source").first()
    kind = ReferralForm if person else NewReferralForm
    reasons = choices(actor, "employer_reason")["employer_reason"]
    return kind(reasons, _centres(actor), data, initial={"source": last.source if last else ""})


def _centres(actor: Actor) -> list[tuple[int, str]]:
    """One's own first."""
    rows = Centre.objects.visible_to(actor).filter(active=True)
    return [(c.pk, c.name) for c in sorted(rows, key=lambda c: (c.pk not in actor.centres, c.name))]


def _refer(actor: Actor, person: Person | None, data: dict[str, Any]) -> Referral:
    said = {name: value for name, value in data.items() if name not in ("centre", "reread")}
    return refer_someone(actor=actor, person=person, centre_id=data["centre"], **said)


def _sender(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_refer(actor):
        raise PermissionDenied
    return actor
