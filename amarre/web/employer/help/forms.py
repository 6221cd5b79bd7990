"""Whom it is about, how to reach them, and a neutral word from a list. There is no place for anything else.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.organisations.models import Contact
from amarre.web.employer.forms import CHOOSE, ContactForm
from amarre.web.ui.fields import choice_field
from amarre.web.ui.plain_fields import EmailField, NameField, PhoneField

ABOUT_NOBODY = "GENERAL_ADVICE"


class HelpForm(ContactForm):
    """A name, a way of reaching somebody, a word."""

    first_name = NameField(label="Son prénom", error_messages={"required": "Écrivez son prénom."})
    last_name = NameField(label="Son nom", error_messages={"required": "Écrivez son nom."})
    phone = PhoneField(label="Son téléphone", required=False)
    email = EmailField(label="Son adresse e-mail", required=False)
    reason = forms.ChoiceField(
        label="Pour quel motif\u202f?",
        help_text="Un motif neutre suffit. Vous pouvez aussi passer.",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(
        self, contacts: Sequence[Contact], reasons: Sequence[tuple[str, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(contacts, *args, **options)
        choice_field(self, "reason").choices = [pair for pair in reasons if pair[0] != ABOUT_NOBODY]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"phone", "email"} & set(self.errors) and not data.get("phone") and not data.get("email"):
            self.add_error("phone", "Donnez un numéro de téléphone ou une adresse e-mail.")
        return data
