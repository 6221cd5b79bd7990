"""A wish for an action: its need in one's own words, when, for how many.

Read by the views beside. Whether it names somebody is the command's to say.
"""

from __future__ import annotations

from django import forms

from amarre.web.employer.forms import ContactForm
from amarre.web.ui.plain_fields import LineField, TextField

_MOST_PEOPLE = 2_000
_NUMBER = f"Écrivez un nombre entre 1 et {_MOST_PEOPLE}."


class AskForm(ContactForm):
    """In one's own words; the rest may wait."""

    need = TextField(
        label="Que souhaitez-vous, et pourquoi\u202f?",
        most=4_000,
        help_text="Avec vos mots. Parlez d’un groupe\u00a0: aucun nom, aucun numéro.",
        error_messages={"required": "Écrivez ce que vous souhaitez."},
    )
    wished = LineField(
        label="Quand, à peu près\u202f?",
        most=120,
        required=False,
        help_text="Un mois, un jour de la semaine, un moment calme.",
    )
    expected = forms.IntegerField(
        label="Pour combien de personnes, à peu près\u202f?",
        required=False,
        min_value=1,
        max_value=_MOST_PEOPLE,
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
        error_messages={"invalid": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    )
