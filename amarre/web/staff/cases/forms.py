"""Forms of a case: they check shapes; the commands check the trade.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.cases.models import Note
from amarre.cases.states import MemberRole, Mode, NoteKind
from amarre.organisations.queries import Choices
from amarre.web.ui.fields import choice_field


def _date(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def _people(rows: list[Colleague]) -> list[tuple[Any, str]]:
    return [("", "Choisissez…"), *((c.pk, c.name) for c in rows)]


class NoteForm(forms.Form):
    """What was said. Three inputs are mandatory at most: the text, the day (today by default), and how one met."""

    kind = forms.ChoiceField(
        label="Nature",
        choices=NoteKind.choices,
        initial=NoteKind.INTERVIEW,
        widget=forms.RadioSelect({"class": "row2"}),
    )
    body = forms.CharField(
        label="Ce qui s’est dit", max_length=100_000, widget=forms.Textarea({"rows": 12, "autofocus": True})
    )
    mode = forms.ChoiceField(
        label="Où et comment",
        choices=[("", "Choisissez…"), *Mode.choices],
        required=False,
        help_text="Pour un entretien.",
    )
    on = _date("Le", initial=timezone.localdate)
    duration = forms.IntegerField(label="Durée (minutes)", required=False, min_value=0, max_value=600)
    indirect = forms.IntegerField(
        label="Temps à côté (minutes)", required=False, min_value=0, max_value=600,
        help_text="Trajet, démarches, écriture.",
    )  # fmt: skip
    place = forms.ChoiceField(label="Lieu", required=False)
    present = forms.CharField(label="Qui était là", max_length=160, required=False)
    private = forms.BooleanField(
        label="Garder pour moi", required=False, help_text="Les autres membres du dossier ne la liront pas."
    )

    def __init__(self, places: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "place").choices = [("", "Non précisé"), *places]

    def clean(self) -> dict[str, Any]:
        """An interview says how one met."""
        data = super().clean() or {}
        if data.get("kind") == NoteKind.INTERVIEW and not data.get("mode") and "mode" not in self.errors:
            self.add_error("mode", "Dites où et comment l’entretien s’est passé.")
        return data


class NoteEditForm(NoteForm):
    """Correcting one's own note; its nature does not change, and what the members read is not taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, places: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(places, *args, **kwargs)
        del self.fields["kind"]
        if not self.initial.get("private"):
            del self.fields["private"]

    @staticmethod
    def values(note: Note) -> dict[str, Any]:
        """What the note says now."""
        names = ("body", "mode", "on", "duration", "indirect", "place", "present", "private", "version")
        return {name: getattr(note, name) for name in names}


class SituationForm(forms.Form):
    """Where the person stands, in the service's words."""

    main_problem = forms.ChoiceField(label="Problème principal")
    problems = forms.MultipleChoiceField(
        label="Autres problèmes", required=False, widget=forms.CheckboxSelectMultiple({"class": "row2"})
    )
    moment = forms.ChoiceField(label="Moment de la vie au travail", required=False)
    employment = forms.ChoiceField(label="Situation d'emploi", required=False)
    summary = forms.CharField(
        label="En quelques mots", required=False, max_length=20_000, widget=forms.Textarea({"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, words: dict[str, Choices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "main_problem").choices = [("", "Choisissez…"), *words["problem"]]
        choice_field(self, "problems").choices = words["problem"]
        choice_field(self, "moment").choices = [("", "Pas encore dit"), *words["moment"]]
        choice_field(self, "employment").choices = [("", "Pas encore dite"), *words["employment"]]


class WarnForm(forms.Form):
    """What a colleague must know before meeting the person."""

    text = forms.CharField(
        label="Consigne de sécurité", required=False, max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text="Montrée sous le nom. Videz le champ pour la retirer.",
    )  # fmt: skip


class MemberForm(forms.Form):
    """Letting somebody into the case."""

    user = forms.TypedChoiceField(label="Qui", coerce=int)
    role = forms.ChoiceField(
        label="À quel titre",
        choices=[c for c in MemberRole.choices if c[0] != MemberRole.LEAD],
        widget=forms.RadioSelect,
    )
    since = _date("Depuis", initial=timezone.localdate)
    until = _date("Jusqu'au", required=False, help_text="Obligatoire pour une suppléance.")
    tutor = forms.TypedChoiceField(
        label="Tuteur ou tutrice", coerce=int, required=False, empty_value=None, help_text="Pour une personne en stage."
    )
    reason = forms.ChoiceField(label="Raison")

    def __init__(self, workers: list[Colleague], reasons: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "user").choices = _people(workers)
        choice_field(self, "tutor").choices = _people(workers)
        choice_field(self, "reason").choices = [("", "Choisissez…"), *reasons]


class HandOverForm(forms.Form):
    """Passing the case on; each note kept for oneself is opened or destroyed."""

    to = forms.TypedChoiceField(label="À qui", coerce=int)
    reason = forms.ChoiceField(label="Raison")

    def __init__(
        self, workers: list[Colleague], reasons: Choices, sealed: list[Note], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sealed = sealed
        choice_field(self, "to").choices = _people(workers)
        choice_field(self, "reason").choices = [("", "Choisissez…"), *reasons]
        for note in sealed:
            self.fields[f"sealed_{note.pk}"] = forms.ChoiceField(
                label=f"Votre note du {note.on:%d/%m/%Y}, gardée pour vous",
                choices=[("open", "L'ouvrir aux membres"), ("destroy", "La détruire")],
                widget=forms.RadioSelect,
            )

    def decisions(self) -> dict[int, str]:
        """What becomes of each note kept for oneself."""
        return {note.pk: self.cleaned_data[f"sealed_{note.pk}"] for note in self.sealed}


class CloseForm(forms.Form):
    """How it ends."""

    outcome = forms.ChoiceField(label="Issue")
    reason = forms.ChoiceField(label="Raison de la clôture")
    on = _date("Le", initial=timezone.localdate)
    employment = forms.ChoiceField(label="Situation d’emploi à ce jour", required=False)
    balance = forms.CharField(
        label="Bilan", required=False, max_length=50_000, widget=forms.Textarea({"rows": 6}),
        help_text="Ce qui a changé, ce qui reste ouvert.",
    )  # fmt: skip
    look_back_agreed = forms.BooleanField(
        label="La personne est d’accord pour être rappelée à 6 et 12 mois", required=False
    )

    def __init__(self, words: dict[str, Choices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "outcome").choices = [("", "Choisissez…"), *words["outcome"]]
        choice_field(self, "reason").choices = [("", "Choisissez…"), *words["closing_reason"]]
        choice_field(self, "employment").choices = [("", "Pas dite"), *words["employment"]]


class LookBackForm(forms.Form):
    """How things went, some months later."""

    reached = forms.TypedChoiceField(
        label="Avez-vous pu lui parler ?",
        choices=[("oui", "Oui"), ("non", "Non, pas jointe")],
        coerce=lambda v: v == "oui",
        widget=forms.RadioSelect,
    )
    on = _date("Le", initial=timezone.localdate)
    employment = forms.ChoiceField(label="Situation d'emploi", required=False)

    def __init__(self, employment: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "employment").choices = [("", "Pas dite"), *employment]
