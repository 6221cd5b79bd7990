"""What was done in a crisis, as a form, and as the text that the members of the case will read.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from amarre.organisations.models import CrisisNumber
from amarre.web.ui.dates import NBSP
from amarre.web.ui.fields import choice_field


class CrisisForm(forms.Form):
    """One mandatory text; the rest says who else knows."""

    done = forms.CharField(
        label="Ce qui s’est passé, ce qui a été fait",
        max_length=20_000,
        error_messages={"required": "Écrivez en une phrase ce qui a été fait."},
        widget=forms.Textarea({"rows": 6}),
        help_text="Les faits et les heures. Les mots de la personne entre guillemets. Lu par les membres du dossier.",
    )
    on = forms.DateField(label="Le", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    called = forms.MultipleChoiceField(
        label="Qui a été appelé", required=False, widget=forms.CheckboxSelectMultiple({"class": "row2"})
    )
    called_other = forms.CharField(
        label="Un autre appel",
        max_length=200,
        required=False,
        help_text="Par exemple : le médecin du travail, un proche.",
    )
    told = forms.CharField(
        label="Qui a été prévenu",
        max_length=200,
        required=False,
        help_text="Par exemple : la responsable du service, à 15 h, sans le détail.",
    )
    debrief = forms.CharField(
        label="Avec qui en reparler, et quand",
        max_length=200,
        required=False,
        help_text="Pour vous : après une alerte, personne ne reste seul.",
    )

    def __init__(
        self, numbers: Sequence[CrisisNumber], *args: Any, resumed: Mapping[str, list[str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "called").choices = [(n.number, f"{n.number} · {n.label}") for n in numbers]
        self.initial = {"on": timezone.localdate(), **_as_typed(resumed or {})}

    def text(self) -> str:
        """The note, made of the answers; nothing is said of what was left empty."""
        data = self.cleaned_data
        called = [*data["called"], *filter(None, [data["called_other"]])]
        lines = (("Appelés", ", ".join(called)), ("Prévenus", data["told"]), ("Pour en reparler", data["debrief"]))
        return "\n\n".join([data["done"].strip(), *(f"{name}{NBSP}: {said}" for name, said in lines if said)])


def _as_typed(values: Mapping[str, list[str]]) -> dict[str, Any]:
    """The fields of a draft, as first values of the form."""
    return {name: said if name == "called" else said[0] for name, said in values.items() if said}
