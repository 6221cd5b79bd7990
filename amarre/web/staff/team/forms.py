"""Forms of the team's pages: they check shapes; the commands check the trade.

Read by the views beside. Nobody is offered themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.states import OPEN_STATES, Urgency
from amarre.organisations.queries import Choices
from amarre.web.staff.team.load import UNRATED, Load
from amarre.web.ui.fields import choice_field

_CHOOSE = ("", "Choisissez…")
_WHO = {"required": "Choisissez quelqu’un dans la liste."}
_WHY = {"required": "Choisissez une raison dans la liste."}


def _people(workers: Sequence[Colleague]) -> list[tuple[int, str]]:
    return [(worker.pk, worker.name) for worker in workers]


def _key(value: str) -> int | None:
    """An account's key, out of what a select sends."""
    return int(value) if value else None


class LoadFilter(forms.Form):
    """Which cases of the list."""

    lead = forms.TypedChoiceField(label="Suivi par", coerce=_key, required=False, empty_value=None)
    urgency = forms.ChoiceField(
        label="Urgence",
        required=False,
        choices=[("", "Toutes"), *Urgency.choices, (UNRATED, "À évaluer")],
    )
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *((s.value, s.label) for s in OPEN_STATES)]
    )
    quiet = forms.BooleanField(label="Sans contact depuis 30 jours", required=False)

    def __init__(self, loads: Sequence[Load], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = [(line.worker.pk, line.worker.name) for line in loads]
        choice_field(self, "lead").choices = [("", "Tout le monde"), *leads]

    def wanted(self) -> dict[str, Any]:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MoveForm(forms.Form):
    """To whom, and why."""

    to = forms.TypedChoiceField(label="À qui", coerce=_key, error_messages=_WHO)
    reason = forms.ChoiceField(label="Raison", error_messages=_WHY)

    def __init__(
        self, workers: Sequence[Colleague], reasons: Choices, *args: Any, missing: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing
        choice_field(self, "to").choices = [_CHOOSE, *_people(workers)]
        choice_field(self, "reason").choices = [_CHOOSE, *reasons]

    def clean(self) -> dict[str, Any]:
        """All of the cases that were chosen, or none."""
        if self.missing:
            raise forms.ValidationError(
                "La liste a changé : un dossier choisi est clos, ou n’est plus dans vos centres. Aucun n’a été déplacé."
                " Vérifiez la liste ci-dessous, puis recommencez."
            )
        return super().clean() or {}


class CoverForm(forms.Form):
    """Who is away, who stands in, and between which days."""

    absent = forms.TypedChoiceField(label="Qui s’absente", coerce=_key, error_messages=_WHO)
    stand_in = forms.TypedChoiceField(label="Qui assure la suppléance", coerce=_key, error_messages=_WHO)
    since = forms.DateField(label="Du", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label="Au", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.ChoiceField(label="Raison", error_messages=_WHY)

    def __init__(
        self, leads: Sequence[Load], workers: Sequence[Colleague], reasons: Choices, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        away = [(x.worker.pk, f"{x.worker.name} ({x.total} dossier{'s' * (x.total > 1)})") for x in leads]
        choice_field(self, "absent").choices = [_CHOOSE, *away]
        choice_field(self, "stand_in").choices = [_CHOOSE, *_people(workers)]
        choice_field(self, "reason").choices = [_CHOOSE, *reasons]

    def clean(self) -> dict[str, Any]:
        """Two people, and days in order that are still to come."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and since < timezone.localdate():
            self.add_error("since", "Une suppléance commence au plus tôt aujourd’hui.")
        if since and until and until < since:
            self.add_error("until", "La fin est avant le début. Corrigez l’une des deux dates.")
        if data.get("absent") and data.get("absent") == data.get("stand_in"):
            self.add_error("stand_in", "La personne qui s’absente ne peut pas se suppléer elle-même.")
        return data


class ShareForm(forms.Form):
    """To whom the chosen requests are given."""

    to = forms.TypedChoiceField(label="Confier les demandes cochées à", coerce=_key, error_messages=_WHO)

    BACK = "0"

    def __init__(
        self, workers: Sequence[Colleague], *args: Any, chosen: int = 0, missing: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen, self.missing = chosen, missing
        choice_field(self, "to").choices = [
            _CHOOSE,
            *_people(workers),
            (self.BACK, "Personne : les remettre dans la file"),
        ]

    def clean(self) -> dict[str, Any]:
        """At least one request, and all of those chosen or none."""
        if self.missing:
            raise forms.ValidationError(
                "La file a changé : une demande choisie a été traitée entre-temps. Aucune n’a été confiée. "
                "Choisissez de nouveau."
            )
        if not self.chosen:
            raise forms.ValidationError("Cochez au moins une demande.")
        return super().clean() or {}
