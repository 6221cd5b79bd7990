"""Who is asked to come from outside: an employer, a partner, a physician; under an agreement of the person in force.

Read by the views beside and the URL configuration. What they receive is said by `appointments.tasks`: when, and whom to
call.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.appointments.commands_after import drop_guest, invite_guest
from amarre.appointments.models import Guest, Matter
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing.models import Agreement
from amarre.web.staff.appointments.seeing import form_for, seen, why
from amarre.web.staff.appointments.views import show
from amarre.web.ui.http import actor_of, carry_out, done, visible_or_404


def _found(request: HttpRequest, pk: int) -> tuple[Actor, Matter]:
    actor = actor_of(request)
    booking = seen(actor, pk)
    matter = why(request, actor, booking)
    if matter is None:
        raise PermissionDenied
    return actor, matter


@require_POST
def guest_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to come."""
    actor, matter = _found(request, pk)
    form = form_for(actor, matter, request.POST)

    def act(data: dict[str, Any]) -> Guest:
        agreement = Agreement.objects.visible_to(actor).filter(pk=data["agreement"]).first()
        if agreement is None:
            raise Refused("Cet accord n’est plus là. Choisissez à nouveau.")
        return invite_guest(actor=actor, matter=matter, agreement=agreement, words=agreement.party, email=data["email"])

    if carry_out(request, form, act) is None:
        return show(request, actor, matter.booking, form)
    return done(request, reverse("staff:appointment", args=[pk]), "L’invitation est notée.")


@require_POST
def guest_drop(request: HttpRequest, pk: int, guest_pk: int) -> HttpResponse:
    """They do not come after all."""
    actor, matter = _found(request, pk)
    guest = visible_or_404(Guest.objects.visible_to(actor).filter(matter=matter), pk=guest_pk)
    drop_guest(actor=actor, matter=matter, guest=guest)
    return done(request, reverse("staff:appointment", args=[pk]), "L’invité est retiré. Prévenez-le vous-même.")
