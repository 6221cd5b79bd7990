"""What I agreed to share and with whom, taken back in one click; what was sent about me, word for word.

Read by the URL configuration beside. What leaves under an exception of the law is not here (`sharing.policy_rows`).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.sharing import commands_agreements as commands
from amarre.sharing import queries
from amarre.sharing.models import Agreement, JointInterview, Transmission
from amarre.sharing.queries_meetings import together
from amarre.sharing.signing import HEIGHT, WIDTH, paths
from amarre.sharing.states import AgreementState, GivenHow
from amarre.sharing.wording import spoken
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.employee.sharing.forms import AnswerForm
from amarre.web.ui import dates
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def sharing(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    actor, mine = my_plan(request)
    rows = queries.my_agreements(actor, mine)
    given = [a for a in rows if a.state == AgreementState.GIVEN and not a.over]
    waiting = [a for a in rows if a.state == AgreementState.PROPOSED and not a.over]
    context = {
        "given": given,
        "waiting": waiting,
        "before": [a for a in rows if a not in given and a not in waiting],
        "sent": queries.sent_about_me(actor, mine),
        "meetings": together(actor, JointInterview.objects.visible_to(actor).filter(case_id=mine.case_id)),
        "worker": worker_of(request, mine),
    }
    return page(request, "employee/sharing/sharing.html", context)


def _agreement(actor: Any, pk: int) -> Agreement:
    return visible_or_404(Agreement.objects.visible_to(actor), pk=pk)


def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what is asked, and say yes or no; neither is ticked beforehand."""
    actor, mine = my_plan(request)
    row = _agreement(actor, pk)
    form = AnswerForm(request.POST or None) if row.state == AgreementState.PROPOSED and not row.over else None

    def act(data: dict[str, Any]) -> Agreement:
        if data["agreed"] == "yes":
            return commands.give_agreement(actor=actor, agreement=row, how=GivenHow.SPACE)
        return commands.decline_agreement(actor=actor, agreement=row)

    if form and carry_out(request, form, act):
        return done(request, reverse("employee:sharing"), _("Votre réponse est enregistrée. Merci."))
    words = spoken(
        row.wording, party=row.party, purpose=row.purpose_words or _(row.get_purpose_display()),
        until=dates.long_day(row.until), say=_,
    )  # fmt: skip
    context = {
        "agreement": row, "words": words, "form": form, "worker": worker_of(request, mine), "width": WIDTH,
        "height": HEIGHT, "strokes": paths(row.signature) if row.signature else [],
        "sent": [s for s in queries.sent_about_me(actor, mine) if s.row.agreement_id == row.pk],
    }  # fmt: skip
    return page(request, "employee/sharing/agreement.html", context, status=status_of(request))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I change my mind: one click, no question."""
    actor, _mine = my_plan(request)
    back = reverse("employee:sharing")
    try:
        commands.withdraw_agreement(actor=actor, agreement=_agreement(actor, pk))
    except Refused as refusal:
        return done(request, back, _(str(refusal)))
    return done(request, back, _("C’est repris. Plus rien ne part, et personne n’est prévenu."))


def transmission(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent about me, word for word, and what was answered."""
    actor, mine = my_plan(request)
    row = visible_or_404(Transmission.objects.visible_to(actor).select_related("agreement"), pk=pk)
    (sent,) = queries.with_answers(actor, [row])
    context = {"sent": sent, "row": row, "worker": worker_of(request, mine)}
    return page(request, "employee/sharing/transmission.html", context)
