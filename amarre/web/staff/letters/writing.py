"""Making a letter: one that carries what was sent, one to the person, a certificate that they came.

Read by the URL configuration beside. What each template lacks is shown before anything is made.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.organisations.models import Centre
from amarre.sharing import commands_letters as commands
from amarre.sharing import letter_words as words
from amarre.sharing import policy_letters as policy
from amarre.sharing import queries_letters as queries
from amarre.sharing.models import Letter, Transmission
from amarre.sharing.policy import may_prepare
from amarre.sharing.states_letters import LetterKind
from amarre.web.staff.cases.head import head
from amarre.web.staff.letters.forms import CertificateForm, MakeForm, WriteForm
from amarre.web.staff.plans.base import here_to_write
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404

_DONE = "Le courrier est fait, et rangé ici."


def _mine(request: HttpRequest, pk: int) -> Transmission:
    """A transmission of one of my cases, for those who may send, once it is written down that it was looked at."""
    actor = actor_of(request)
    rows = Transmission.objects.visible_to(actor).select_related(
        "case__person", "case__situation", "case__assignment__lead", "case__assignment__centre", "agreement",
        "exception", "sent_by", "prepared_by", "partner__structure", "contact__establishment",
    )  # fmt: skip
    row = visible_or_404(rows, pk=pk)
    if not (may_prepare(actor, row) and policy.may_carry(actor, row)):
        raise PermissionDenied
    note_read(request, "sharing.read", row.case)
    return row


def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on paper what was sent, word for word."""
    row, actor = _mine(request, pk), actor_of(request)
    centre, address = row.case.assignment.centre, words.recipient_address(row)
    values = words.of_transmission(row, centre, address=request.POST.get("address", address), place="")
    options = queries.choices(actor, LetterKind.TRANSMISSION, values)
    form = MakeForm(options, request.POST or None, initial={"address": address, "place": centre.city})
    blocked = commands.why_not_carried(actor, row)

    def act(data: dict[str, Any]) -> Letter:
        return commands.make_letter(actor=actor, transmission=row, **data)

    if carry_out(request, form, act):
        return done(request, reverse("staff:letters", args=[row.case_id]), _DONE)
    context = head(actor, row.case, "letters") | {
        "transmission": row, "form": form, "blocked": blocked, "options": options,
        "told": queries.told(values, LetterKind.TRANSMISSION), "before": queries.letters_that_carry(actor, row),
    }  # fmt: skip
    return page(request, "staff/letters/carry.html", context, status=status_of(request))


def letter_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the person."""
    at = here_to_write(request, pk, "letter.list")
    person, centre = at.case.person, at.case.assignment.centre
    desk = drafts.open_desk(request, at.actor, f"letter:{pk}")
    address = words.person_address(person) if person else ""
    options, told = [], []
    if person is not None:
        values = words.of_person(
            person, centre, queries.writer(at.actor), subject="…", content="…", place="",
            address=request.POST.get("address", address),
        )  # fmt: skip
        options, told = queries.choices(at.actor, LetterKind.PERSON, values), queries.told(values, LetterKind.PERSON)
    initial = {"address": address, "place": centre.city}
    form = WriteForm(options, request.POST or desk.initial(), initial=initial)

    def act(data: dict[str, Any]) -> Letter:
        return commands.make_letter_for_person(actor=at.actor, case=at.case, **data)

    if carry_out(request, form, act, desk=desk):
        return done(request, reverse("staff:letters", args=[pk]), _DONE)
    context = at.head("letters", form=form, desk=desk, told=told, options=options)
    return page(request, "staff/letters/write.html", context, status=status_of(request))


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Certify that the person came."""
    at = here_to_write(request, pk, "letter.list")
    here_is = at.case.assignment.centre
    centres = sorted(
        Centre.objects.visible_to(at.actor).filter(active=True), key=lambda c: (c.pk != here_is.pk, c.name)
    )
    form = CertificateForm(centres, request.POST or None, initial={"day": timezone.localdate()})

    def act(data: dict[str, Any]) -> Letter:
        centre = form.centres[data.pop("centre")]
        return commands.make_certificate(actor=at.actor, case=at.case, centre=centre, **data)

    if carry_out(request, form, act):
        return done(request, reverse("staff:letters", args=[pk]), "L’attestation est faite, et rangée ici.")
    context = at.head("letters", form=form)
    return page(request, "staff/letters/certificate.html", context, status=status_of(request))
