"""What one types at this door: the code of a link, and an answer.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.sharing.states import AnswerKind
from amarre.sharing.states_orientations import RefusalReason


class TypedAgain(forms.TextInput):
    """A field that never comes back filled: a code is not shown on the screen of a page that failed."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Whatever was typed, nothing."""
        return super().get_context(name, None, attrs)


class CodeForm(forms.Form):
    """The code that was said apart."""

    use_required_attribute = False
    code = forms.CharField(
        label="Code",
        help_text="Huit chiffres. On vous les a dits, par téléphone le plus souvent.",
        max_length=20,
        error_messages={"required": "Tapez le code."},
        widget=TypedAgain({"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    def clean_code(self) -> str:
        """Eight digits, whatever stands between them."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if len(code) != 8 or not code.isdigit():
            raise forms.ValidationError("Le code a huit chiffres.")
        return code


class AnswerForm(forms.Form):
    """One answer: which, why when it is no, and a few words if one likes."""

    use_required_attribute = False
    kind = forms.ChoiceField(choices=AnswerKind.choices, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Pourquoi", choices=RefusalReason.choices, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choisissez une raison dans la liste."},
    )  # fmt: skip
    words = forms.CharField(
        label="En quelques mots", help_text="La personne les lira aussi.", required=False, max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
