"""The numbers to call now: what for, in which order, checked on which day.

Read by the URL configuration beside. Kept by the service admin and the coordinator; everybody else is refused.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.organisations import commands_settings as commands
from amarre.organisations.models import CrisisNumber
from amarre.organisations.policy import may_edit_crisis
from amarre.web.staff.settings.forms import NewNumberForm, NumberForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_FIELDS = ("number", "label", "public", "active")


def number_list(request: HttpRequest) -> HttpResponse:
    """Every number with the day of its last check; add one at the end."""
    actor = _keeper(request)
    form = NewNumberForm(request.POST or None)
    if carry_out(request, form, lambda data: commands.add_number(actor=actor, **data)):
        return done(request, reverse("staff:settings_numbers"), "Le numéro est ajouté, à vérifier.")
    context = {
        "rows": CrisisNumber.objects.visible_to(actor),
        "form": form,
        "today": timezone.localdate(),
        "crumbs": [Link("Réglages", reverse("staff:settings")), Link("Numéros d’urgence")],
    }
    return page(request, "staff/settings/numbers.html", context, status=status_of(request))


def number_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a number, or show it no more."""
    actor = _keeper(request)
    row = visible_or_404(CrisisNumber.objects.visible_to(actor), pk=pk)
    form = NumberForm(request.POST or None, initial={name: getattr(row, name) for name in _FIELDS})
    if carry_out(request, form, lambda data: commands.edit_number(actor=actor, row=row, **data)):
        return done(request, reverse("staff:settings_numbers"), "C’est enregistré.")
    context = {
        "form": form,
        "title": "Modifier un numéro",
        "identity": "Un numéro qui change est de nouveau à vérifier.",
        "verb": "Enregistrer",
        "crumbs": [
            Link("Réglages", reverse("staff:settings")),
            Link("Numéros d’urgence", reverse("staff:settings_numbers")),
            Link("Modifier un numéro"),
        ],
    }
    return page(request, "staff/settings/form.html", context, status=status_of(request))


@require_POST
def number_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody checked it today."""
    actor = _keeper(request)
    row = visible_or_404(CrisisNumber.objects.visible_to(actor), pk=pk)
    commands.check_number(actor=actor, row=row)
    return done(
        request, f"{reverse('staff:settings_numbers')}#numero-{pk}", f"{row.number}\u00a0: vérifié aujourd’hui."
    )


@require_POST
def number_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    actor = _keeper(request)
    row = visible_or_404(CrisisNumber.objects.visible_to(actor), pk=pk)
    commands.move_number(actor=actor, row=row, up=request.POST.get("sens") == "haut")
    return done(request, f"{reverse('staff:settings_numbers')}#numero-{pk}")


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_edit_crisis(actor):
        raise PermissionDenied
    return actor
