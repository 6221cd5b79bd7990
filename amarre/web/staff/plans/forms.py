"""Forms of the plan: they check shapes; the commands check the trade.

Read by the views beside. Must not know who may do what.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from amarre.organisations.queries import Choices
from amarre.plans.models import Document, Goal, Need
from amarre.plans.states import (
    ActionState,
    AnsweredBy,
    AnswerMode,
    GoalState,
    HandedHow,
    Owner,
    Regime,
    ReviewKind,
    Side,
)
from amarre.web.ui.fields import choice_field


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, in the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


PROGRESS = [
    ("2", "+2 · beaucoup mieux"),
    ("1", "+1 · mieux"),
    ("0", "0 · pareil"),
    ("-1", "−1 · moins bien"),
    ("-2", "−2 · beaucoup moins bien"),
]


class NeedForm(forms.Form):
    """What is needed."""

    title = forms.CharField(label="Besoin", max_length=300, help_text="Avec les mots de la personne, si elle en a.")
    problem = forms.ChoiceField(label="Problème", required=False)

    def __init__(self, problems: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "problem").choices = [("", "Non précisé"), *problems]


class GoalForm(forms.Form):
    """A goal: one mandatory input, the rest when it helps."""

    title = forms.CharField(label="Objectif", max_length=300, help_text="« Reprendre à mi-temps en janvier. »")
    indicator = forms.CharField(
        label="Ce qui montrera que ça avance", max_length=300, required=False,
        help_text="Choisi ensemble\u00a0: quelque chose que l’on peut voir ou compter.",
    )  # fmt: skip
    baseline = forms.CharField(label="Où on en est", max_length=300, required=False)
    target = forms.CharField(label="Où on veut arriver", max_length=300, required=False)
    due_on = day_field("Pour le", required=False)
    owner = forms.ChoiceField(label="À qui", choices=Owner.choices, initial=Owner.BOTH)
    need = forms.TypedChoiceField(label="Pour quel besoin", coerce=int, required=False, empty_value=None)
    together = forms.BooleanField(
        label="Choisi ensemble", required=False,
        help_text="Sinon, l’objectif est proposé\u00a0: la personne répond dans son espace.",
    )  # fmt: skip

    def __init__(self, needs: list[Need], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "need").choices = [("", "Aucun en particulier"), *((n.pk, n.title) for n in needs)]


class GoalEditForm(GoalForm):
    """Rewording a goal."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, needs: list[Need], *args: Any, **kwargs: Any) -> None:
        super().__init__(needs, *args, **kwargs)
        del self.fields["together"]

    @staticmethod
    def values(goal: Goal) -> dict[str, Any]:
        """What the goal says now."""
        names = ("title", "indicator", "baseline", "target", "due_on", "owner", "version")
        return {name: getattr(goal, name) for name in names} | {"need": goal.need_id}


class CloseGoalForm(forms.Form):
    """What became of a goal."""

    state = forms.ChoiceField(
        label="Il est",
        choices=[(s.value, s.label) for s in (GoalState.REACHED, GoalState.PARTLY, GoalState.ABANDONED)],
        widget=forms.RadioSelect,
    )


