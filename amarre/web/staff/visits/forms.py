"""Forms of a visit: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.web.ui.fields import choice_field

_HOUR = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")
_LINES = {"rows": 3}


class SheetForm(forms.Form):
    """Where, how, what to beware of, who knows, when back."""

    address = forms.CharField(label="Adresse", max_length=600, widget=forms.Textarea(_LINES))
    access = forms.CharField(
        label="Accès", max_length=1_000, required=False, widget=forms.Textarea(_LINES),
        help_text="Étage, code, stationnement, qui demander à l’accueil.",
    )  # fmt: skip
    warning = forms.CharField(
        label="Consigne de sécurité de cette visite", max_length=1_000, required=False, widget=forms.Textarea(_LINES),
        help_text="Lue par qui saura où vous êtes\u00a0: un fait utile (chien, travaux), jamais une raison.",
    )  # fmt: skip
    phone = forms.CharField(
        label="Où vous joindre pendant la visite", max_length=20, required=False,
        widget=forms.TextInput({"type": "tel", "class": "short", "autocomplete": "tel"}),
        help_text="Le premier numéro qu’on appellera si vous n’êtes pas de retour.",
    )  # fmt: skip
    told = forms.TypedChoiceField(
        label="Qui saura où vous êtes", coerce=int,
        help_text="Cette personne verra l’adresse et l’accès. Elle est prévenue si vous ne dites pas être reparti(e).",
    )  # fmt: skip
    back = forms.TimeField(
        label="De retour à", widget=_HOUR,
        help_text="Sans nouvelles 10 minutes après, votre collègue est prévenu(e)\u00a0; "
        "20 minutes plus tard, la coordination.",
    )  # fmt: skip

    def __init__(self, people: Sequence[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {c.pk: c for c in people}
        choice_field(self, "told").choices = [("", "Choisissez…"), *((c.pk, c.name) for c in people)]


class LongerForm(forms.Form):
    """Until when, by the clock of the wall: one of the hours offered, or another."""

    at = forms.TimeField(label="Je reste jusqu’à", widget=_HOUR)
