"""Asking for help for somebody: one page, then « demande transmise », the same for everybody, whatever comes of it.

Read by the URL configuration beside. There is no list of what was asked, no state, no count: nothing that could tell
whether somebody came.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.intake.commands import submit_solicitation
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.intake.states import Source
from amarre.organisations.models import Contact
from amarre.organisations.queries import choices
from amarre.organisations.states import ContactKind
from amarre.web.employer.help.forms import HelpForm
from amarre.web.employer.mine import asking
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of

SOURCES = {
    ContactKind.HR: Source.EMPLOYER_HR,
    ContactKind.MANAGER: Source.MANAGER,
    ContactKind.DISABILITY_OFFICER: Source.DISABILITY_OFFICER,
}


def ask(request: HttpRequest) -> HttpResponse:
    """For whom; who asks and from where is known."""
    actor, contacts = asking(request)
    desk = drafts.open_desk(request, actor, "employer-help:0")
    reasons = choices(actor, "employer_reason")["employer_reason"]
    form = HelpForm(contacts, reasons, request.POST or desk.initial())
    if carry_out(request, form, lambda data: _send(actor, form.contact(), data), desk=desk):
        return done(request, reverse("employer:help_sent"))
    return page(request, "employer/help/ask.html", {"form": form, "desk": desk}, status=status_of(request))


def sent(request: HttpRequest) -> HttpResponse:
    """« Votre demande est transmise », and nothing more, ever."""
    asking(request)
    return page(request, "employer/help/sent.html")


def _send(actor: Actor, contact: Contact, data: dict[str, Any]) -> Solicitation:
    place = contact.establishment
    return submit_solicitation(
        actor=actor,
        source=SOURCES[ContactKind(contact.kind)],
        centre_id=place.centre_id or centre_for(city=place.city, postcode=place.postcode),
        first_name=data["first_name"],
        last_name=data["last_name"],
        phone=data["phone"],
        email=data["email"],
        company=place.company.name,
        city=place.city,
        requester_name=contact.name,
        requester_role=contact.function or contact.get_kind_display(),
        requester_phone=contact.phone,
        requester_email=contact.email,
        reasons=(data["reason"],) if data["reason"] else (),
    )
