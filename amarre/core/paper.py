"""Papers: tagged PDFs (PDF/UA-1) out of facts and a room's own templates, the same bytes for the same facts.

Read by the rooms that hand something over on paper, each with its folder of templates. Pure code: must not know models,
the database, requests, nor what a paper says. What people typed reaches the templates as JSON, never as their source;
the compiler sees the room's templates, `base.typ` beside them, and the fonts of its own wheel, nothing of the machine.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import typst

NBSP, NNBSP = "\u00a0", "\u202f"
_SHARED = Path(__file__).parent / "data" / "paper"

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_CENT, _TOO_MUCH = Decimal("0.01"), Decimal(10**12)
_ENDLESS = re.compile(r"(\S{28})(?=[^\s\u0300-\u036f])")
_TIED = re.compile(r"(?<=\d) (?=[h€%](?!\w))|(?<=[\w)»]) (?=[;:!?»])|(?<=«) (?=\w)")
_MISSING = "could not be displayed"
# What the wheel's fonts hold: letters from Latin to Arabic, signs, arrows; then the least that French needs.
_UNSURE = re.compile(
    "[^ -\u02ff\u0370-\u03ff\u0400-\u04ff\u0531-\u05f4\u0621-\u063a\u0641-\u0652\u1e00-\u1eff\u2010-\u203e\u20a0-\u20bf"
    "\u2190-\u22ff\u25a0-\u25ff\u2610\u2611\u200b]"
)
_RARE = re.compile("[^ -~\u00a0-\u00ffŒœŸ‘’“”–—…€□\u202f\u200b]")
_INEXACT = f"Un montant n’est pas exact, ou il est trop grand{NNBSP}: saisissez-le en euros et centimes, comme 1234,56."


class Unprintable(ValueError):
    """Facts that cannot be put on paper; the message says why and how to mend it, in French."""


def day(when: date, *, seen_from: date | None = None) -> str:
    """« 1er décembre 2026 »; without its year when read in the same one."""
    year = [] if seen_from and seen_from.year == when.year else [str(when.year)]
    return NBSP.join(["1er" if when.day == 1 else str(when.day), _MONTHS[when.month - 1], *year])


def long_day(when: date) -> str:
    """« mercredi 1er décembre 2027 »."""
    return f"{_DAYS[when.weekday()]}{NBSP}{day(when)}"


def euros(amount: Decimal) -> str:
    """« 1 234,56 € »: narrow spaces between thousands, a real minus. Raises `Unprintable` for a float."""
    if not isinstance(amount, Decimal) or not amount.is_finite() or abs(amount) >= _TOO_MUCH:
        raise Unprintable(_INEXACT)
    cents = amount.quantize(_CENT, ROUND_HALF_UP)
    written = f"{abs(cents):,f}".replace(",", NNBSP).replace(".", ",")
    return f"{'−' if cents < 0 else ''}{written}{NBSP}€"


def phone(number: str) -> str:
    """« 01 49 33 00 12 », on one line; a number of another shape as it was typed."""
    bare = re.sub(r"[\s.-]", "", number)
    return NBSP.join(re.findall("..", bare)) if re.fullmatch(r"0\d{9}", bare) else number


def pdf(folder: Path, template: str, facts: Mapping[str, Any]) -> bytes:
    """Compile as typed if the fonts can: a PDF/UA has no letter without a drawing, so what they lack becomes □."""
    data = json.dumps(_ready(facts), ensure_ascii=False)
    for unsure in (_UNSURE, _RARE):
        try:
            return _compile(folder, template, data)
        except typst.TypstError as error:
            if _MISSING not in error.message:
                raise
            data = unsure.sub("□", data)
    return _compile(folder, template, data)


def _ready(value: Any) -> Any:
    """Facts as a template reads them: dates and amounts in French, no character that no printer shows."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", "\n".join(value.splitlines()))
        seen = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN)
        return _ENDLESS.sub("\\1\u200b", _TIED.sub(NBSP, seen))
    if isinstance(value, Mapping):
        return {name: _ready(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_ready(part) for part in value]
    if isinstance(value, float):
        raise Unprintable(_INEXACT)
    if isinstance(value, Decimal):
        return euros(value)
    return day(value) if isinstance(value, date) else value


def _compile(folder: Path, template: str, data: str) -> bytes:
    """Templates are given as bytes, the shared one among a room's own; the folder is all that the compiler may read."""
    sources = {path.name: path.read_bytes() for place in (_SHARED, folder) for path in place.glob("*.typ")}
    files: Any = {"main": sources.pop(template), **sources}  # its stubs know of one file only
    made: bytes = typst.compile(
        files,
        root=folder,
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    return made
