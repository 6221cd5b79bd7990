"""A place: a name that one likes, how to be reached if one wishes. The questions: four levels each, none ticked.

Read by the views of this family.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing

from amarre.collective.states import LEVELS
from amarre.core.ids import new_id
from amarre.web.public.fields import EmailField, LineField, PhoneField
from amarre.web.public.forms import PublicForm, wrong_choice

_SALT = "amarre.groups.seat"
_HOURS = 12


class SeatForm(PublicForm):
    """Nobody is asked who they are. The key of the place is in the form: sent twice, it is one place."""

    name = LineField(
        label="Un prénom, ou le nom que vous voulez",
        most=60,
        autocomplete="nickname",
        help_text="Pas besoin de votre vrai nom.",
        error_messages={"required": "Donnez un prénom, ou le nom que vous voulez."},
    )
    email = EmailField(
        label="Adresse e-mail",
        required=False,
        autocomplete="email",
        help_text="Si vous voulez. Seulement pour vous prévenir. Plutôt pas celle du travail.",
    )
    phone = PhoneField(
        label="Téléphone", required=False, autocomplete="tel", help_text="Si vous voulez. Seulement pour un SMS."
    )
    place = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].initial = signing.TimestampSigner(salt=_SALT).sign(str(new_id()))

    def clean_place(self) -> int:
        """The key that we signed; a fresh one for a page that we did not make, or made long ago."""
        try:
            signed = signing.TimestampSigner(salt=_SALT).unsign(self.cleaned_data["place"], max_age=_HOURS * 3600)
        except signing.BadSignature:
            return new_id()
        return int(signed)


class QuestionsForm(PublicForm):
    """The sentences of one page, each with its four levels."""

    def __init__(self, *args: Any, sentences: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = [f"r{n}" for n in range(1, len(sentences) + 1)]
        for name, sentence in zip(self.names, sentences, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=sentence.rstrip("."), choices=LEVELS, coerce=int, widget=forms.RadioSelect,
                error_messages=wrong_choice(),
            )  # fmt: skip

    def levels(self) -> list[int]:
        """What was answered, in order."""
        return [self.cleaned_data[name] for name in self.names]
