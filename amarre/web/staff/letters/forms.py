"""Forms of letters and of their templates: they check shapes; the commands check the trade.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.organisations.models import Centre
from amarre.sharing.queries_letters import Choice
from amarre.sharing.states_letters import TEMPLATES
from amarre.web.ui.fields import FileField, choice_field

_WORD = FileField(
    label="Fichier Word", help_text="Un document .docx, 5 Mo au plus, sans macro ni modification suivie.",
)  # fmt: skip


class MakeForm(forms.Form):
    """How a letter is made, and where it goes."""

    template = forms.ChoiceField(label="Modèle", widget=forms.RadioSelect)
    address = forms.CharField(
        label="Adresse du destinataire", max_length=700, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Vide si le courrier est remis en main propre.",
    )  # fmt: skip
    place = forms.CharField(label="Fait à", max_length=80, required=False)

    def __init__(self, choices: list[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {c.key: c for c in choices}
        whole = next((key for key, c in self.choices.items() if not c.missing), "")
        field = choice_field(self, "template")
        field.choices = [(key, _said(c)) for key, c in self.choices.items()]
        field.initial = whole

    def clean(self) -> dict[str, Any]:
        """The template itself, or none for the built-in letter."""
        data = super().clean() or {}
        chosen = self.choices.get(data.get("template", ""))
        return data | {"template": chosen.template if chosen else None}


def _said(choice: Choice) -> str:
    lacks = f"\u00a0: il manque {', '.join(choice.missing)}" if choice.missing else ""
    return f"{choice.label}{lacks}"


class WriteForm(MakeForm):
    """A letter to the person."""

    subject = forms.CharField(label="Objet", max_length=160)
    content = forms.CharField(label="Votre courrier", max_length=20_000, widget=forms.Textarea({"rows": 12}))
    field_order = ("subject", "content", "address", "place", "template")


class CertificateForm(forms.Form):
    """A day, two hours, a centre; there is no field for anything else."""

    day = forms.DateField(label="Jour", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="De", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label="À", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    centre = forms.ChoiceField(label="Centre")

    def __init__(self, centres: list[Centre], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {str(c.pk): c for c in centres}
        choice_field(self, "centre").choices = [(key, c.name) for key, c in self.centres.items()]


class TemplateForm(forms.Form):
    """A new template."""

    name = forms.CharField(label="Nom du modèle", max_length=80)
    purpose = forms.ChoiceField(label="Pour quels courriers", choices=[("", "Choisissez…"), *TEMPLATES])
    file = _WORD


class ReplaceForm(forms.Form):
    """A new version of a template."""

    file = _WORD
