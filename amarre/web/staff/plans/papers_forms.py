"""Forms of rights applications, the budget and documents.

Read by the views beside.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone

from amarre.plans.commands_papers import DATES
from amarre.plans.models import Application
from amarre.plans.procedures import Procedure, ProcedureState
from amarre.plans.states import Owner
from amarre.web.staff.plans.forms import day_field
from amarre.web.ui.fields import FileField, choice_field

DATE_LABELS = {
    "filed_on": "Déposée le",
    "receipt_on": "Accusé de réception le",
    "complement_asked_on": "Complément demandé le",
    "complement_due_on": "À rendre avant le",
    "complement_sent_on": "Complément envoyé le",
    "answer_expected_on": "Réponse attendue le (si on vous l’a dit)",
    "decided_on": "Décision le",
    "notified_on": "Décision reçue le",
    "starts_on": "Début prévu le",
    "event_on": "Fait qui ouvre le droit, le",
    "valid_from": "Valable du",
    "valid_until": "Valable jusqu’au",
    "appeal_until": "Recours possible jusqu’au (si c’est écrit)",
    "appealed_on": "Recours déposé le",
}
FIRST_DATES = ("filed_on", "receipt_on", "decided_on", "valid_until")


class OpenForm(forms.Form):
    """Which procedure, and who takes care of it."""

    procedure = forms.ChoiceField(label="Démarche")
    title = forms.CharField(label="Précision", max_length=120, required=False)
    owner = forms.ChoiceField(label="Qui s’en occupe", choices=Owner.choices, initial=Owner.BOTH)

    def __init__(self, known: dict[str, Procedure], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "procedure").choices = [("", "Choisissez…"), *((c, p.label) for c, p in known.items())]


class MoveForm(forms.Form):
    """Where an application stands, and its days."""

    state = forms.ChoiceField(label="Où elle en est", choices=ProcedureState.choices)
    owner = forms.ChoiceField(label="Qui s’en occupe", choices=Owner.choices)
    title = forms.CharField(label="Précision", max_length=120, required=False)
    asked = forms.CharField(label="Montant demandé", max_length=40, required=False)
    granted = forms.CharField(label="Montant accordé", max_length=40, required=False)
    paid_to = forms.CharField(label="Versé à", max_length=120, required=False)
    words = forms.CharField(label="Notes", max_length=10_000, required=False, widget=forms.Textarea({"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in DATE_LABELS.items():
            self.fields[name] = day_field(label, required=False)

    @property
    def first_dates(self) -> list[forms.BoundField]:
        """The days that most applications have."""
        return [self[name] for name in FIRST_DATES]

    @property
    def more_dates(self) -> list[forms.BoundField]:
        """The others."""
        return [self[name] for name in DATE_LABELS if name not in FIRST_DATES]

    @property
    def more_said(self) -> bool:
        """Whether one of the others holds something, or an error."""
        return any(field.value() or field.errors for field in self.more_dates)

    @staticmethod
    def values(row: Application, money: dict[str, str]) -> dict[str, Any]:
        """What the application says now."""
        names = ("state", "owner", "title", "words", "version", *DATES)
        return {name: getattr(row, name) for name in names} | money

    def said(self) -> dict[str, Any]:
        """The arguments of the command."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "state": data["state"],
            "owner": data["owner"],
            "title": data["title"],
            "words": data["words"],
            "dates": {name: data[name] for name in DATES},
            "money": {name: data[name] for name in ("asked", "granted", "paid_to")},
        }


class GatherForm(forms.Form):
    """The papers that are there."""

    gathered = forms.MultipleChoiceField(label="Pièces réunies", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, procedure: Procedure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "gathered").choices = [(d.code, d.label) for d in procedure.documents]


SUGGESTED = (
    ("resource", "Salaire ou indemnités journalières"),
    ("resource", "Prestations familiales"),
    ("resource", "Aide au logement"),
    ("charge", "Loyer ou crédit du logement"),
    ("charge", "Électricité, gaz, eau"),
    ("charge", "Téléphone et internet"),
    ("charge", "Assurances et mutuelle"),
    ("charge", "Transports"),
    ("debt", "Crédits et remboursements"),
)
KINDS = (("resource", "Ressources"), ("charge", "Charges"), ("debt", "Dettes, par mois"))
EMPTY_LINES = 3


