"""What the forms of this door share: for which establishment, when somebody speaks for several.

Read by the forms of this door.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.organisations.models import Contact

CHOOSE = "Choisissez une réponse."


class ContactForm(forms.Form):
    """A form in the name of one of the establishments that somebody speaks for."""

    use_required_attribute = False

    def __init__(self, contacts: Sequence[Contact], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contacts = {str(contact.pk): contact for contact in contacts}
        if len(self.contacts) > 1:
            choices = [(key, str(contact.establishment)) for key, contact in self.contacts.items()]
            self.fields["contact"] = forms.ChoiceField(
                label="Pour quel établissement\u202f?",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )
            self.order_fields(["contact"])

    def contact(self) -> Contact:
        """In whose name, once valid."""
        only = next(iter(self.contacts.values()))
        return self.contacts.get(self.cleaned_data.get("contact", ""), only)
