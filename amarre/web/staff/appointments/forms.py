"""Forms of appointments: they check shapes; the commands check the trade.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from amarre.accounts.models import Colleague
from amarre.appointments.models import Room
from amarre.appointments.slots import instant
from amarre.appointments.states import Outcome
from amarre.organisations.models import Centre, Establishment
from amarre.plans.states import Owner
from amarre.sharing.models import Agreement
from amarre.web.staff.appointments.choosing import Day, read_slot
from amarre.web.ui import dates
from amarre.web.ui.fields import choice_field

OTHER, INVITE = "other", "invite"
_NO_SLOT = "Choisissez un créneau."


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options
    )


class SlotForm(forms.Form):
    """A slot that was pressed, or another hour that was typed."""

    other_day = _day("Jour")
    other_time = forms.TimeField(
        label="Heure", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    other_centre = forms.TypedChoiceField(label="Centre", coerce=int, required=False, empty_value=None)
    minutes = forms.IntegerField(label="Durée (minutes)", required=False, min_value=5, max_value=480)

    def __init__(self, centres: list[Centre], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "other_centre").choices = [(c.pk, c.name) for c in centres]

    def wanted(self) -> tuple[datetime, int] | None:
        """The instant and the centre that were asked for."""
        pressed = self.data.get("slot", "")
        if pressed != OTHER:
            return read_slot(pressed)
        day, hour = self.cleaned_data.get("other_day"), self.cleaned_data.get("other_time")
        centre = self.cleaned_data.get("other_centre")
        return (instant(day, hour), centre) if day and hour and centre else None

    def clean(self) -> dict[str, Any]:
        """Something was pressed; another hour is a day, an hour and a centre."""
        data = super().clean() or {}
        pressed = self.data.get("slot", "")
        if pressed == INVITE:
            return data
        if pressed == OTHER:
            for name, words in (("other_day", "Dites quel jour."), ("other_time", "Dites à quelle heure.")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        elif read_slot(pressed) is None:
            self.add_error(None, _NO_SLOT)
        return data


class Offered:
    """What the page offers beside the slots."""

    def __init__(
        self, *, centres: list[Centre], rooms: list[Room], colleagues: list[Colleague],
        workplaces: list[Establishment], in_case: bool, asks_name: bool,
    ) -> None:  # fmt: skip
        self.centres, self.rooms, self.colleagues, self.workplaces = centres, rooms, colleagues, workplaces
        self.in_case, self.asks_name = in_case, asks_name


class BookingForm(SlotForm):
    """What goes with an appointment; nothing is mandatory but a name where none is known."""

    name = forms.CharField(label="Nom de la personne", max_length=160, help_text="Comme elle l’a dit.")
    reason = forms.CharField(
        label="À préparer", required=False, max_length=20_000, widget=forms.Textarea({"rows": 3}),
        help_text="Lu par les membres du dossier, personne d’autre.",
    )  # fmt: skip
    quiet = forms.BooleanField(
        label="Ne pas notifier", required=False, help_text="Rien ne partira vers la personne pour ce rendez-vous."
    )
    room = forms.TypedChoiceField(
        label="Salle", coerce=int, required=False, empty_value=None,
        help_text="Sans choix, celle de la permanence.",
    )  # fmt: skip
    video_url = forms.URLField(label="Adresse de la visio", required=False, max_length=300, assume_scheme="https")
    establishment = forms.TypedChoiceField(label="Établissement", coerce=int, required=False, empty_value=None)
    colleagues = forms.TypedMultipleChoiceField(
        label="Collègues présents", coerce=int, required=False, widget=forms.CheckboxSelectMultiple({"class": "row2"}),
        help_text="Ils verront avec qui, quand et où\u00a0: demandez d’abord à la personne.",
    )  # fmt: skip
    choose_until = _day("À choisir avant le", help_text="Sans date, tant que le lien marche.")

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        super().__init__(offered.centres, *args, **kwargs)
        self.offered = offered
        if not offered.asks_name:
            del self.fields["name"]
        if not offered.in_case:
            del self.fields["reason"]
        choice_field(self, "room").choices = [
            ("", "Celle de la permanence"),
            *((r.pk, f"{r.name}, {r.centre.name}") for r in offered.rooms),
        ]
        choice_field(self, "colleagues").choices = [(c.pk, c.name) for c in offered.colleagues]
        choice_field(self, "establishment").choices = [
            ("", "Choisissez…"),
            *((e.pk, str(e)) for e in offered.workplaces),
        ]


class SettleForm(forms.Form):
    """What became of it, the note, what comes next."""

    outcome = forms.ChoiceField(
        label="Le rendez-vous", choices=Outcome.choices, initial=Outcome.HAPPENED, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label="Ce qui s’est dit", required=False, max_length=100_000, widget=forms.Textarea({"rows": 12}),
        help_text="La note va dans le dossier. Vous pouvez la laisser vide.",
    )  # fmt: skip
    private = forms.BooleanField(
        label="Garder pour moi", required=False, help_text="Les autres membres du dossier ne la liront pas."
    )
    minutes = forms.IntegerField(label="Temps passé (minutes)", required=False, min_value=1, max_value=600)
    next_step = forms.CharField(label="À faire", required=False, max_length=500, help_text="Une action du projet.")
    next_owner = forms.ChoiceField(
        label="Qui le fait", required=False, initial=Owner.WORKER,
        choices=[c for c in Owner.choices if c[0] != Owner.THIRD],
    )  # fmt: skip
    next_due = _day("Pour le")
    next_slot = forms.ChoiceField(label="Prochain rendez-vous", required=False)
    next_reason = forms.CharField(
        label="À préparer", required=False, max_length=20_000, widget=forms.Textarea({"rows": 2}),
        help_text="Lu par les membres du dossier, personne d’autre.",
    )  # fmt: skip

    def __init__(self, days: list[Day], has_plan: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_plan:
            for name in ("next_step", "next_owner", "next_due"):
                del self.fields[name]
        groups = [(dates.long_day(day.on), [(c.value, c.label) for c in day.choices]) for day in days]
        self.slots = [("", "Pas maintenant"), *groups]
        field = choice_field(self, "next_slot")
        field.choices = self.slots
        sent = self.data.get("next_slot", "") if self.is_bound else ""
        if read_slot(sent) is not None and not field.valid_value(sent):
            field.choices = [*self.slots, (sent, "Celui que vous aviez choisi")]  # taken meanwhile: the command says so

    def clean_next_owner(self) -> str:
        """The worker, unless said otherwise."""
        return str(self.cleaned_data.get("next_owner") or Owner.WORKER)


class GuestForm(forms.Form):
    """Somebody from outside, under an agreement of the person."""

    agreement = forms.TypedChoiceField(label="Qui, et avec quel accord", coerce=int, widget=forms.RadioSelect)
    email = forms.EmailField(
        label="Son adresse électronique", required=False,
        help_text="Elle recevra le jour, l’heure et notre téléphone\u00a0: aucun nom, aucun motif.",
    )  # fmt: skip

    def __init__(self, agreements: list[Agreement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "agreement").choices = [
            (a.pk, f"{a.party} · {a.get_purpose_display().lower()} · jusqu’au {a.until:%d/%m/%Y}") for a in agreements
        ]
