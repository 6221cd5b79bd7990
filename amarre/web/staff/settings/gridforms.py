"""Forms with which a service writes a grid of its own: its words, a question, how it counts. No code to write.

Read by the views beside. They make a definition of the same shape as the shipped files; `plans.instruments` checks it.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms

from amarre.core.text import fold
from amarre.web.ui.fields import choice_field

_LINE = re.compile(r"^\s*(-?\d{1,6})\s*[=:]\s*(.+)$")
_BAND = re.compile(r"^\s*(-?[\d.,]+)\s*(?:à|-|–|\.\.)\s*(-?[\d.,]+)\s*[=:]\s*(.+)$")
KINDS = [
    ("yes_no", "Oui ou non"),
    ("choice", "Un choix dans une liste"),
    ("multiple", "Plusieurs choix dans une liste"),
    ("scale", "Une échelle, de … à …"),
    ("number", "Un nombre"),
    ("text", "Des mots"),
]
SCORINGS = [
    ("none", "Pas de score"),
    ("sum", "La somme des points des réponses"),
    ("table", "Un tableau\u00a0: tant de points pour chaque réponse de chaque question"),
]


def code_of(text: str) -> str:
    """A code made from words: « Vie au travail » gives `vie_au_travail`."""
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")[:30] or "partie"


class HeadForm(forms.Form):
    """What the grid is called, what for, from whom."""

    title = forms.CharField(label="Titre", max_length=120)
    purpose = forms.CharField(label="À quoi elle sert", max_length=300, required=False)
    instruction = forms.CharField(
        label="Consigne pour la personne", max_length=1_000, required=False, widget=forms.Textarea({"rows": 2})
    )
    source = forms.CharField(label="Source", max_length=300, required=False, help_text="Qui l’a écrite, quand.")
    licence = forms.CharField(
        label="Droits d’usage", max_length=200, required=False,
        help_text="Un instrument protégé ne se recopie pas sans autorisation.",
    )  # fmt: skip
    sections = forms.CharField(
        label="Parties, une par ligne", max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )


class ItemForm(forms.Form):
    """One question."""

    label = forms.CharField(label="Question", max_length=300)
    section = forms.ChoiceField(label="Partie", required=False)
    kind = forms.ChoiceField(label="Sorte de réponse", choices=KINDS)
    choices = forms.CharField(
        label="Réponses, une par ligne\u00a0: points = mots", max_length=2_000, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Par exemple «\u202f0 = Jamais\u202f», «\u202f1 = Parfois\u202f».",
    )  # fmt: skip
    low = forms.IntegerField(label="Échelle ou nombre\u00a0: de", required=False)
    high = forms.IntegerField(label="à", required=False)
    help = forms.CharField(label="Aide", max_length=300, required=False)
    shown_item = forms.IntegerField(
        label="Posée seulement si la question n°", required=False, min_value=1, help_text="Une question d’avant."
    )
    shown_values = forms.CharField(
        label="a pour réponse (points, séparés par des virgules\u00a0; oui = 1, non = 0)", max_length=60, required=False
    )
    urgent_from = forms.IntegerField(
        label="Appelle le protocole d’urgence à partir de",
        required=False,
        help_text="En points\u00a0; vide\u00a0: jamais.",
    )

    def __init__(self, sections: list[dict[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "section").choices = [("", "Aucune"), *((s["code"], s["title"]) for s in sections)]

    def clean_choices(self) -> list[dict[str, Any]]:
        """Lines as points and words."""
        found = []
        for line in self.cleaned_data["choices"].splitlines():
            if not line.strip():
                continue
            said = _LINE.match(line)
            if said is None:
                raise forms.ValidationError(
                    f"Écrivez «\u202fpoints = mots\u202f», par exemple «\u202f1 = {line.strip()[:30]}\u202f»."
                )
            found.append({"points": int(said[1]), "label": said[2].strip()})
        return found

    def clean_shown_values(self) -> list[int]:
        """Numbers."""
        parts = [part.strip() for part in self.cleaned_data["shown_values"].split(",") if part.strip()]
        if not all(re.fullmatch(r"-?\d{1,6}", part) for part in parts):
            raise forms.ValidationError("Écrivez des nombres séparés par des virgules, par exemple 1, 2.")
        return [int(part) for part in parts]

    def definition(self, number: int) -> dict[str, Any]:
        """The question, as a definition holds it."""
        data = self.cleaned_data
        row: dict[str, Any] = {"number": number, "label": data["label"], "kind": data["kind"]}
        if data["section"]:
            row["section"] = data["section"]
        if data["help"]:
            row["help"] = data["help"]
        if data["kind"] in ("choice", "multiple") or (data["kind"] == "scale" and data["choices"]):
            row["choices"] = data["choices"]
        if data["kind"] in ("scale", "number"):
            row |= {name: data[name] for name in ("low", "high") if data[name] is not None}
        if data["shown_item"]:
            row["shown_if"] = {"item": data["shown_item"], "values": data["shown_values"]}
        if data["urgent_from"] is not None:
            row["urgent_from"] = data["urgent_from"]
        return row

    @staticmethod
    def values(row: dict[str, Any]) -> dict[str, Any]:
        """What a question says now."""
        shown = row.get("shown_if") or {}
        return {
            **{name: row.get(name) for name in ("label", "section", "kind", "help", "low", "high", "urgent_from")},
            "choices": "\n".join(f"{c['points']} = {c['label']}" for c in row.get("choices", [])),
            "shown_item": shown.get("item"),
            "shown_values": ", ".join(str(int(v)) for v in shown.get("values", [])),
        }


class ScoringForm(forms.Form):
    """How the answers count, and what a score means."""

    kind = forms.ChoiceField(label="Calcul", choices=SCORINGS)
    constant = forms.CharField(label="Constante", max_length=20, required=False, initial="0")
    multiplier = forms.CharField(label="Multiplié par", max_length=20, required=False, initial="1")
    decimals = forms.IntegerField(label="Décimales", min_value=0, max_value=4, required=False, initial=0)
    complete_only = forms.BooleanField(label="Pas de score s’il manque une réponse", required=False, initial=True)
    table = forms.CharField(
        label="Tableau, une question par ligne", max_length=4_000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="«\u202f1\u00a0: oui = 10,06\u00a0; non = 0\u202f», ou «\u202f2\u00a0: 0 = 0\u00a0; 1 = 2,5\u202f».",
    )  # fmt: skip
    bands = forms.CharField(
        label="Ce que veut dire un score, une ligne par tranche", max_length=2_000, required=False,
        widget=forms.Textarea({"rows": 4}), help_text="«\u202f0 à 4 = tout va bien\u202f». Sans trou ni chevauchement.",
    )  # fmt: skip

    def clean_bands(self) -> list[dict[str, str]]:
        """Lines as ranges."""
        found = []
        for number, line in enumerate((text for text in self.cleaned_data["bands"].splitlines() if text.strip()), 1):
            said = _BAND.match(line)
            if said is None:
                raise forms.ValidationError(f"Ligne {number}\u00a0: écrivez «\u202f0 à 4 = mots\u202f».")
            low, high = said[1].replace(",", "."), said[2].replace(",", ".")
            found.append({"code": f"b{number}", "low": low, "high": high, "label": said[3].strip()})
        return found

    def clean_table(self) -> dict[str, dict[str, str]]:
        """Lines as coefficients."""
        found = {}
        for number, line in enumerate((text for text in self.cleaned_data["table"].splitlines() if text.strip()), 1):
            item, _, rest = line.partition(":")
            pairs = [part.partition("=") for part in rest.split(";") if part.strip()]
            if not item.strip().isdecimal() or not pairs or not all(value.strip() for _, _, value in pairs):
                raise forms.ValidationError(
                    f"Ligne {number}\u00a0: écrivez «\u202f1\u00a0: oui = 10,06\u00a0; non = 0\u202f»."
                )
            names = {"oui": "yes", "non": "no"}
            found[item.strip()] = {
                names.get(name.strip().lower(), name.strip()): value.strip().replace(",", ".")
                for name, _, value in pairs
            }
        return found

    def definition(self) -> dict[str, Any]:
        """`scoring` and `bands`."""
        data = self.cleaned_data
        scoring: dict[str, Any] = {"kind": data["kind"]}
        if data["kind"] != "none":
            scoring |= {
                "constant": (data["constant"] or "0").replace(",", "."),
                "multiplier": (data["multiplier"] or "1").replace(",", "."),
                "decimals": data["decimals"] or 0,
                "complete_only": data["complete_only"],
            }
        if data["kind"] == "table":
            scoring["table"] = data["table"]
        return {"scoring": scoring, "bands": data["bands"]}

    @staticmethod
    def values(definition: dict[str, Any]) -> dict[str, Any]:
        """What the definition says now."""
        scoring = definition.get("scoring") or {}
        names = {"yes": "oui", "no": "non"}
        lines = [
            f"{item} : " + " ; ".join(f"{names.get(k, k)} = {v}" for k, v in row.items())
            for item, row in (scoring.get("table") or {}).items()
        ]
        bands = [f"{b['low']} à {b['high']} = {b['label']}" for b in definition.get("bands") or []]
        return {
            **{name: scoring[name] for name in ("kind", "constant", "multiplier", "decimals") if name in scoring},
            "complete_only": scoring.get("complete_only", True),
            "table": "\n".join(lines),
            "bands": "\n".join(bands),
        }
