"""What the employee is asked. One answer is mandatory: how we may talk to each other; « c'est moi qui appelle » is one.

Read by the journey. Must not know where the answers go.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.organisations.queries import choices
from amarre.web.public.answers import Values
from amarre.web.public.fields import EmailField, LineField, PhoneField, TextField
from amarre.web.public.forms import PublicForm, wrong_choice

CALL, SMS, EMAIL, NONE = "call", "sms", "email", "none"
CHANNELS = (
    (CALL, "Appelez-moi"),
    (SMS, "Écrivez-moi par SMS, sans m’appeler"),
    (EMAIL, "Écrivez-moi par e-mail, sans m’appeler"),
    (NONE, "C’est moi qui vous appelle. Je reste anonyme."),
)
MOMENTS = (
    ("any", "À toute heure"),
    ("morning", "Le matin"),
    ("noon", "Entre midi et deux"),
    ("afternoon", "L’après-midi"),
    ("evening", "Après 17\u202fh"),
)
WORDS_MOST = 5000


class WhereForm(PublicForm):
    """Where they work: used for routing."""

    city = LineField(
        label="Commune ou code postal de votre lieu de travail",
        required=False,
        most=80,
        help_text="Exemple\u00a0: Montreuil.",
    )
    company = LineField(
        label="Nom de votre entreprise", required=False, most=160, help_text="Nous ne la prévenons pas."
    )


class WhyForm(PublicForm):
    """Why, in ready words and in their own."""

    lead = "reasons"
    reasons = forms.MultipleChoiceField(
        label="Pourquoi voulez-vous de l’aide\u202f?",
        help_text="Vous pouvez choisir plusieurs réponses. Vous pouvez aussi passer.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=wrong_choice(),
    )
    words = TextField(
        label="Vos mots à vous",
        required=False,
        most=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Si vous voulez. Seuls les assistants sociaux les lisent.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("reasons", choices(self.actor, "employee_reason")["employee_reason"])


class ReachForm(PublicForm):
    """The channel that is safe for them."""

    lead = "channel"
    channel = forms.ChoiceField(
        label="Comment vous joindre sans risque\u202f?",
        help_text="Quelqu’un regarde votre téléphone\u202f? Choisissez «\u202fC’est moi qui vous appelle\u202f».",
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages=wrong_choice(),
    )


class ContactForm(PublicForm):
    """The number or the address, and what one may do with it."""

    phone = PhoneField(
        label="Votre numéro de téléphone",
        autocomplete="tel",
        help_text="Un numéro que vous seul(e) utilisez. Pas celui du travail.",
        error_messages={"required": "Écrivez votre numéro de téléphone."},
    )
    email = EmailField(
        label="Votre adresse e-mail",
        autocomplete="email",
        help_text="Une adresse que vous seul(e) lisez. Pas celle du travail.",
    )
    moment = forms.ChoiceField(
        label="Quand vous appeler",
        choices=MOMENTS,
        required=False,
        widget=forms.RadioSelect,
        initial="any",
        error_messages=wrong_choice(),
    )
    message = forms.BooleanField(label="Vous pouvez laisser un message sur mon répondeur", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        channel = (options.get("initial") or {}).get("channel", CALL)
        unused = {CALL: ("email",), SMS: ("email", "moment", "message")}.get(channel, ("phone", "moment", "message"))
        for name in unused:
            del self.fields[name]


class NameForm(PublicForm):
    """What to call them."""

    first_name = LineField(label="Prénom", required=False, most=80, autocomplete="given-name")
    last_name = LineField(label="Nom", required=False, most=80, autocomplete="family-name")


def contact_of(values: Values) -> Values:
    """The answers that count for the channel that was chosen; a number given before a change of mind is left out."""
    channel = values.get("channel", NONE)
    phone = values.get("phone", "") if channel in (CALL, SMS) else ""
    email = values.get("email", "") if channel == EMAIL else ""
    names = {n: values.get(n, "") if channel != NONE else "" for n in ("first_name", "last_name")}
    return {"phone": phone, "email": email, **names}


def note_of(values: Values) -> str:
    """How to reach them, for whoever calls back: logistics only."""
    channel = values.get("channel", NONE)
    if channel == SMS:
        return "SMS seulement, sans appeler."
    if channel == EMAIL:
        return "E-mail seulement, sans appeler."
    if channel == NONE:
        return "Anonyme\u00a0: la personne appellera avec sa référence."
    moment = dict(MOMENTS).get(values.get("moment") or "any", "À toute heure")
    message = "Message possible sur le répondeur." if values.get("message") else "Ne pas laisser de message."
    return f"{moment}. {message}"
