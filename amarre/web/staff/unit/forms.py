"""Forms of the unit and of interviews held together: shapes here, the trade in the commands.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.organisations.models import Centre
from amarre.sharing.models import Agreement, Transmission, Unit, UnitMember
from amarre.sharing.states_meetings import Presence, TogetherKind
from amarre.web.ui.dates import short_day
from amarre.web.ui.fields import choice_field

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
_HOUR = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")


def _number(value: str) -> int | None:
    return int(value) if value else None


class UnitForm(forms.Form):
    """A unit, and where it sits."""

    name = forms.CharField(label="Nom", max_length=120, help_text="Par exemple\u00a0: Cellule PDP de Montreuil.")
    centre = forms.TypedChoiceField(label="Centre", required=False, coerce=_number, empty_value=None)

    def __init__(self, centres: Sequence[Centre], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "centre").choices = [("", "Tout le service"), *((c.pk, c.name) for c in centres)]


class UnitEditForm(UnitForm):
    """A unit that exists; closed, it receives nothing more."""

    active = forms.BooleanField(label="En activité", required=False)


class SeatForm(forms.Form):
    """Who comes to sit in it."""

    user = forms.TypedChoiceField(label="Qui", coerce=int)

    def __init__(self, people: Sequence[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "user").choices = [("", "Choisissez…"), *((c.pk, c.name) for c in people)]


class MeetingForm(forms.Form):
    """When, where; a word about the agenda that names nobody."""

    on = forms.DateField(label="Date", widget=_DAY)
    at = forms.TimeField(label="Heure", required=False, widget=_HOUR)
    place = forms.CharField(label="Lieu", max_length=120, required=False)
    note = forms.CharField(
        label="Mot sur l’ordre du jour", max_length=600, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Lu par tout le service social\u00a0: ne nommez personne.",
    )  # fmt: skip


class NewMeetingForm(MeetingForm):
    """Of which unit."""

    unit = forms.TypedChoiceField(label="Cellule", coerce=int)
    field_order = ("unit", "on", "at", "place", "note")

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "unit").choices = [(u.pk, u.name) for u in units]


class ParticipantsForm(forms.Form):
    """Each of the unit: there, excused, or not said; and who else came."""

    others = forms.CharField(
        label="Qui d’autre était là", required=False, max_length=1_200, widget=forms.Textarea({"rows": 3}),
        help_text="Nom et fonction, une personne par ligne. Jamais la personne dont on parle.",
    )  # fmt: skip

    def __init__(self, seats: Sequence[UnitMember], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"u{s.user_id}": s.user for s in seats}
        for name, user in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=user.name, required=False, choices=[("", "Pas dit"), *Presence.choices]
            )
        self.order_fields([*self.people, "others"])

    def said(self, presence: str) -> list[Colleague]:
        """Those of whom this was said."""
        return [user for name, user in self.people.items() if self.cleaned_data.get(name) == presence]

    def clean_others(self) -> list[str]:
        """One name per line."""
        lines = [line.strip() for line in str(self.cleaned_data["others"]).splitlines() if line.strip()]
        if any(len(line) > 120 for line in lines):
            raise forms.ValidationError("Une ligne est trop longue\u00a0: 120 caractères au plus.")
        return lines


class PutForm(forms.Form):
    """Which of the items that were sent to the unit."""

    transmission = forms.TypedChoiceField(label="Point envoyé à la cellule", coerce=int, widget=forms.RadioSelect)

    def __init__(self, rows: Sequence[Transmission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {t.pk: t for t in rows}
        choice_field(self, "transmission").choices = [
            (t.pk, f"{t.subject}, envoyé le {short_day(t.sent_at)}") for t in rows if t.sent_at
        ]


class NamelessForm(forms.Form):
    """A question that names nobody."""

    words = forms.CharField(
        label="La question, sans nommer personne", max_length=4_000, widget=forms.Textarea({"rows": 8}),
        help_text="Ni nom, ni prénom, ni date, ni entreprise, ni métier rare. Dites «\u202fune personne\u202f».",
    )  # fmt: skip
    reread = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Who does what, by when."""

    what = forms.CharField(label="Ce qui est décidé", max_length=2_000, widget=forms.Textarea({"rows": 3}))
    who = forms.TypedChoiceField(label="Qui s’en charge", required=False, coerce=_number, empty_value=None)
    who_words = forms.CharField(label="Ou quelqu’un d’autre", max_length=160, required=False)
    due_on = forms.DateField(label="Pour le", widget=_DAY)

    def __init__(self, people: Sequence[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "who").choices = [("", "Choisissez…"), *((c.pk, c.name) for c in people)]


class MinutesForm(forms.Form):
    """What one recipient will read of it, under an agreement of its own."""

    agreement = forms.TypedChoiceField(label="Pour qui", required=False, coerce=_number, empty_value=None)
    subject = forms.CharField(label="De qui il s’agit", max_length=160)
    content = forms.CharField(
        label="Ce que ce destinataire lira", max_length=8_000, widget=forms.Textarea({"rows": 8}),
        help_text="Écrit pour lui seul, dans les limites de l’accord.",
    )  # fmt: skip

    def __init__(self, rows: Sequence[Agreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {a.pk: a for a in rows}
        choice_field(self, "agreement").choices = [
            ("", "Choisissez…"), *((a.pk, f"{a.party} ({a.get_purpose_display()})") for a in rows),
        ]  # fmt: skip


class TogetherForm(forms.Form):
    """With whom, when, and what may be said there."""

    kind = forms.ChoiceField(label="Nature", choices=TogetherKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="Date", widget=_DAY)
    at = forms.TimeField(label="Heure", required=False, widget=_HOUR)
    place = forms.CharField(label="Lieu", max_length=120, required=False)
    agreements = forms.TypedMultipleChoiceField(
        label="Avec qui", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Seulement ceux pour qui la personne a donné son accord.",
    )  # fmt: skip
    agreed = forms.CharField(
        label="Ce que nous avons convenu de dire", max_length=4_000, widget=forms.Textarea({"rows": 5}),
        help_text="Et ce que nous ne dirons pas. La personne le lira dans son espace.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, rows: Sequence[Agreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {a.pk: a for a in rows}
        choice_field(self, "agreements").choices = [(a.pk, a.party) for a in rows]

    def told(self) -> dict[str, Any]:
        """What the command asks for."""
        data = {k: v for k, v in self.cleaned_data.items() if k != "version"}
        return data | {"agreements": [self.rows[key] for key in data["agreements"]]}
