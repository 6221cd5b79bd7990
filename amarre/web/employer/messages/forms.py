"""The answer to a message: what was decided, when something was asked, and a few words.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.sharing.states import AnswerKind, Kind
from amarre.web.employer.forms import CHOOSE

SAID: dict[str, str] = {
    AnswerKind.ACCEPTED: "Nous acceptons",
    AnswerKind.REFUSED: "Nous ne pouvons pas",
    AnswerKind.DISCUSS: "Nous voulons en parler",
    AnswerKind.WORDS: "Une précision",
}
"""How each answer is said at this door."""

_WITH_A_REASON = {
    AnswerKind.REFUSED: "Écrivez pourquoi vous ne pouvez pas.",
    AnswerKind.DISCUSS: "Écrivez de quoi vous voulez parler.",
}


class AnswerForm(forms.Form):
    """A decision is asked where a request was made; words alone answer the rest. Nothing is chosen beforehand."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="Votre réponse",
        choices=[(k.value, SAID[k]) for k in (AnswerKind.ACCEPTED, AnswerKind.REFUSED, AnswerKind.DISCUSS)],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    words = forms.CharField(
        label="En quelques mots",
        widget=forms.Textarea({"rows": 4}),
        max_length=4_000,
        required=False,
    )

    def __init__(self, asked: str, *args: Any, agreed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        told = ["La personne concernée lira aussi votre réponse."] if agreed else []
        if asked == Kind.REQUEST:
            told.insert(0, "Un refus dit pourquoi.")
        else:
            del self.fields["kind"]
            self.fields["words"].label = "Votre réponse"
        self.fields["words"].help_text = " ".join(told)

    def clean(self) -> dict[str, Any]:
        """A refusal says why, and a wish to talk says of what."""
        data = super().clean() or {}
        asked = "kind" in self.fields
        chosen = data.get("kind", "") if asked else AnswerKind.WORDS
        missing = _WITH_A_REASON.get(chosen, "" if asked else "Écrivez quelques mots.")
        if missing and "words" not in self.errors and not str(data.get("words", "")).strip():
            self.add_error("words", missing)
        return data | {"kind": chosen}