def amount_of(typed: str) -> Decimal:
    """« 1 234,56 » in euros. Raises `forms.ValidationError` for anything that is not an amount."""
    bare = "".join(c for c in typed if not c.isspace() and c != "€").replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise forms.ValidationError("Écrivez un montant en euros, par exemple 850 ou 412,30.") from error
    if not value.is_finite() or not 0 <= value < 1_000_000 or value != round(value, 2):
        raise forms.ValidationError("Un montant par mois, en euros et centimes, sans signe moins.")
    return value


class BudgetForm(forms.Form):
    """The household's money: as many lines as are there, and some more."""

    on = day_field("À la date du", initial=timezone.localdate)
    label = forms.CharField(
        label="En deux mots", max_length=60, required=False, help_text="« Avant l’arrêt », « aujourd’hui »."
    )
    adults = forms.IntegerField(label="Adultes", min_value=1, max_value=20, initial=1)
    children = forms.IntegerField(label="Enfants", min_value=0, max_value=20, initial=0)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, lines: list[tuple[str, str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts: dict[str, int] = {}
        for kind, _words in KINDS:
            mine = [line for line in lines if line[0] == kind]
            count = max(len(mine), self._sent(kind)) + EMPTY_LINES
            self.counts[kind] = count
            for n in range(count):
                words, amount = (mine[n][1], mine[n][2]) if n < len(mine) else ("", "")
                self.fields[f"{kind}_{n}_words"] = forms.CharField(
                    label=f"Ligne {n + 1}", max_length=80, required=False, initial=words
                )
                self.fields[f"{kind}_{n}_amount"] = forms.CharField(
                    label=f"Montant de la ligne {n + 1}", max_length=20, required=False, initial=amount,
                    widget=forms.TextInput({"inputmode": "decimal", "class": "short"}),
                )  # fmt: skip

    def _sent(self, kind: str) -> int:
        """How many lines of a kind were sent that hold something."""
        numbers = [int(k.split("_")[1]) for k in self.data if k.startswith(f"{kind}_") and k.split("_")[1].isdecimal()]
        filled = [
            n for n in numbers if n < 60 and (self.data.get(f"{kind}_{n}_words") or self.data.get(f"{kind}_{n}_amount"))
        ]
        return max(filled, default=-1) + 1

    @property
    def groups(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Title, then pairs of fields."""
        return [
            (title, [(self[f"{kind}_{n}_words"], self[f"{kind}_{n}_amount"]) for n in range(self.counts[kind])])
            for kind, title in KINDS
        ]

    def clean(self) -> dict[str, Any]:
        """`lines`: those that have an amount; words without one are asked about."""
        data = super().clean() or {}
        lines: list[tuple[str, str, Decimal]] = []
        for kind, title in KINDS:
            for n in range(self.counts[kind]):
                words, typed = data.get(f"{kind}_{n}_words", ""), data.get(f"{kind}_{n}_amount", "")
                if not typed.strip():
                    continue
                try:
                    lines.append((kind, words.strip() or title, amount_of(typed)))
                except forms.ValidationError as error:
                    self.add_error(f"{kind}_{n}_amount", error)
        return {**data, "lines": lines}

    def said(self) -> dict[str, Any]:
        """The arguments of the command."""
        return {name: self.cleaned_data[name] for name in ("on", "label", "adults", "children", "lines")}


class DocumentForm(forms.Form):
    """A file to keep with the plan; the person sees it."""

    file = FileField(label="Fichier", help_text="Photo ou PDF, 10 Mo au plus. La personne le verra.")
    title = forms.CharField(label="Ce que c’est", max_length=120, required=False)
    application = forms.TypedChoiceField(label="Pour quelle démarche", coerce=int, required=False, empty_value=None)

    def __init__(self, choices: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "application").choices = [("", "Aucune en particulier"), *choices]
