"""Forms of the settings: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from django import forms


class NewCentreForm(forms.Form):
    """A centre, as the people see it."""

    name = forms.CharField(label="Nom", max_length=120)
    phone = forms.CharField(
        label="Téléphone", max_length=20, widget=forms.TextInput({"type": "tel"}),
        help_text="Affiché sur la page publique, à côté de chaque demande.",
    )  # fmt: skip
    hours = forms.CharField(
        label="Horaires", max_length=120, required=False, help_text="Par exemple\u00a0: de 9 h à 17 h."
    )
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{5}$", label="Code postal", required=False, widget=forms.TextInput({"class": "short"}),
        error_messages={"invalid": "Un code postal a cinq chiffres."},
    )  # fmt: skip
    city = forms.CharField(label="Commune", max_length=80, required=False)


class CentreForm(NewCentreForm):
    """A centre that exists; closed, it receives nothing more."""

    active = forms.BooleanField(
        label="Centre ouvert", required=False, help_text="Fermé, il n’est plus proposé nulle part. Rien n’est effacé."
    )


class AreaForm(forms.Form):
    """Where a centre answers."""

    name = forms.CharField(label="Commune", max_length=80, required=False)
    postcode = forms.CharField(
        label="Code postal, ou son début", max_length=5, required=False,
        help_text="93 suffit pour tout un département.",
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip


class NewTermForm(forms.Form):
    """One more word in a list."""

    label = forms.CharField(label="Libellé", max_length=160)
    help = forms.CharField(label="Précision", max_length=240, required=False)


class TermForm(NewTermForm):
    """A word that exists."""

    active = forms.BooleanField(
        label="Proposé", required=False,
        help_text="Décoché, il n’est plus proposé, et reste lisible là où il a été choisi.",
    )  # fmt: skip


class NewNumberForm(forms.Form):
    """A number to call."""

    number = forms.CharField(label="Numéro", max_length=20, widget=forms.TextInput({"class": "short", "type": "tel"}))
    label = forms.CharField(label="Pour quoi", max_length=160)
    public = forms.BooleanField(
        label="Montrer sur la page publique", required=False, help_text="En tête de la demande d’aide."
    )


class NumberForm(NewNumberForm):
    """A number that is shown, or was."""

    active = forms.BooleanField(label="Affiché", required=False)
