"""Forms of people and jobs: shapes here, the trade in the commands.

Read by the views beside. Must not know who may do what, nor that a case exists.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict

from amarre.people.models import Channel

CONTRACTS = (
    "CDI", "CDI à temps partiel", "CDD", "Intérim", "Apprentissage ou alternance", "Contrat d’insertion",
    "Agent public", "Autre",
)  # fmt: skip
IDENTITY = ("last_name", "first_name", "birth_date")
REACH = ("phone", "email", "channel", "do_not_call", "do_not_notify", "channel_note")
WHERE = ("address", "postcode", "city")
HELP = ("language", "interpreter", "legal_representative")


def _date(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class PersonForm(forms.Form):
    """Who it is, and how to reach them without harm."""

    last_name = forms.CharField(label="Nom", max_length=80)
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    birth_date = _date("Date de naissance", "Elle distingue les homonymes.")
    phone = forms.CharField(
        label="Téléphone", max_length=20, required=False, help_text="Le sien, pas celui du travail.",
        widget=forms.TextInput({"type": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(label="Courriel", required=False, help_text="Le sien, pas celui du travail.")
    channel = forms.ChoiceField(
        label="Moyen préféré", required=False, choices=[("", "Pas de préférence dite"), *Channel.choices]
    )
    do_not_call = forms.BooleanField(
        label="Ne pas appeler", required=False, help_text="Affiché en rouge partout où l’on pourrait appeler."
    )
    do_not_notify = forms.BooleanField(
        label="Ne pas notifier", required=False, help_text="Aucun SMS ni courriel ne lui dit qu’un message l’attend."
    )
    channel_note = forms.CharField(
        label="Consigne pour joindre", max_length=120, required=False,
        help_text="Quand et comment, jamais pourquoi\u00a0: «\u202fSMS après 17 h\u202f». Tout le service la lit.",
    )  # fmt: skip
    address = forms.CharField(label="Adresse", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{5}$", label="Code postal", required=False, widget=forms.TextInput({"class": "short"}),
        error_messages={"invalid": "Un code postal a cinq chiffres."},
    )  # fmt: skip
    city = forms.CharField(label="Commune", max_length=80, required=False)
    language = forms.CharField(label="Langue", max_length=40, required=False, help_text="Si ce n’est pas le français.")
    interpreter = forms.BooleanField(label="Interprète nécessaire", required=False)
    legal_representative = forms.CharField(
        label="Représentant légal", max_length=160, required=False, help_text="Nom et téléphone du tuteur ou curateur."
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def ask_if_another(self) -> None:
        """People who may be the same are shown: say that this is somebody else."""
        words = "C’est quelqu’un d’autre\u00a0: créer la fiche"
        self.fields["another"] = forms.BooleanField(label=words, required=False)

    def answer_to(self, version: str) -> None:
        """After a conflict: the form now answers to what was just shown."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = version
        self.data = data

    def group(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """Some fields, in order."""
        return [self[name] for name in names]

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The cards of the page."""
        return [
            ("Qui", self.group(IDENTITY)),
            ("Contact", self.group(REACH)),
            ("Domicile", self.group(WHERE)),
            ("Pour se comprendre", self.group(HELP)),
        ]


class JobForm(forms.Form):
    """A job, once the workplace is chosen."""

    title = forms.CharField(label="Métier", max_length=120, required=False)
    contract = forms.ChoiceField(label="Contrat", required=False)
    since = _date("Depuis", "Une date approchée suffit.")
    until = _date("Jusqu’au", "Laissez vide si la personne y travaille encore.")

    def __init__(self, *args: Any, contract: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*CONTRACTS, *([contract] if contract and contract not in CONTRACTS else [])]
        cast(forms.ChoiceField, self.fields["contract"]).choices = [("", "Non dit"), *((c, c) for c in known)]
