"""Forms of the directory: shapes here, the trade in the commands.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.core.actor import Actor
from amarre.directory.imports import FORMATS
from amarre.directory.imports_schema import labels
from amarre.organisations.identifiers import BadValue, clean_postcode
from amarre.organisations.queries import choices
from amarre.web.staff.companies.forms import FileForm
from amarre.web.ui.fields import choice_field

_SHORT = forms.TextInput({"class": "short", "inputmode": "numeric"})


class StructureForm(forms.Form):
    """A place that the service writes down by itself."""

    name = forms.CharField(label="Nom", max_length=200)
    kind = forms.ChoiceField(label="Type de partenaire")
    address = forms.CharField(label="Adresse", max_length=300, required=False)
    postcode = forms.CharField(label="Code postal", max_length=5, required=False, widget=_SHORT)
    city = forms.CharField(label="Commune", max_length=100, required=False)
    phone = forms.CharField(label="Téléphone", max_length=40, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    website = forms.URLField(label="Site", max_length=400, required=False, assume_scheme="https")
    opening_hours = forms.CharField(
        label="Horaires", max_length=300, required=False, help_text="Par exemple : du lundi au vendredi, 9 h – 17 h."
    )
    description = forms.CharField(
        label="Ce qu’il faut savoir", max_length=2_000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="Sur la structure, jamais sur une personne accompagnée.",
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "kind").choices = [("", "Choisissez"), *choices(actor, "partner_kind")["partner_kind"]]

    def clean_postcode(self) -> str:
        """Its shape."""
        try:
            return clean_postcode(self.cleaned_data["postcode"])
        except BadValue as bad:
            raise forms.ValidationError(str(bad)) from bad


class ServiceForm(forms.Form):
    """What a place offers."""

    name = forms.CharField(label="Nom du service", max_length=200)
    description = forms.CharField(
        label="Pour quoi", max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    themes = forms.MultipleChoiceField(
        label="Thèmes", required=False, widget=forms.SelectMultiple({"size": 8}),
        help_text="C’est par eux qu’on le retrouve. Touche Ctrl pour en choisir plusieurs.",
    )  # fmt: skip
    publics = forms.MultipleChoiceField(label="Publics", required=False, widget=forms.CheckboxSelectMultiple)
    cost = forms.ChoiceField(label="Coût", required=False)
    cost_words = forms.CharField(label="Précisions sur le coût", max_length=1_000, required=False)
    conditions = forms.CharField(
        label="Conditions et justificatifs", max_length=2_000, required=False, widget=forms.Textarea({"rows": 2})
    )
    ask_words = forms.CharField(
        label="Comment le demander", max_length=1_000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "themes").choices = _themes()
        choice_field(self, "publics").choices = [*labels("publics").items()]
        choice_field(self, "cost").choices = [("", "Non dit"), *labels("costs").items()]


class EditServiceForm(ServiceForm):
    """A service that is known."""

    withdrawn = forms.BooleanField(
        label="Ce service n’existe plus", required=False, help_text="Il n’est plus proposé ; il reste lisible ici."
    )


class ContactForm(forms.Form):
    """Somebody whom one knows there."""

    name = forms.CharField(label="Nom", max_length=120)
    function = forms.CharField(label="Fonction", max_length=120, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    phone = forms.CharField(label="Téléphone", max_length=40, required=False)
    regular = forms.BooleanField(
        label="Partenaire régulier", required=False,
        help_text="Il peut avoir un compte, que la personne qui administre le service lui ouvre.",
    )  # fmt: skip


class ImportForm(FileForm):
    """A file of structures and services."""

    layout = forms.ChoiceField(label="Format", choices=[*FORMATS.items()])
    source = forms.CharField(
        label="Qui publie ce fichier", max_length=60, required=False,
        help_text="Utile quand le fichier ne le dit pas lui-même. Gardez le même nom d’une fois sur l’autre.",
    )  # fmt: skip
    whole = forms.BooleanField(
        label="Ce fichier est complet", required=False,
        help_text="Ce que cette source ne cite plus sera marqué « retiré ». Ne cochez pas pour un extrait.",
    )  # fmt: skip
    field_order = ("file", "layout", "source", "whole")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = "Classeur (XLSX, ODS), CSV ou JSON, 5 Mo au plus. Rien n’est écrit avant votre accord."


def _themes() -> list[tuple[str, list[tuple[str, str]]]]:
    """The themes under their categories."""
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in labels("categories")}
    for code, label in labels("themes").items():
        groups[code.partition("--")[0]].append((code, label))
    return [(labels("categories")[code], words) for code, words in groups.items() if words]
