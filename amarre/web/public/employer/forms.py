"""What an employer is asked: who asks, for whom or about nothing in particular, and a word from a list.

Read by the journey. Every field is a name, a way of reaching somebody, a place, or a choice.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.intake.states import EMPLOYER_SOURCES, About, Source
from amarre.organisations.queries import choices
from amarre.web.public.fields import EmailField, LineField, NameField, PhoneField
from amarre.web.public.forms import PublicForm, wrong_choice

ROLES = {
    Source.EMPLOYER_HR: "Direction ou ressources humaines",
    Source.MANAGER: "Responsable de l’équipe",
    Source.DISABILITY_OFFICER: "Référent(e) handicap",
    Source.WORKS_COUNCIL: "Élu(e) du comité social et économique (CSE)",
}
# Words of the same list that speak of one person, and the one that speaks of nobody.
ABOUT_ONE = frozenset({"WISHES_TO_TALK", "ASKED_FOR_CONTACT", "AFTER_EXCHANGE", "OTHER"})
ABOUT_NOBODY = frozenset({"GENERAL_ADVICE"})
ONE_OF_TWO = "Donnez un numéro de téléphone ou une adresse e-mail."


def reasons(form: PublicForm, without: frozenset[str]) -> list[tuple[str, str]]:
    """The words of the list, without some."""
    return [pair for pair in choices(form.actor, "employer_reason")["employer_reason"] if pair[0] not in without]


class AboutForm(PublicForm):
    """For somebody, or for advice."""

    lead = "about"
    about = forms.ChoiceField(
        label="Que demandez-vous\u202f?",
        choices=[(About.PERSON, "Pour quelqu’un"), (About.ADVICE, "Un conseil, pour personne en particulier")],
        widget=forms.RadioSelect,
        error_messages=wrong_choice(),
    )


class YouForm(PublicForm):
    """Who asks, and how to answer them."""

    requester_name = NameField(
        label="Votre prénom et votre nom", autocomplete="name", error_messages={"required": "Écrivez votre nom."}
    )
    role = forms.ChoiceField(
        label="Votre fonction",
        choices=[(str(source), ROLES[source]) for source in ROLES if source in EMPLOYER_SOURCES],
        widget=forms.RadioSelect,
        error_messages=wrong_choice(),
    )
    company = LineField(
        label="Votre entreprise",
        most=160,
        autocomplete="organization",
        error_messages={"required": "Écrivez le nom de votre entreprise."},
    )
    city = LineField(label="Commune ou code postal du lieu de travail", required=False, most=80)


class BackForm(PublicForm):
    """How to answer whoever asks."""

    requester_phone = PhoneField(label="Votre téléphone", required=False, autocomplete="tel")
    requester_email = EmailField(label="Votre adresse e-mail", required=False, autocomplete="email")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        wrong = {"requester_phone", "requester_email"} & set(self.errors)
        if not wrong and not data.get("requester_phone") and not data.get("requester_email"):
            self.add_error("requester_phone", ONE_OF_TWO)
        return data


class WhomForm(PublicForm):
    """Whom it is about: a name and a way of reaching them, nothing else."""

    first_name = NameField(label="Son prénom", error_messages={"required": "Écrivez son prénom."})
    last_name = NameField(label="Son nom", error_messages={"required": "Écrivez son nom."})
    phone = PhoneField(label="Son téléphone", required=False)
    email = EmailField(label="Son adresse e-mail", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not {"phone", "email"} & set(self.errors) and not data.get("phone") and not data.get("email"):
            self.add_error("phone", ONE_OF_TWO)
        return data


class ReasonForm(PublicForm):
    """Why somebody should be called, in a word that says nothing of their life."""

    lead = "reason"
    reason = forms.ChoiceField(
        label="Pour quel motif\u202f?",
        help_text="Un motif neutre suffit. Vous pouvez aussi passer.",
        required=False,
        widget=forms.RadioSelect,
        error_messages=wrong_choice(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("reason", reasons(self, ABOUT_NOBODY))


class ThemeForm(PublicForm):
    """What the advice is about."""

    lead = "theme"
    theme = forms.ChoiceField(
        label="Sur quel thème\u202f?",
        help_text="Nous en parlerons de vive voix, sans nommer personne.",
        widget=forms.RadioSelect,
        error_messages=wrong_choice(),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("theme", reasons(self, ABOUT_ONE))
