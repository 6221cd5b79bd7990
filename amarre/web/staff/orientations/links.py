"""The link of a transmission that goes out « par un lien et un code »: made, mailed, shown once with its code.

Read by the URL configuration beside. The code is on the worker's screen and nowhere else: it is said by telephone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from amarre.cases.models import Case
from amarre.sharing.commands_links import Made, make_link
from amarre.sharing.models import AccessLink, Transmission
from amarre.sharing.policy import may_send
from amarre.sharing.queries import links_of
from amarre.sharing.states import Carrier, TransmissionState
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui.http import actor_of, carry_out, page, status_of, visible_or_404


class LinkForm(forms.Form):
    """To which address the link goes, and whether we send it."""

    use_required_attribute = False
    email = forms.EmailField(
        label="Adresse électronique du partenaire",
        help_text="Le courriel ne contient que le lien\u202f: ni nom, ni motif, ni code.",
        error_messages={"required": "Indiquez l’adresse à laquelle le lien doit partir."},
    )
    how = forms.ChoiceField(choices=[("mail", ""), ("hand", "")], widget=forms.HiddenInput)


@sensitive_variables()
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """The last link and what became of it; another one is made by a button, and ends the one before."""
    actor = actor_of(request)
    rows = Transmission.objects.visible_to(actor).filter(carrier=Carrier.LINK, state=TransmissionState.SENT)
    row = visible_or_404(rows.select_related("partner"), pk=pk)
    visible_or_404(Case.objects.visible_to(actor).only("pk"), pk=row.case_id)
    case = open_case(request, actor, row.case_id, "sharing.read")
    row.case = case
    if not may_send(actor, row):
        raise PermissionDenied
    known = links_of(actor, row)
    email = known[0].email if known else row.partner.email if row.partner else ""
    form = LinkForm(request.POST or None, initial={"email": email, "how": "mail"})

    def act(data: dict[str, Any]) -> Made:
        return make_link(actor=actor, transmission=row, email=data["email"], by_mail=data["how"] == "mail")

    made = carry_out(request, form, act)
    context = head(actor, case, "sharing") | {"transmission": row, "plan_person": case.person}
    if made is not None:
        path = reverse("partner:link", args=[made.secret])
        address = f"{settings.AMARRE_BASE_URL}{path}"
        code = f"{made.code[:4]} {made.code[4:]}"
        context |= {"made": made.link, "address": address, "code": code, "mailed": form.cleaned_data["how"] == "mail"}
        return page(request, "staff/orientations/made.html", context)
    context |= {"form": form, "link": known[0] if known else None, "works": bool(known) and _works(known[0])}
    return page(request, "staff/orientations/link.html", context, status=status_of(request))


def _works(row: AccessLink) -> bool:
    return row.ended_at is None and row.expires_at > timezone.now()
