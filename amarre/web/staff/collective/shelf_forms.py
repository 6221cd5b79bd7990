"""Forms of the catalogue, the materials, and what is tried at work.

Read by the views beside.
"""

from __future__ import annotations

from typing import Any

from django import forms

from amarre.collective.catalogue import standard_questions, theme_choices
from amarre.collective.models import Offer
from amarre.collective.states import LANGUAGES, ActionKind
from amarre.web.ui.fields import FileField, choice_field

_LONG = forms.Textarea({"rows": 4})
_QUESTIONS, _KNOWLEDGE = 3, 5
NOBODY = "L’entreprise le lit. On parle du travail et d’un poste, jamais de quelqu’un."


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class _Form(forms.Form):
    use_required_attribute = False


class OfferForm(_Form):
    """One line of the catalogue; its questions one by line."""

    title = forms.CharField(label="Titre", max_length=160)
    kind = forms.ChoiceField(label="Forme", choices=ActionKind.choices)
    theme = forms.ChoiceField(label="Thème")
    aim = forms.CharField(label="But", max_length=400, widget=_LONG)
    audience = forms.CharField(label="Pour qui", max_length=200, required=False)
    minutes = forms.IntegerField(
        label="Durée, en minutes", min_value=10, max_value=900, widget=forms.NumberInput({"class": "short"})
    )
    material = forms.CharField(label="Matériel", max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label="Langues", choices=LANGUAGES, widget=forms.CheckboxSelectMultiple({"class": "row2"}), initial=["fr"]
    )
    questions = forms.CharField(
        label="Les trois questions de la fin",
        max_length=620,
        widget=_LONG,
        help_text="Une par ligne, à dire « pas du tout, plutôt non, plutôt oui, tout à fait ».",
    )
    knowledge = forms.CharField(
        label="Questions d’avant et d’après",
        max_length=1_010,
        required=False,
        widget=_LONG,
        help_text="Pour une formation, cinq au plus, une par ligne.",
    )
    signs = forms.BooleanField(label="Feuille d’émargement (formations seulement)", required=False)
    active = forms.BooleanField(label="Proposée aux entreprises", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "theme").choices = theme_choices()
        self.initial.setdefault("questions", "\n".join(standard_questions()))

    def _lines(self, name: str, most: int) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > most or any(len(line) > 200 for line in lines):
            raise forms.ValidationError(f"{most} lignes au plus, de 200 signes au plus.")
        return lines

    def clean_questions(self) -> list[str]:
        """One by line."""
        return self._lines("questions", _QUESTIONS)

    def clean_knowledge(self) -> list[str]:
        """One by line."""
        return self._lines("knowledge", _KNOWLEDGE)

    @staticmethod
    def of(offer: Offer) -> dict[str, Any]:
        """What is known already."""
        names = ("title", "kind", "theme", "aim", "audience", "minutes", "material", "languages", "signs", "active")
        lists = {name: "\n".join(getattr(offer, name)) for name in ("questions", "knowledge")}
        return {name: getattr(offer, name) for name in names} | lists


class MaterialForm(_Form):
    """A file of the service."""

    title = forms.CharField(label="Titre", max_length=160)
    theme = forms.ChoiceField(label="Thème", required=False)
    file = FileField(label="Fichier", help_text="PDF ou image.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "theme").choices = [("", "Tous les thèmes"), *theme_choices()]


class RenewForm(_Form):
    """A new version."""

    file = FileField(label="Nouvelle version", help_text="PDF ou image. Les versions d’avant restent.")


class ImprovementForm(_Form):
    """What was observed of the work."""

    title = forms.CharField(label="De quoi s’agit-il", max_length=160)
    observation = forms.CharField(label="Ce qui a été observé", max_length=4_000, widget=_LONG, help_text=NOBODY)
    idea = forms.CharField(label="L’idée, s’il y en a déjà une", max_length=4_000, required=False, widget=_LONG)
    with_whom = forms.CharField(
        label="Avec",
        max_length=160,
        required=False,
        help_text="Des métiers\u00a0: ergonome, psychologue, l’équipe de tri.",
    )


class TryForm(_Form):
    """A trial with its dates."""

    idea = forms.CharField(label="Ce qui est essayé", max_length=4_000, widget=_LONG)
    indicators = forms.CharField(
        label="Ce qu’on regardera, choisi ensemble", max_length=4_000, widget=_LONG, help_text=NOBODY
    )
    trial_from = _day("Du")
    trial_until = _day("Jusqu’au")
    with_whom = forms.CharField(label="Avec", max_length=160, required=False)


class ConcludeForm(_Form):
    """What it gave."""

    result = forms.CharField(label="Ce que l’essai a donné", max_length=4_000, widget=_LONG, help_text=NOBODY)
    kept = forms.TypedChoiceField(
        label="Et maintenant",
        choices=[("yes", "On garde"), ("no", "On ne garde pas")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect({"class": "row2"}),
    )
