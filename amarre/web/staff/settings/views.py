"""The entry of the settings: what can be set, by whom.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.organisations.models import Centre, CrisisNumber, Term, Vocabulary
from amarre.organisations.policy import may_administer, may_edit_crisis
from amarre.web.ui.http import actor_of, page

_WHERE = {
    Vocabulary.PROBLEM: "Situation d’un dossier",
    Vocabulary.MOMENT: "Situation d’un dossier",
    Vocabulary.EMPLOYMENT: "Situation d’un dossier, regards à 6 et 12 mois",
    Vocabulary.OUTCOME: "Clôture d’un dossier",
    Vocabulary.CLOSING_REASON: "Clôture d’un dossier",
    Vocabulary.PLACE: "Entretiens",
    Vocabulary.REFUSAL_REASON: "Tri des demandes",
    Vocabulary.HANDOVER_REASON: "Passage de relais",
    Vocabulary.EMPLOYER_REASON: "Page publique, quand un employeur demande",
    Vocabulary.EMPLOYEE_REASON: "Page publique, quand la personne demande",
    Vocabulary.CRISIS_STEP: "Page «\u202fUrgence\u202f»",
    Vocabulary.PARTNER_KIND: "Annuaire",
    Vocabulary.ADVICE_THEME: "Conseils aux employeurs",
}


def settings(request: HttpRequest) -> HttpResponse:
    """Centres, lists and numbers; each only to whom may set it."""
    actor = actor_of(request)
    if not (may_administer(actor) or may_edit_crisis(actor)):
        raise PermissionDenied
    numbers = CrisisNumber.objects.visible_to(actor).filter(active=True)
    context = {
        "may_administer": may_administer(actor),
        "centres": Centre.objects.visible_to(actor).filter(active=True).count(),
        "vocabularies": _vocabularies(actor) if may_administer(actor) else [],
        "numbers": numbers.count(),
        "unchecked": numbers.filter(checked_on=None).count(),
    }
    return page(request, "staff/settings/settings.html", context)


def _vocabularies(actor: Actor) -> list[dict[str, object]]:
    """Each list with where it is used, and how many words it offers; one query."""
    counted = Term.objects.visible_to(actor).order_by().values_list("vocabulary")
    offered = dict(counted.annotate(n=Count("pk", filter=Q(active=True))))
    return [
        {
            "label": name.label,
            "url": reverse("staff:vocabulary", args=[name.value]),
            "where": _WHERE[name],
            "count": offered.get(name.value, 0),
        }
        for name in Vocabulary
    ]
