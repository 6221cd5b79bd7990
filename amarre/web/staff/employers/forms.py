"""Forms of contacts and advice: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from django import forms

from amarre.organisations.states import CheckedHow, ContactKind
from amarre.web.ui.plain_fields import PhoneField


class InviteForm(forms.Form):
    """Who speaks for an establishment."""

    use_required_attribute = False
    name = forms.CharField(label="Prénom et nom", max_length=120)
    kind = forms.ChoiceField(label="Qualité", choices=ContactKind.choices, widget=forms.RadioSelect)
    function = forms.CharField(label="Fonction exacte", max_length=120, required=False)
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="Une adresse que cette personne lit seule. Le lien pour choisir un mot de passe y part.",
    )
    phone = PhoneField(label="Téléphone", required=False)


class ConfirmForm(forms.Form):
    """How one made sure."""

    use_required_attribute = False
    checked_how = forms.ChoiceField(
        label="Comment avez-vous vérifié qui est cette personne\u202f?",
        choices=CheckedHow.choices,
        widget=forms.RadioSelect,
    )


class AnswerForm(forms.Form):
    """The answer, and the time that it took."""

    use_required_attribute = False
    answer = forms.CharField(label="Votre réponse", max_length=8_000, widget=forms.Textarea({"rows": 8}))
    minutes = forms.IntegerField(
        label="Temps passé, en minutes",
        min_value=1,
        max_value=600,
        widget=forms.NumberInput({"class": "short"}),
    )
