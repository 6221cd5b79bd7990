"""Forms of hours, absences, kinds of meeting and rooms: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from amarre.appointments.models import MeetingKind, Room
from amarre.appointments.models_hours import WEEKDAYS
from amarre.appointments.slots import instant
from amarre.appointments.states import MODE_CHOICES, Who
from amarre.organisations.models import Centre
from amarre.web.ui.dates import long_day
from amarre.web.ui.fields import choice_field

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")
_ROW = forms.CheckboxSelectMultiple({"class": "row2"})
_RHYTHMS = [(1, "toutes les semaines"), (2, "une semaine sur deux"), *((n, f"toutes les {n} semaines") for n in (3, 4))]


def _number(value: str) -> int | None:
    return int(value) if value else None


class PermanenceForm(forms.Form):
    """Hours at which somebody receives."""

    weekday = forms.TypedChoiceField(label="Jour", coerce=int, choices=list(enumerate(WEEKDAYS)))
    starts = forms.TimeField(label="De", widget=_HOUR)
    ends = forms.TimeField(label="À", widget=_HOUR)
    every = forms.TypedChoiceField(
        label="Rythme", coerce=int, choices=_RHYTHMS,
        help_text="Compté à partir de la semaine de la première date.",
    )  # fmt: skip
    since = forms.DateField(label="À partir du", widget=_DAY)
    until = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=_DAY,
        help_text="Vide\u00a0: sans fin. La même date\u00a0: un seul jour.",
    )
    centre = forms.TypedChoiceField(label="Centre", coerce=int)
    room = forms.TypedChoiceField(
        label="Salle", required=False, coerce=_number, empty_value=None,
        help_text="Une salle ne sert qu’à un rendez-vous à la fois.",
    )  # fmt: skip
    modes = forms.MultipleChoiceField(label="Comment on se voit", choices=MODE_CHOICES, widget=_ROW)
    kinds = forms.TypedMultipleChoiceField(
        label="Pour quels rendez-vous", coerce=int, required=False, widget=_ROW, help_text="Rien de coché\u00a0: tous."
    )

    def __init__(
        self, centres: Sequence[Centre], rooms: Sequence[Room], kinds: Sequence[MeetingKind], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.centres, self.rooms = {c.pk: c for c in centres}, {r.pk: r for r in rooms}
        self.meetings = {k.pk: k for k in kinds}
        choice_field(self, "centre").choices = [(c.pk, c.name) for c in centres]
        choice_field(self, "room").choices = [
            ("", "Pas de salle"), *((r.pk, f"{r.name} ({r.centre.name})") for r in rooms)
        ]  # fmt: skip
        choice_field(self, "kinds").choices = [(k.pk, k.label) for k in kinds]

    def said(self) -> dict[str, Any]:
        """What the command asks for."""
        data = self.cleaned_data
        return data | {
            "centre": self.centres[data["centre"]],
            "room": self.rooms.get(data["room"]),
            "kinds": [self.meetings[pk] for pk in data["kinds"]],
        }


class EndForm(forms.Form):
    """After which day these hours stop."""

    until = forms.DateField(label="Dernier jour", widget=_DAY)


class DayForm(forms.Form):
    """One day that is not as usual."""

    on = forms.TypedChoiceField(label="Quel jour", coerce=date.fromisoformat)
    none = forms.BooleanField(label="Pas de permanence ce jour-là", required=False)
    starts = forms.TimeField(label="De", required=False, widget=_HOUR)
    ends = forms.TimeField(label="À", required=False, widget=_HOUR)

    def __init__(self, days: Sequence[date], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "on").choices = [(d.isoformat(), long_day(d)) for d in days]

    def clean(self) -> dict[str, Any]:
        """No hours, or two."""
        data = super().clean() or {}
        if data.get("none"):
            data |= {"starts": None, "ends": None}
        elif not (self.errors or (data.get("starts") and data.get("ends"))):
            self.add_error("starts", "Donnez les deux heures, ou cochez «\u202fPas de permanence ce jour-là\u202f».")
        return data


class AwayForm(forms.Form):
    """From when to when somebody is not there. Why is not asked."""

    first = forms.DateField(label="Du", widget=_DAY)
    leaves = forms.TimeField(label="À partir de", required=False, widget=_HOUR, help_text="Vide\u00a0: dès le matin.")
    last = forms.DateField(label="Au", required=False, widget=_DAY, help_text="Vide\u00a0: le même jour.")
    returns = forms.TimeField(
        label="Jusqu’à", required=False, widget=_HOUR, help_text="Vide\u00a0: la journée entière."
    )

    def range(self) -> dict[str, datetime]:
        """The instants, by the clock of the wall."""
        data = self.cleaned_data
        last = data["last"] or data["first"]
        starts = instant(data["first"], data["leaves"] or time.min)
        ends = instant(last, data["returns"]) if data["returns"] else instant(last + timedelta(days=1), time.min)
        return {"starts_at": starts, "ends_at": ends}


class KindForm(forms.Form):
    """A kind of meeting, and what each number does."""

    label = forms.CharField(
        label="Nom", max_length=80,
        help_text="Lu par le secrétariat et par la personne\u00a0: il ne dit jamais pourquoi on se voit.",
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="Durée, en minutes", min_value=5, max_value=480, help_text="La longueur des créneaux proposés."
    )
    modes = forms.MultipleChoiceField(label="Comment on se voit", choices=MODE_CHOICES, widget=_ROW)
    travel = forms.IntegerField(
        label="Trajet, en minutes", min_value=0, max_value=240,
        help_text="Bloqué avant et après, quand on se déplace (domicile, entreprise).",
    )  # fmt: skip
    bookable_by = forms.MultipleChoiceField(
        label="Qui réserve", choices=Who.choices, widget=forms.CheckboxSelectMultiple,
        help_text="La personne ne choisit elle-même que si la dernière case est cochée.",
    )  # fmt: skip
    notice_hours = forms.IntegerField(
        label="Au plus tard, en heures avant", min_value=0, max_value=336,
        help_text="Par un lien, la personne ne prend ni ne déplace un rendez-vous plus tard que cela.",
    )  # fmt: skip
    horizon_days = forms.IntegerField(
        label="Au plus tôt, en jours avant", min_value=1, max_value=365,
        help_text="Par un lien, la personne ne voit pas de créneau au-delà (42 jours au plus sont montrés).",
    )  # fmt: skip
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=40,
        help_text="1\u00a0: un rendez-vous. Plus\u00a0: une réunion de groupe.",
    )
    position = forms.IntegerField(
        label="Ordre dans les listes", min_value=0, max_value=999, help_text="Du plus petit au plus grand."
    )
    active = forms.BooleanField(
        label="Proposé", required=False,
        help_text="Décoché, on ne le réserve plus. Ce qui est déjà pris reste.",
    )  # fmt: skip


class RoomForm(forms.Form):
    """A room of a centre."""

    centre = forms.TypedChoiceField(label="Centre", coerce=int)
    name = forms.CharField(label="Nom", max_length=80)
    access = forms.CharField(
        label="Accès", max_length=240, required=False,
        help_text="Étage, digicode, ascenseur. La personne le lit avec son rendez-vous.",
    )  # fmt: skip
    seats = forms.IntegerField(label="Places assises", min_value=1, max_value=200)
    active = forms.BooleanField(
        label="Utilisée", required=False, help_text="Décochée, elle n’est plus proposée. Ce qui y est prévu reste."
    )

    def __init__(self, centres: Sequence[Centre], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {c.pk: c for c in centres}
        choice_field(self, "centre").choices = [(c.pk, c.name) for c in centres]
