"""The pages of the employee's request. Must not know who is followed, nor which company is a member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.core.actor import Actor
from amarre.intake.commands import submit_solicitation
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.intake.states import Source
from amarre.organisations.queries import labels
from amarre.web.public import journey
from amarre.web.public.answers import Values
from amarre.web.public.fields import postcode_in
from amarre.web.public.journey import Journey, Step
from amarre.web.public.request import forms
from amarre.web.public.words import Row
from amarre.web.ui.dates import phone_text


def _send(actor: Actor, values: Values) -> Solicitation:
    contact = forms.contact_of(values)
    postcode, commune = postcode_in(values.get("city", ""))
    company = values.get("company", "")
    return submit_solicitation(
        actor=actor,
        source=Source.EMPLOYEE,
        centre_id=centre_for(city=commune, postcode=postcode, company=company),
        first_name=contact["first_name"],
        last_name=contact["last_name"],
        phone=contact["phone"],
        email=contact["email"],
        contact_note=forms.note_of(values),
        do_not_call=values["channel"] != forms.CALL,
        company=company,
        city=values.get("city", ""),
        reasons=tuple(values.get("reasons", ())),
        words=values.get("words", ""),
    )


def _rows(actor: Actor, values: Values) -> list[Row]:
    known = labels(actor, "employee_reason")["employee_reason"]
    reasons = ", ".join(known.get(code, code) for code in values.get("reasons", []))
    contact, channel = forms.contact_of(values), values.get("channel", "")
    rows = [
        Row("Commune de travail", values.get("city", ""), "where"),
        Row("Entreprise", values.get("company", ""), "where"),
        Row("Pourquoi", reasons, "why"),
        Row("Vos mots", "", "why", text=values.get("words", "")),
        Row("Comment vous joindre", dict(forms.CHANNELS).get(channel, ""), "reach"),
    ]
    if contact["phone"]:
        rows.append(Row("Votre numéro", phone_text(contact["phone"]), "contact"))
    if channel == forms.CALL:
        rows.append(Row("Quand vous appeler", forms.note_of(values), "contact"))
    if contact["email"]:
        rows.append(Row("Votre adresse e-mail", contact["email"], "contact"))
    if channel != forms.NONE:
        rows.append(Row("Votre nom", f"{contact['first_name']} {contact['last_name']}".strip(), "name"))
    return rows


def _reachable(values: Values) -> bool:
    contact = forms.contact_of(values)
    return bool(contact["phone"] or contact["email"])


def _not_anonymous(values: Values) -> bool:
    return values.get("channel") != forms.NONE


JOURNEY = Journey(
    key="demande",
    family="request",
    steps=(
        Step("where", forms.WhereForm, 1),
        Step("why", forms.WhyForm, 2, text="words"),
        Step("reach", forms.ReachForm, 3, done=lambda values: bool(values.get("channel"))),
        Step("contact", forms.ContactForm, 3, asked=_not_anonymous, done=_reachable),
        Step("name", forms.NameForm, 4, asked=_not_anonymous),
    ),
    rows=_rows,
    send=_send,
)


def start(request: HttpRequest) -> HttpResponse:
    """In danger now? Then: what we do, who reads, what is kept."""
    return journey.start(request, JOURNEY)


def where(request: HttpRequest) -> HttpResponse:
    """Question 1."""
    return journey.ask(request, JOURNEY, "where")


def why(request: HttpRequest) -> HttpResponse:
    """Question 2."""
    return journey.ask(request, JOURNEY, "why")


def reach(request: HttpRequest) -> HttpResponse:
    """Question 3."""
    return journey.ask(request, JOURNEY, "reach")


def contact(request: HttpRequest) -> HttpResponse:
    """Question 3, the number or the address."""
    return journey.ask(request, JOURNEY, "contact")


def name(request: HttpRequest) -> HttpResponse:
    """Question 4."""
    return journey.ask(request, JOURNEY, "name")


def check(request: HttpRequest) -> HttpResponse:
    """Everything, before it leaves."""
    return journey.check(request, JOURNEY)


def sent(request: HttpRequest) -> HttpResponse:
    """Reference, what comes next, whom to call."""
    return journey.sent(request, JOURNEY)


def erase(request: HttpRequest) -> HttpResponse:
    """Forget everything here."""
    return journey.erase(request, JOURNEY)
