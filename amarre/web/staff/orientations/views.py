"""Where the orientations of a case stand, reminding a partner by hand, and what a partner answers, in figures.

Read by the URL configuration beside. Figures are of the whole service, name nobody, and are not shown under eleven.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.directory.models import Structure
from amarre.sharing.commands_orientations import remind_partner
from amarre.sharing.models import Orientation
from amarre.sharing.models_orientations import MOST_REMINDERS
from amarre.sharing.queries_orientations import LEAST, figures, orientations
from amarre.sharing.states import Carrier, TransmissionState
from amarre.sharing.states_orientations import OrientationState
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui.http import actor_of, done, note_read, page, visible_or_404
from amarre.web.ui.parts import Badge, Link, Tone

_TONES: dict[str, Tone] = {
    OrientationState.SENT: "rope",
    OrientationState.SEEN: "rope",
    OrientationState.REFUSED: "red",
    OrientationState.ACCEPTED: "green",
    OrientationState.STARTED: "green",
    OrientationState.ENDED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One orientation, as the list shows it."""

    row: Orientation
    badge: Badge
    may_remind: bool
    left: int


def _badge(row: Orientation) -> Badge:
    if row.transmission.state == TransmissionState.RECALLED:
        return Badge("reprise avant lecture", "neutral")
    if row.state in (OrientationState.SENT, OrientationState.SEEN) and not row.is_waiting:
        return Badge("fermée sans réponse", "neutral")
    return Badge(row.get_state_display().lower(), _TONES[row.state])


def _line(row: Orientation) -> Line:
    reachable = row.transmission.carrier in (Carrier.INBOX, Carrier.LINK)
    today = timezone.localdate()
    left = MOST_REMINDERS - row.reminded
    may_remind = row.is_waiting and reachable and left > 0 and row.reminded_on != today
    return Line(row, _badge(row), may_remind, left)


def orientation_list(request: HttpRequest, pk: int, *, refusal: str = "") -> HttpResponse:
    """Those of a case, with their dates."""
    actor = actor_of(request)
    case = open_case(request, actor, pk, "sharing.read")
    context = head(actor, case, "sharing") | {
        "lines": [_line(row) for row in orientations(actor, case)],
        "plan_person": case.person,
        "refusal": refusal,
    }
    return page(request, "staff/orientations/list.html", context, status=422 if refusal else 200)


@require_POST
def remind(request: HttpRequest, pk: int, orientation_pk: int) -> HttpResponse:
    """A reminder now; it counts among the three."""
    actor = actor_of(request)
    case = open_case(request, actor, pk, "sharing.read")
    rows = Orientation.objects.visible_to(actor).filter(transmission__case=case).select_related("transmission")
    row = visible_or_404(rows, pk=orientation_pk)
    try:
        remind_partner(actor=actor, orientation=row)
    except Refused as no:
        return orientation_list(request, pk, refusal=str(no))
    sentence = "Le rappel part. Il ne dit rien de la personne."
    return done(request, reverse("staff:orientation_list", args=[pk]), sentence)


def partner_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What a partner answers to the whole service."""
    actor = actor_of(request)
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    note_read(request, "directory.figures", row)
    context = {
        "structure": row,
        "figures": figures(row),
        "least": LEAST,
        "crumbs": [
            Link("Annuaire", reverse("staff:directory")),
            Link(row.name, reverse("staff:directory_structure", args=[pk])),
            Link("Statistiques"),
        ],
    }
    return page(request, "staff/orientations/figures.html", context)
