"""Forms of sending somebody, of questions and of sheets: they check shapes; the commands check the trade.

Read by the views beside. No box is ever ticked beforehand.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict

from amarre.intake.states import HEALTH_SOURCES
from amarre.organisations.queries import Choices
from amarre.sharing.states_health import Audience
from amarre.web.ui.fields import choice_field

NOBODY = "GENERAL_ADVICE"  # of the list of reasons, the one that is about nobody


class RereadForm(forms.Form):
    """A form whose words are shown once more when something in them deserves a second look."""

    use_required_attribute = False
    reread = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def show_again(self, seen: str) -> None:
        """From here on, the form says that this was seen."""
        data = cast(QueryDict, self.data).copy()
        data["reread"] = seen
        self.data = data


class ReferralForm(RereadForm):
    """Sending somebody whom the service knows."""

    reason_code = forms.ChoiceField(label="Pour quoi", widget=forms.RadioSelect)
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=600, widget=forms.Textarea({"rows": 4}),
        help_text="Pas de contenu médical\u00a0: ni diagnostic, ni traitement, ni résultat, ni cause d’un arrêt. "
        "Lus par les assistants sociaux du centre.",
    )  # fmt: skip
    source = forms.ChoiceField(
        label="Vous êtes", choices=[(s.value, s.label) for s in HEALTH_SOURCES], widget=forms.RadioSelect
    )
    centre = forms.TypedChoiceField(label="Centre", coerce=int)
    phone = forms.CharField(
        label="Téléphone", max_length=20, required=False, widget=forms.TextInput({"type": "tel"}),
        help_text="Celui que la personne vous a donné, si ce n’est pas celui de sa fiche.",
    )  # fmt: skip
    contact_note = forms.CharField(
        label="Quand et comment la joindre", max_length=160, required=False, help_text="Par exemple\u00a0: après 17 h."
    )
    said_agreed = forms.BooleanField(
        label="La personne est d’accord",
        error_messages={"required": "La personne doit être d’accord. Parlez-en avec elle, puis cochez la case."},
    )

    def __init__(self, reasons: Choices, centres: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "reason_code").choices = [(code, label) for code, label in reasons if code != NOBODY]
        choice_field(self, "centre").choices = centres


class NewReferralForm(ReferralForm):
    """Sending somebody whom the service does not know yet."""

    last_name = forms.CharField(label="Nom", max_length=80)
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    company = forms.CharField(label="Entreprise", max_length=160, required=False)
    do_not_call = forms.BooleanField(label="Ne pas appeler", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = "Celui que la personne vous a donné."


class QuestionForm(RereadForm):
    """A question that names nobody."""

    whom = forms.ChoiceField(label="À qui")
    text = forms.CharField(
        label="Votre question", max_length=4_000, widget=forms.Textarea({"rows": 6}),
        help_text="Ne nommez personne\u00a0: ni nom, ni initiales, ni date de naissance, ni petite entreprise.",
    )  # fmt: skip

    def __init__(self, whom: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "whom").choices = [("", "Choisissez…"), *whom]


class AnswerForm(RereadForm):
    """Its answer."""

    answer = forms.CharField(
        label="Votre réponse", max_length=4_000, widget=forms.Textarea({"rows": 6}),
        help_text="Elle ne nomme personne non plus.",
    )  # fmt: skip


class SheetForm(forms.Form):
    """A fact sheet."""

    use_required_attribute = False
    title = forms.CharField(label="Titre", max_length=120)
    audience = forms.ChoiceField(label="Qui la lit", choices=Audience.choices, widget=forms.RadioSelect)
    body = forms.CharField(
        label="Texte", max_length=20_000, widget=forms.Textarea({"rows": 14}),
        help_text="Des phrases courtes. Une ligne vide fait un paragraphe. Ne parlez de personne.",
    )  # fmt: skip
