"""How a fixed sentence becomes the text that leaves: its holes filled with what may fill them, its length held.

Read by `core.notices`. Must not know whom a text goes to. Whatever a hole must not hold is left out here, whoever gave
it: a telephone and a reference hold no word, a moment none that would tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from amarre.core import sms
from amarre.core.notices_words import BODIES, FRENCH, SMS, SUBJECTS, TELLS, in_language

NOTHING: Mapping[str, str] = MappingProxyType({})
_NOT_A_MOMENT = re.compile(
    "[^A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u01530-9\u0621-\u063a\u0641-\u064a\u0660-\u0669"
    " \u00a0\u202f,.:'’()·–/\u060c-]"
)
_LONGEST, _LONGEST_MOMENT = 24, 60
_BETWEEN = re.compile(r"\[([^\[\]]*)\]")
_HOLE = re.compile(r"{(\w+)}")


def moment(text: str) -> str:
    """« mardi 1er décembre à 14 h 30 », as a room worded it: letters, digits, and no word that would tell."""
    said = _NOT_A_MOMENT.sub("", text)[:_LONGEST_MOMENT]
    while TELLS.search(said):  # what is left out may leave a word alone that was part of another
        said = TELLS.sub(" ", said)
    return said.strip()


_SLOTS: dict[str, Callable[[str], str]] = {
    "reference": lambda text: re.sub(r"[^A-Z0-9\-]", "", text)[:_LONGEST],
    "phone": lambda text: re.sub(r"[^0-9 +.]", "", text)[:_LONGEST].strip(),
    "when": moment,
    "when_fr": moment,
}


def sms_text(says: str, language: str, door: str, slots: Mapping[str, str] = NOTHING) -> str:
    """The short text: in the language, with the address and as much as fits; then in French; then without the address.

    `when` is in the reader's language: the French text has `when_fr`, or no moment. The address shows it.
    """
    texts = SMS[says]
    theirs, french = in_language(texts, language), in_language(texts, FRENCH)
    said = _clean({name: sms.plain(text) for name, text in slots.items()})
    moments = {theirs: said.get("when", ""), **({} if french == theirs else {french: said.get("when_fr", "")})}
    for text, when in moments.items():
        for whole in _shorter(text, when, said.get("phone", "")):
            if sms.fits(whole := f"{whole} {door}".strip()):
                return whole
    *_, shortest = candidates = list(_shorter(theirs, moments[theirs], ""))
    return next((whole for whole in candidates if sms.fits(whole)), shortest)


def mail_text(says: str, language: str, door: str, slots: Mapping[str, str] = NOTHING) -> tuple[str, str]:
    """Subject and body; whatever else was in a hole is left out."""
    body = _filled(in_language(BODIES[says], language), {"door": door, **_clean(slots)})
    return in_language(SUBJECTS[says], language), body


def _shorter(text: str, when: str, phone: str) -> Iterator[str]:
    """Everything, then without the telephone, then without the moment."""
    yield _filled(text, {"when": when, "phone": phone})
    yield _filled(text, {"when": when})
    yield _filled(text, {})


def _clean(slots: Mapping[str, str]) -> dict[str, str]:
    return {name: _SLOTS[name](text) for name, text in slots.items()}


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """Each hole filled; what stands between brackets goes with the hole that is empty."""
    kept = _BETWEEN.sub(lambda part: part[1] if all(slots.get(name) for name in _HOLE.findall(part[1])) else "", text)
    return kept.format(**slots)
