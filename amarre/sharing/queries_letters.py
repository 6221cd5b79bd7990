"""Reads of letters: those of a case, those of the person, the templates, and what each still lacks.

Read by the doors. Who sees which rows is said by `visible_to`. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.core import word
from amarre.core.actor import Actor
from amarre.core.word import Value
from amarre.sharing import letter_words as words
from amarre.sharing.models import Letter, LetterFile, LetterTemplate, Transmission
from amarre.sharing.states import TransmissionState
from amarre.sharing.states_letters import LetterFormat

if TYPE_CHECKING:
    from amarre.cases.models import Case

BUILT_IN = "fourni"
"""The key of the built-in letter, in forms."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to make a letter (a template, or the built-in one), and what it still lacks."""

    template: LetterTemplate | None
    missing: tuple[str, ...]

    @property
    def key(self) -> str:
        """For a form."""
        return str(self.template.pk) if self.template else BUILT_IN

    @property
    def label(self) -> str:
        """In words."""
        return f"{self.template.name} (Word)" if self.template else "Modèle fourni (PDF)"


def letters_of(actor: Actor, case: Case) -> list[Letter]:
    """Every letter of a case, the newest first."""
    rows = Letter.objects.visible_to(actor).filter(case=case)
    return list(rows.select_related("made_by", "template").defer("template__content"))


def letters_that_carry(actor: Actor, transmission: Transmission) -> list[Letter]:
    """Those that were made of a transmission, the newest first."""
    return list(Letter.objects.visible_to(actor).filter(transmission=transmission).select_related("made_by"))


def my_letters(actor: Actor) -> list[Letter]:
    """What was written to the person, or sent with their agreement, the newest first."""
    return list(Letter.objects.visible_to(actor))


def file_of(actor: Actor, letter: Letter) -> bytes | None:
    """What a letter is."""
    kept = LetterFile.objects.visible_to(actor).filter(letter=letter).first()
    return kept.body if kept else None


def is_word(letter: Letter) -> bool:
    """Whether it may be edited, and asked for as a PDF."""
    return letter.format == LetterFormat.DOCX


def to_carry(actor: Actor, case: Case) -> list[Transmission]:
    """Transmissions of a case that may still be put on paper, the newest first."""
    rows = Transmission.objects.visible_to(actor).filter(case=case, state=TransmissionState.SENT)
    return list(rows.filter(visible_until__gte=timezone.localdate()))


def templates(actor: Actor) -> list[LetterTemplate]:
    """Those that are proposed, without their bytes."""
    rows = LetterTemplate.objects.visible_to(actor).filter(active=True)
    return list(rows.select_related("by").defer("content"))


def choices(actor: Actor, kind: str, values: Mapping[str, Value]) -> list[Choice]:
    """How a letter may be made, and what each way still lacks: the service's own templates first."""
    rows = LetterTemplate.objects.visible_to(actor).filter(active=True, purpose=kind).defer("content")
    found = [Choice(row, word.gaps(row.asks, values)) for row in rows]
    return [*found, Choice(None, word.gaps(words.BUILT_IN, values))]


def told(values: Mapping[str, Value], kind: str) -> list[tuple[words.Variable, str]]:
    """Each variable of a kind of letter but its text, with what it stands for in this one."""
    text = ("contenu", "texte[]", "objet")
    return [(v, _said(values, v.name)) for v in words.VARIABLES if kind in v.kinds and v.name not in text]


def _said(values: Mapping[str, Value], name: str) -> str:
    found: Value = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return str(found) if isinstance(found, str) else ""


def writer(actor: Actor) -> Colleague:
    """Who writes."""
    return Colleague.objects.visible_to(actor).get(pk=actor.account_id)
