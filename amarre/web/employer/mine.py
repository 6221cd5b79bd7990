"""For whom somebody speaks at this door, asked once for each page.

Read by the views of this door and by its frame.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from amarre.core.actor import Actor
from amarre.organisations.models import Centre, Contact
from amarre.web.ui.http import actor_of

_KEPT = "AMARRE_CONTACTS"


def my_contacts(request: HttpRequest) -> list[Contact]:
    """The establishments that confirmed somebody, none for whom the service has not confirmed yet, or no more."""
    kept = request.META.get(_KEPT)
    if kept is None:
        rows = Contact.objects.visible_to(actor_of(request)).filter(establishment__active=True)
        kept = [*rows.select_related("establishment__company", "establishment__centre")]
        request.META[_KEPT] = kept
    found: list[Contact] = kept
    return found


def confirmed(request: HttpRequest) -> tuple[Actor, list[Contact]]:
    """The actor and for whom they speak; 403 while nobody has confirmed them."""
    found = my_contacts(request)
    if not found:
        raise PermissionDenied("no confirmed contact")
    return actor_of(request), found


def asking(request: HttpRequest) -> tuple[Actor, list[Contact]]:
    """Those in whose name help may be asked for somebody; 403 for an elected member."""
    actor, found = confirmed(request)
    able = [contact for contact in found if not contact.is_council]
    if not able:
        raise PermissionDenied("elected members ask for nobody")
    return actor, able


def my_centre(request: HttpRequest) -> Centre | None:
    """The centre that answers: the establishment's, else the one that takes the rest."""
    here = next((c.establishment.centre for c in my_contacts(request) if c.establishment.centre), None)
    return here or Centre.objects.visible_to(actor_of(request)).order_by("-is_default", "name").first()
