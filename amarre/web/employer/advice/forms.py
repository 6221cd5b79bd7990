"""A question about nobody: its theme, its words, and the promise that they name nobody.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.organisations.models import Contact
from amarre.organisations.states import COLLECTIVE_THEMES
from amarre.web.employer.forms import CHOOSE, ContactForm
from amarre.web.ui.fields import choice_field


class AdviceForm(ContactForm):
    """Theme and question; an elected member chooses among what is collective."""

    theme = forms.ChoiceField(
        label="Sur quel thème\u202f?",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    question = forms.CharField(
        label="Votre question",
        max_length=8_000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Écrivez votre question."},
    )
    nobody = forms.BooleanField(
        label="Je ne nomme et ne décris personne",
        error_messages={"required": "Relisez votre question, puis cochez la case."},
    )

    def __init__(
        self, contacts: Sequence[Contact], themes: Sequence[tuple[str, str]], *args: Any, **options: Any
    ) -> None:
        super().__init__(contacts, *args, **options)
        council = all(contact.is_council for contact in contacts)
        choice_field(self, "theme").choices = [p for p in themes if not council or p[0] in COLLECTIVE_THEMES]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and self.contact().is_council and data["theme"] not in COLLECTIVE_THEMES:
            self.add_error("theme", "En tant qu’élu(e), choisissez le thème d’un groupe de salariés.")
        return data
