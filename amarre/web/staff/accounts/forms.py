"""Forms of the accounts: they check shapes; the commands check the trade."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from amarre.accounts.queries import STATES
from amarre.accounts.roles import ROLES
from amarre.organisations.models import Centre

ROLE_CHOICES = [(role.code, role.label[0].upper() + role.label[1:]) for role in ROLES.values()]


class AccountForm(forms.Form):
    """Who, with which roles, in which centres."""

    name = forms.CharField(label="Nom affiché", max_length=120, help_text="Tel que les collègues le lisent.")
    user_roles = forms.MultipleChoiceField(
        label="Rôles", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple(attrs={"class": "row2"})
    )
    centres = forms.TypedMultipleChoiceField(
        label="Centres",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "row2"}),
        help_text="Au moins un pour le service social, son responsable et le secrétariat.",
    )

    def __init__(self, centres: list[Centre], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._centres = {centre.pk: centre for centre in centres}
        field = cast("forms.TypedMultipleChoiceField", self.fields["centres"])
        field.choices = [(centre.pk, centre.name) for centre in centres]

    def clean_centres(self) -> list[Centre]:
        """The centres themselves."""
        return [self._centres[pk] for pk in self.cleaned_data["centres"]]


class InviteForm(AccountForm):
    """The same, and the address that the link goes to."""

    email = forms.EmailField(
        label="Adresse électronique", help_text="Celle du travail, à elle seule\u00a0: le lien y part.", max_length=254
    )
    field_order = ["name", "email", "user_roles", "centres"]


class AccountFilter(forms.Form):
    """The list, by words and by state."""

    q = forms.CharField(label="Nom ou adresse", required=False, max_length=80)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *STATES.items()])