class ProgressForm(forms.Form):
    """How it goes, for each of the two, apart."""

    person = forms.TypedChoiceField(
        label="Pour la personne", choices=[("", "Pas dit aujourd’hui"), *PROGRESS], coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip
    worker = forms.TypedChoiceField(
        label="Pour moi", choices=[("", "Pas dit aujourd’hui"), *PROGRESS], coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip
    on = day_field("Le", initial=timezone.localdate)
    words = forms.CharField(
        label="En quelques mots", max_length=2_000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """One of the two views, at least."""
        data = super().clean() or {}
        if data.get("person") is None and data.get("worker") is None and not self.errors:
            self.add_error("person", "Choisissez au moins un des deux points de vue.")
        return data

    def said(self) -> list[tuple[str, int]]:
        """(side, value) for each view that was given."""
        pairs = ((Side.PERSON.value, self.cleaned_data["person"]), (Side.WORKER.value, self.cleaned_data["worker"]))
        return [(side, value) for side, value in pairs if value is not None]


class CommentForm(forms.Form):
    """Something to say of a goal; the person reads it."""

    words = forms.CharField(
        label="Commentaire", max_length=4_000, widget=forms.Textarea({"rows": 3}), help_text="La personne le lit."
    )


class ActionForm(forms.Form):
    """Who does what, by when."""

    what = forms.CharField(label="Quoi", max_length=300)
    owner = forms.ChoiceField(label="Qui", choices=Owner.choices, initial=Owner.PERSON, widget=forms.RadioSelect)
    third = forms.CharField(label="Si quelqu’un d’autre\u00a0: qui", max_length=120, required=False)
    due_on = day_field("Pour le", required=False)
    goal = forms.TypedChoiceField(label="Pour quel objectif", coerce=int, required=False, empty_value=None)

    def __init__(self, goals: list[Goal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "goal").choices = [("", "Aucun en particulier"), *((g.pk, g.title) for g in goals)]


class ActionEditForm(ActionForm):
    """Rewording an action, and saying what became of it."""

    state = forms.ChoiceField(label="Où elle en est", choices=ActionState.choices, widget=forms.RadioSelect)
    why_not = forms.CharField(
        label="Si elle n’est pas faite\u00a0: pourquoi", max_length=2_000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__([], *args, **kwargs)
        del self.fields["goal"]


class RhythmForm(forms.Form):
    """How often one meets, and when one looks at the plan again."""

    weeks = forms.IntegerField(
        label="Un contact toutes les … semaines", required=False, min_value=1, max_value=26,
        help_text="Laissez vide si rien n’est convenu.",
    )  # fmt: skip
    until = day_field(
        "Jusqu’au", required=False, help_text="Si le rythme est resserré pour un temps, une reprise par exemple."
    )
    reason_words = forms.CharField(label="Pourquoi ce rythme", max_length=300, required=False)
    review_on = day_field("Prochain point d’étape", required=False, help_text="Au moins tous les trois mois.")


class ReviewForm(forms.Form):
    """A look at the plan together, or its balance."""

    kind = forms.ChoiceField(label="Pourquoi", choices=ReviewKind.choices, widget=forms.RadioSelect({"class": "row2"}))
    on = day_field("Le", initial=timezone.localdate)
    words = forms.CharField(label="Ce qu’on en dit", max_length=20_000, widget=forms.Textarea({"rows": 6}))
    stays_open = forms.CharField(
        label="Ce qui reste ouvert", max_length=10_000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Surtout pour un bilan\u00a0: ce que la personne continuera, et avec qui.",
    )  # fmt: skip
    next_on = day_field("Prochain point le", required=False, help_text="Dans les trois mois.")


class AnswerForm(forms.Form):
    """What the person said of the frozen plan, on paper or by word of mouth. Nothing is ticked before."""

    agreed = forms.TypedChoiceField(
        label="La personne est", choices=[("oui", "d’accord"), ("non", "pas d’accord")],
        coerce=lambda value: value == "oui", widget=forms.RadioSelect({"class": "row2"}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label="Comment elle l’a dit",
        choices=[c for c in AnswerMode.choices if c[0] != AnswerMode.SPACE],
        widget=forms.RadioSelect({"class": "row2"}),
    )
    by = forms.ChoiceField(label="Qui répond", choices=AnsweredBy.choices, initial=AnsweredBy.PERSON)
    on = day_field("Le", initial=timezone.localdate)
    proof = forms.TypedChoiceField(
        label="Page signée", coerce=int, required=False, empty_value=None, help_text="Pour un accord sur papier."
    )
    words = forms.CharField(
        label="Ce qu’elle en dit", max_length=4_000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, documents: list[Document], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "proof").choices = [("", "Aucune"), *((d.pk, d.title) for d in documents)]


class HandForm(forms.Form):
    """The written plan was given."""

    on = day_field("Remis le", initial=timezone.localdate)
    how = forms.MultipleChoiceField(label="Comment", choices=HandedHow.choices, widget=forms.CheckboxSelectMultiple)


class ProtectionForm(forms.Form):
    """A legal protection."""

    regime = forms.ChoiceField(label="Mesure de protection", choices=Regime.choices, required=False)
    protector = forms.CharField(
        label="Qui assiste ou représente", max_length=160, required=False, help_text="Nom, et comment la ou le joindre."
    )
