"""What every form of this door has: a box that people leave empty, and the moment when the page was opened.

Read by the journeys. Robots fill every box and answer within a second; people are told what happened and lose nothing.
"""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from amarre.core.actor import Actor
from amarre.web.public.answers import Values
from amarre.web.ui.dates import NBSP

TRAP = "laisser_vide"
OPENED = "ouverte"
_SALT = "amarre.public.opened"
_HOURS = 12
TRAPPED = (
    "La case cachée a été remplie. Un logiciel l’a peut-être fait tout seul."
    " Nous l’avons vidée. Appuyez encore une fois sur le bouton."
)
HELD_OFF = (
    "Nous avons reçu beaucoup de messages de votre réseau. Vos réponses sont encore là."
    " Attendez un peu, puis réessayez. Ou appelez-nous."
)


class PublicForm(forms.Form):
    """One question. `answers()` is what is kept of it."""

    use_required_attribute = False
    lead = ""  # the field whose label is the title of the page

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        hidden_box = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
        self.fields[TRAP] = forms.CharField(label="Laissez cette case vide", required=False, widget=hidden_box)
        stamp = signing.TimestampSigner(salt=_SALT).sign(str(int(time.time())))
        self.fields[OPENED] = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The answers of a list that the service words."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        field.choices = choices

    def leading(self) -> BoundField | None:
        """The field whose label is the title of the page."""
        return self[self.lead] if self.lead else None

    def asked(self) -> list[BoundField]:
        """The other fields that a person answers."""
        return [field for field in self.visible_fields() if field.name not in (TRAP, self.lead)]

    def clean(self) -> dict[str, Any]:
        if self.data.get(TRAP) and isinstance(self.data, MultiValueDict):
            self.data = MultiValueDict({**dict(self.data.lists()), TRAP: [""]})
            raise forms.ValidationError(TRAPPED)
        return self.cleaned_data

    def hold_off(self) -> None:
        """Say that too much came from there; what was typed stays in the page."""
        self.add_error(None, HELD_OFF)

    def opened_at(self) -> float:
        """When the page was opened, as we signed it; now for a page that we did not make."""
        try:
            signed = signing.TimestampSigner(salt=_SALT).unsign(self.data.get(OPENED, ""), max_age=_HOURS * 3600)
        except signing.BadSignature:
            return time.time()
        return float(signed)

    def answers(self) -> Values:
        """What is kept of this question."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (TRAP, OPENED)}


class SendForm(PublicForm):
    """The button of the page that checks the answers."""


def wrong_choice() -> dict[str, str]:
    """The sentences of a list."""
    said = f"Cette réponse n’est pas dans la liste{NBSP}: choisissez-en une autre."
    return {"required": "Choisissez une réponse.", "invalid_choice": said, "invalid_list": said}
