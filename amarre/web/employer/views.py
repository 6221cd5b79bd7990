"""The first page of the door, the reminders, what is never told, and what the service knows of a contact.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from amarre.organisations.models import Advice
from amarre.organisations.queries import labels
from amarre.organisations.queries_duties import MOMENTS
from amarre.organisations.queries_duties import duties as every_duty
from amarre.organisations.states import AdviceState
from amarre.sharing.queries import unread
from amarre.web.employer.groups.views import standings
from amarre.web.employer.mine import confirmed, my_contacts
from amarre.web.ui.http import actor_of, note_read, page

ALL = "toutes"
_NEAREST = 3


def home(request: HttpRequest) -> HttpResponse:
    """For whom I speak, what waits for me, and what I can do. Closed until the service has confirmed me."""
    actor, contacts = actor_of(request), my_contacts(request)
    if not contacts:
        return page(request, "employer/waiting.html")
    mine = Advice.objects.visible_to(actor)
    answered = [*mine.filter(state=AdviceState.ANSWERED)]
    note_read(request, "advice.list", count=len(answered))
    going = [said for said in standings(actor) if said.going_on]
    note_read(request, "action.list", count=len(going), own=True)
    context: dict[str, Any] = {
        "awaited": [said for said in going if said.asks],
        "going": [said for said in going if not said.asks][:_NEAREST],
        "contacts": contacts,
        "unread": unread(actor),
        "answered": answered,
        "waiting": mine.waiting().count(),
        "themes": labels(actor, "advice_theme")["advice_theme"],
        "asks_for_somebody": any(not contact.is_council for contact in contacts),
    }
    return page(request, "employer/home.html", context)


def duties(request: HttpRequest) -> HttpResponse:
    """General reminders: they depend on the size of an establishment, and on nobody."""
    _, contacts = confirmed(request)
    sizes = [contact.establishment.headcount for contact in contacts]
    known = all(sizes)
    everything = not known or ALL in request.GET
    shown = [duty for duty in every_duty() if everything or any(duty.concerns(size) for size in sizes)]
    context = {
        "moments": [(words, [d for d in shown if d.when == when]) for when, words in MOMENTS.items()],
        "sizes": [*dict.fromkeys(sizes)] if known else [],
        "everything": everything,
        "hidden": len(every_duty()) - len(shown),
        "all_url": f"?{ALL}=1",
    }
    return page(request, "employer/duties.html", context)


def never(request: HttpRequest) -> HttpResponse:
    """What an employer will never see, and why that serves them."""
    confirmed(request)
    return page(request, "employer/never.html")


def me(request: HttpRequest) -> HttpResponse:
    """What the service knows of me, and what this access opens."""
    _, contacts = confirmed(request)
    return page(request, "employer/me.html", {"contacts": contacts})
