"""The answer to what was received: it checks shapes; the command checks the trade.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.sharing.commands import EXPECTED
from amarre.sharing.states import AnswerKind, Kind
from amarre.web.ui.fields import choice_field


class AnswerForm(forms.Form):
    """What one answers, among what the message expects."""

    use_required_attribute = False
    kind = forms.ChoiceField(label="Votre réponse", widget=forms.RadioSelect)
    words = forms.CharField(
        label="En quelques mots", required=False, max_length=4_000, widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip

    def __init__(self, expected: str, *args: Any, told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = EXPECTED[Kind(expected)]
        choice_field(self, "kind").choices = [(k.value, k.label) for k in AnswerKind if k in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = AnswerKind.WORDS
        readers = "et la personne" if told else "et personne d’autre"
        self.fields["words"].help_text = f"Lus par les membres de son dossier {readers}. N’écrivez que l’utile."
