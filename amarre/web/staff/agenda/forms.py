"""Forms of the agenda: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.appointments.models import MeetingKind, Room
from amarre.appointments.states import MODES
from amarre.web.ui.fields import choice_field

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
HOUR = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")


def _number(value: str) -> int | None:
    return int(value) if value else None


class ColleagueForm(forms.Form):
    """Who else of the service is there."""

    use_required_attribute = False
    colleague = forms.TypedChoiceField(label="Qui vient aussi", coerce=int)

    def __init__(self, people: Sequence[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "colleague").choices = [("", "Choisissez…"), *((c.pk, c.name) for c in people)]


class HoldForm(forms.Form):
    """Time that is put aside, or a slot that several people will share."""

    use_required_attribute = False
    kind = forms.TypedChoiceField(label="Pour quoi", required=False, coerce=_number, empty_value=None)
    label = forms.CharField(
        label="En clair, dans l’agenda", required=False, max_length=80,
        help_text="Lu par tout le centre\u00a0: ne nommez personne. Par exemple\u00a0: réunion d’équipe.",
    )  # fmt: skip
    centre = forms.TypedChoiceField(label="Centre", coerce=int)
    on = forms.DateField(label="Jour", widget=DAY)
    starts = forms.TimeField(label="De", widget=HOUR)
    ends = forms.TimeField(label="À", widget=HOUR)
    mode = forms.ChoiceField(label="Comment", choices=[(m.value, m.label) for m in MODES])
    room = forms.TypedChoiceField(label="Salle", required=False, coerce=_number, empty_value=None)
    colleagues = forms.TypedMultipleChoiceField(
        label="Qui y est", coerce=int, widget=forms.CheckboxSelectMultiple({"class": "row2"})
    )

    def __init__(
        self, kinds: Sequence[MeetingKind], centres: Sequence[tuple[int, str]], rooms: Sequence[Room],
        people: Sequence[Colleague], *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        groups = [(k.pk, f"{k.label}\u00a0: {k.capacity} places, que l’on réserve") for k in kinds]
        choice_field(self, "kind").choices = [("", "Du temps, sans rendez-vous"), *groups]
        choice_field(self, "centre").choices = list(centres)
        choice_field(self, "room").choices = [("", "Aucune"), *((r.pk, f"{r.name}, {r.centre.name}") for r in rooms)]
        choice_field(self, "colleagues").choices = [(c.pk, c.name) for c in people]

    def clean(self) -> dict[str, Any]:
        """Time that is put aside says what it is."""
        data = super().clean() or {}
        if not data.get("kind") and not data.get("label", "").strip() and "label" not in self.errors:
            self.add_error("label", "Dites en deux mots à quoi sert ce temps.")
        return data
