"""The pages of the employer's request. The last one says « demande transmise », in every case and nothing more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from amarre.core.actor import Actor
from amarre.intake.commands import submit_solicitation
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.intake.states import About
from amarre.organisations.queries import labels
from amarre.web.public import journey
from amarre.web.public.answers import Values
from amarre.web.public.employer import forms
from amarre.web.public.fields import postcode_in
from amarre.web.public.journey import Journey, Step
from amarre.web.public.words import Row
from amarre.web.ui.dates import phone_text


def _for_somebody(values: Values) -> bool:
    return bool(values.get("about", About.PERSON) == About.PERSON)


def _for_advice(values: Values) -> bool:
    return not _for_somebody(values)


def _send(actor: Actor, values: Values) -> Solicitation:
    postcode, commune = postcode_in(values.get("city", ""))
    somebody = _for_somebody(values)
    reason = values.get("reason", "") if somebody else values["theme"]
    return submit_solicitation(
        actor=actor,
        source=values["role"],
        about=About.PERSON if somebody else About.ADVICE,
        centre_id=centre_for(city=commune, postcode=postcode, company=values["company"]),
        first_name=values["first_name"] if somebody else "",
        last_name=values["last_name"] if somebody else "",
        phone=values.get("phone", "") if somebody else "",
        email=values.get("email", "") if somebody else "",
        company=values["company"],
        city=values.get("city", ""),
        requester_name=values["requester_name"],
        requester_role=_role(values),
        requester_phone=values.get("requester_phone", ""),
        requester_email=values.get("requester_email", ""),
        reasons=(reason,) if reason else (),
    )


def _role(values: Values) -> str:
    return next((words for source, words in forms.ROLES.items() if source == values.get("role")), "")


def _rows(actor: Actor, values: Values) -> list[Row]:
    known = labels(actor, "employer_reason")["employer_reason"]
    somebody = _for_somebody(values)
    rows = [
        Row("Votre demande", "Pour quelqu’un" if somebody else "Un conseil, pour personne en particulier", "about"),
        Row("Qui demande", f"{values['requester_name']}, {_role(values)}", "you"),
        Row("Votre entreprise", ", ".join(filter(None, [values["company"], values.get("city", "")])), "you"),
        Row("Pour vous répondre", _channels(values["requester_phone"], values["requester_email"]), "back"),
    ]
    if not somebody:
        return [*rows, Row("Thème", known.get(values["theme"], ""), "theme")]
    return [
        *rows,
        Row("La personne", f"{values['first_name']} {values['last_name']}", "whom"),
        Row("Pour la joindre", _channels(values["phone"], values["email"]), "whom"),
        Row("Motif", known.get(values.get("reason", ""), ""), "reason"),
    ]


def _channels(phone: str, email: str) -> str:
    return ", ".join(filter(None, [phone_text(phone), email]))


JOURNEY = Journey(
    key="employeur",
    family="employer",
    steps=(
        Step("about", forms.AboutForm, 1, done=lambda values: bool(values.get("about"))),
        Step("you", forms.YouForm, 2, done=lambda values: bool(values.get("requester_name"))),
        Step("back", forms.BackForm, 2, done=lambda values: "requester_email" in values),
        Step("whom", forms.WhomForm, 3, asked=_for_somebody, done=lambda values: bool(values.get("last_name"))),
        Step("reason", forms.ReasonForm, 4, asked=_for_somebody),
        Step("theme", forms.ThemeForm, 3, asked=_for_advice, done=lambda values: bool(values.get("theme"))),
    ),
    rows=_rows,
    send=_send,
)


def start(request: HttpRequest) -> HttpResponse:
    """What we do with it, and what we will say: « demande transmise »."""
    return journey.start(request, JOURNEY)


def about(request: HttpRequest) -> HttpResponse:
    """Question 1."""
    return journey.ask(request, JOURNEY, "about")


def you(request: HttpRequest) -> HttpResponse:
    """Question 2."""
    return journey.ask(request, JOURNEY, "you")


def back(request: HttpRequest) -> HttpResponse:
    """Question 2, how to answer."""
    return journey.ask(request, JOURNEY, "back")


def whom(request: HttpRequest) -> HttpResponse:
    """Question 3, for somebody."""
    return journey.ask(request, JOURNEY, "whom")


def reason(request: HttpRequest) -> HttpResponse:
    """Question 4, for somebody."""
    return journey.ask(request, JOURNEY, "reason")


def theme(request: HttpRequest) -> HttpResponse:
    """Question 3, for advice."""
    return journey.ask(request, JOURNEY, "theme")


def check(request: HttpRequest) -> HttpResponse:
    """Everything, before it leaves."""
    return journey.check(request, JOURNEY)


def sent(request: HttpRequest) -> HttpResponse:
    """« Demande transmise », the reference, the telephone."""
    return journey.sent(request, JOURNEY)


def erase(request: HttpRequest) -> HttpResponse:
    """Forget everything here."""
    return journey.erase(request, JOURNEY)
