"""Forms of companies and workplaces: shapes of numbers here, the trade in the commands.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from amarre.core.actor import Actor
from amarre.organisations.identifiers import BadValue, clean_naf, clean_postcode, clean_siret
from amarre.organisations.queries import centres

MOST_BYTES = 5_000_000


class PlaceForm(forms.Form):
    """What is known of a workplace, besides its number."""

    sign = forms.CharField(
        label="Enseigne", max_length=160, required=False, help_text="Le nom affiché sur place, s’il est différent."
    )
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    postcode = forms.CharField(
        label="Code postal", max_length=5, required=False,
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    city = forms.CharField(label="Commune", max_length=80, required=False)
    naf = forms.CharField(
        label="Code NAF", max_length=6, required=False, widget=forms.TextInput({"class": "short"}),
        help_text="L’activité : quatre chiffres et une lettre, par exemple 56.21Z.",
    )  # fmt: skip
    headcount = forms.CharField(
        label="Effectif", max_length=40, required=False, help_text="Un nombre ou une tranche : 20 à 49 salariés."
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"] = forms.ModelChoiceField(
            centres(actor), label="Centre", required=False, empty_label="Selon la commune"
        )

    def clean_naf(self) -> str:
        """Its shape."""
        return _told(clean_naf, self.cleaned_data["naf"])

    def clean_postcode(self) -> str:
        """Its shape."""
        return _told(clean_postcode, self.cleaned_data["postcode"])


class NewPlaceForm(PlaceForm):
    """A workplace that is not in the list yet."""

    siret = forms.CharField(
        label="SIRET", max_length=20, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text="14 chiffres. Sur une fiche de paie, un contrat, une facture.",
    )  # fmt: skip
    field_order: Sequence[str] = ("siret",)

    def clean_siret(self) -> str:
        """Its key, La Poste's rule included."""
        return _told(clean_siret, self.cleaned_data["siret"])


class NewCompanyForm(NewPlaceForm):
    """A company, with its first workplace."""

    name = forms.CharField(label="Raison sociale", max_length=160)
    legal_form = forms.CharField(
        label="Forme juridique", max_length=80, required=False, help_text="Association, SARL, SA…"
    )
    field_order = ("siret", "name", "legal_form")


class EditPlaceForm(PlaceForm):
    """A workplace that is known; closed, it is offered no more."""

    active = forms.BooleanField(
        label="Établissement ouvert", required=False, help_text="Décochez s’il a fermé : il n’est plus proposé."
    )


class CompanyForm(forms.Form):
    """A company that is known."""

    name = forms.CharField(label="Raison sociale", max_length=160)
    legal_form = forms.CharField(label="Forme juridique", max_length=80, required=False)
    member_since = forms.DateField(
        label="Adhérente depuis", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    member_until = forms.DateField(
        label="Adhérente jusqu’au", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="À remplir quand l’adhésion a pris fin. L’entreprise reste dans la liste.",
    )  # fmt: skip


class FileForm(forms.Form):
    """A file of companies."""

    file = forms.FileField(
        label="Fichier", help_text="CSV ou classeur (XLSX, ODS), 5 Mo au plus. Rien n’est écrit avant votre accord."
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Its weight; heavier ones go through `amarre import companies`."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                "Ce fichier dépasse 5 Mo. Coupez-le en deux, ou demandez à l’exploitant de le charger "
                "avec « amarre import companies »."
            )
        return sent


def _told(clean: Any, text: str) -> str:
    try:
        return str(clean(text))
    except BadValue as bad:
        raise forms.ValidationError(str(bad)) from bad
