"""Agreements of a case: asked, read as the person reads them, given in front of a member, taken back on their word.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.plans.models import Document, Scan
from amarre.plans.queries import plan_of
from amarre.sharing import commands_agreements as commands
from amarre.sharing import policy, queries
from amarre.sharing.models import Agreement
from amarre.sharing.signing import HEIGHT, WIDTH, paths
from amarre.sharing.states import AgreementState
from amarre.sharing.wording import spoken
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.sharing import people
from amarre.web.staff.sharing.forms import AgreementForm, GiveForm
from amarre.web.ui import dates, drafts
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404

_VERB = "sharing.read"


def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, what left, what came back; and what the law let be said without an agreement."""
    at = here(request, pk, _VERB)
    sent = queries.transmissions(at.actor, at.case)
    context = at.head(
        "sharing",
        agreements=queries.agreements(at.actor, at.case),
        drafts=[s for s in sent if s.row.state == "draft"],
        sent=[s for s in sent if s.row.state != "draft"],
        exceptions=queries.exceptions(at.actor, at.case),
        me=at.actor.user_id,
    )
    return page(request, "staff/sharing/sharing.html", context)


def agreement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the person."""
    at = here_to_write(request, pk, _VERB)
    found = people.parties(at.actor, at.case)
    desk = drafts.open_desk(request, at.actor, f"agreement:{pk}")
    form = AgreementForm(
        people.grouped(found), request.POST or desk.initial(), initial={"to": request.GET.get("a", "")}
    )

    def act(data: dict[str, Any]) -> Agreement:
        to = people.chosen(found, data.pop("to"), data.pop("to_words"))
        return commands.ask_agreement(actor=at.actor, case=at.case, to=to, **data)

    row = carry_out(request, form, act, desk=desk)
    if row is not None:
        return done(request, _url(at, row), "La demande est prête. Lisez-la avec la personne.")
    context = at.head(
        "sharing", form=form, desk=desk, title="Demander un accord", button="Préparer la demande",
        back=reverse("staff:sharing", args=[pk]),
        lead="Un accord vaut pour un destinataire et un but. La personne peut le reprendre à tout moment.",
    )  # fmt: skip
    return page(request, "staff/sharing/form.html", context, status=status_of(request))


def _url(at: Here, row: Agreement) -> str:
    return reverse("staff:sharing_agreement", args=[at.case.pk, row.pk])


def _agreement(at: Here, agreement_pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(at.actor).filter(case=at.case)
    rows = rows.select_related("asked_by", "heard_by", "proof", "case")
    return visible_or_404(rows, pk=agreement_pk)


def _papers(at: Here) -> list[Document]:
    plan = plan_of(at.actor, at.case)
    if plan is None:
        return []
    return list(Document.objects.visible_to(at.actor).of(plan).filter(removed_on=None).exclude(scan=Scan.INFECTED))


def _shown(request: HttpRequest, at: Here, row: Agreement, give: GiveForm | None = None) -> HttpResponse:
    waiting = row.state == AgreementState.PROPOSED
    sent = [s for s in queries.transmissions(at.actor, at.case) if s.row.agreement_id == row.pk]
    context = at.head(
        "sharing",
        agreement=row,
        words=spoken(
            row.wording,
            party=row.party,
            purpose=row.purpose_words or row.get_purpose_display(),
            until=dates.long_day(row.until),
        ),
        strokes=paths(row.signature) if row.signature else [],
        width=WIDTH,
        height=HEIGHT,
        give=(give or GiveForm(_papers(at), prefix="g")) if waiting and policy.may_ask(at.actor, at.case) else None,
        sent=sent,
    )
    return page(request, "staff/sharing/agreement.html", context, status=status_of(request))


def agreement(request: HttpRequest, pk: int, agreement_pk: int) -> HttpResponse:
    """One agreement, as the person reads it; and what left under it."""
    at = here(request, pk, _VERB)
    return _shown(request, at, _agreement(at, agreement_pk))


@require_POST
def agreement_give(request: HttpRequest, pk: int, agreement_pk: int) -> HttpResponse:
    """The person said yes in front of me."""
    at = here_to_write(request, pk, _VERB)
    row, papers = _agreement(at, agreement_pk), _papers(at)
    form = GiveForm(papers, request.POST, prefix="g")

    def act(data: dict[str, Any]) -> Agreement:
        proof = next((p for p in papers if str(p.pk) == data["proof"]), None)
        return commands.give_agreement(actor=at.actor, agreement=row, **data | {"proof": proof})

    if carry_out(request, form, act):
        return done(request, _url(at, row), "L’accord est enregistré.")
    return _shown(request, at, row, form)


@require_POST
def agreement_decline(request: HttpRequest, pk: int, agreement_pk: int) -> HttpResponse:
    """The person said no in front of me."""
    at = here_to_write(request, pk, _VERB)
    row = _agreement(at, agreement_pk)
    try:
        commands.decline_agreement(actor=at.actor, agreement=row)
    except Refused as refusal:
        return done(request, _url(at, row), str(refusal))
    return done(request, _url(at, row), "Le refus est noté. Rien ne partira.")


@require_POST
def agreement_withdraw(request: HttpRequest, pk: int, agreement_pk: int) -> HttpResponse:
    """Taken back on the person's word; also once the case is closed."""
    at = here(request, pk, _VERB)
    row = _agreement(at, agreement_pk)
    if not policy.may_withdraw(at.actor, row):
        raise PermissionDenied
    try:
        commands.withdraw_agreement(actor=at.actor, agreement=row)
    except Refused as refusal:
        return done(request, _url(at, row), str(refusal))
    return done(request, _url(at, row), "L’accord est repris. Plus rien ne part, et personne n’est prévenu.")
