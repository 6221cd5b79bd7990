"""Reading answers and scoring them: exact numbers, and no score rather than a false one.

Read by `plans.instruments`. Every answer goes through `read_answer` before it counts: a value that the question does
not offer raises `BadAnswer`. Must not know who answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from amarre.plans.instruments_model import (
    REFUSED,
    BadAnswer,
    Grid,
    Item,
    ItemKind,
    Result,
    Scoring,
    ScoringKind,
    Subscale,
    Value,
)

LONGEST_TEXT = 4_000
_LARGEST = 1_000_000
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_YES = {"yes", "oui", "true", "1", "on"}
_NO = {"no", "non", "false", "0"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_answer(item: Item, raw: object) -> Value:
    """The answer in a form's text or a JSON value; None when there is none. Raises `BadAnswer`."""
    if isinstance(raw, list | tuple):
        given = [value for value in raw if not _is_blank(value)]
        if REFUSED in given and len(given) > 1:
            raise _bad(item, "on ne peut pas répondre et refuser de répondre à la fois")
        if item.kind is ItemKind.MULTIPLE and given and given != [REFUSED]:
            return _several(item, given)
        if len(given) > 1:
            raise _bad(item, "une seule réponse est possible")
        raw = given[0] if given else None
    if raw is None or _is_blank(raw):
        return None
    if isinstance(raw, str) and raw.strip() == REFUSED:
        return REFUSED
    return _READERS[item.kind](item, raw)


def read_answers(grid: Grid, raw: Mapping[str, object]) -> dict[int, Value]:
    """The answers to a whole grid, named by number or by code (« 1 », « F01 », « 1.3.2.1 »). Raises `BadAnswer`."""
    numbers = {item.code: item.number for item in grid.items} | {str(i.number): i.number for i in grid.items}
    found: dict[int, Value] = {}
    for name, value in raw.items():
        number = numbers.get(name)
        if number is None:
            raise BadAnswer(f"La question « {name[:40]} » n’existe pas dans la grille « {grid.short} ».")
        if number in found:
            raise BadAnswer(f"La question {number} a deux réponses ; gardez-en une.")
        found[number] = read_answer(grid.item(number), value)
    return found


def _bad(item: Item, why: str) -> BadAnswer:
    return BadAnswer(f"Question {item.number} : {why}.")


def _is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _whole(item: Item, raw: object) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return int(raw)
    raise _bad(item, "il faut un nombre entier, sans virgule ni lettre")


def _yes_no(item: Item, raw: object) -> Value:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower() if isinstance(raw, str) or raw in (0, 1) else ""
    if word in _YES | _NO:
        return word in _YES
    raise _bad(item, "il faut répondre par oui ou par non (true ou false dans un fichier)")


def _choice(item: Item, raw: object) -> int:
    value = _whole(item, raw)
    if value not in item.values:
        offered = ", ".join(str(choice.points) for choice in item.choices)
        raise _bad(item, f"cette réponse n’est pas proposée ; au choix : {offered}")
    return value


def _bounded(item: Item, raw: object) -> Value:
    low = -_LARGEST if item.low is None else item.low
    high = _LARGEST if item.high is None else item.high
    value = _whole(item, raw)
    if not low <= value <= high:
        raise _bad(item, f"la réponse doit être entre {low} et {high}")
    return value


def _text(item: Item, raw: object) -> Value:
    if not isinstance(raw, str):
        raise _bad(item, "il faut un texte")
    if len(raw) > LONGEST_TEXT:
        raise _bad(item, f"ce texte dépasse {LONGEST_TEXT} caractères ; raccourcissez-le")
    if _UNWRITABLE.search(raw):
        raise _bad(item, "ce texte contient un caractère qui ne s’écrit pas ; retapez-le")
    return raw.strip()


def _several(item: Item, raw: object) -> Value:
    values = {_choice(item, value) for value in (raw if isinstance(raw, list) else [raw])}
    return tuple(value for value in item.values if value in values)


_READERS: dict[ItemKind, Callable[[Item, object], Value]] = {
    ItemKind.YES_NO: _yes_no,
    ItemKind.CHOICE: _choice,
    ItemKind.SCALE: _bounded,
    ItemKind.NUMBER: _bounded,
    ItemKind.TEXT: _text,
    ItemKind.MULTIPLE: _several,
}


def _values(grid: Grid, answers: Mapping[int, object]) -> dict[int, Value]:
    return {item.number: read_answer(item, answers.get(item.number)) for item in grid.items}


def _shown(grid: Grid, values: Mapping[int, Value]) -> list[Item]:
    found: dict[int, Item] = {}
    for item in grid.items:
        if item.shown_if is None or (item.shown_if[0] in found and _meets(values[item.shown_if[0]], item.shown_if[1])):
            found[item.number] = item
    return list(found.values())


def _meets(value: Value, accepted: tuple[int, ...]) -> bool:
    """Whether an answer is one of those that a condition waits for; a refusal never is."""
    if isinstance(value, tuple):
        return bool(set(value) & set(accepted))
    return isinstance(value, int) and int(value) in accepted


def asked(grid: Grid, answers: Mapping[int, object]) -> list[Item]:
    """The questions to ask, given what is answered so far; sensitive ones included."""
    return _shown(grid, _values(grid, answers))


def progress(grid: Grid, answers: Mapping[int, object]) -> tuple[int, int]:
    """How many of the required questions are dealt with, of how many; a refusal is dealt with."""
    values = _values(grid, answers)
    required = [item.number for item in _shown(grid, values) if item.required]
    return sum(values[number] is not None for number in required), len(required)


def urgent(grid: Grid, answers: Mapping[int, object]) -> bool:
    """Whether some answer calls the urgent protocol, even to a question that is no longer asked."""
    values = _values(grid, answers)
    return any(_at_least(values[item.number], item.urgent_from) for item in grid.items)


def _at_least(value: Value, threshold: int | None) -> bool:
    if threshold is None or value is None or isinstance(value, str):
        return False
    return max(value) >= threshold if isinstance(value, tuple) else value >= threshold


def score(grid: Grid, answers: Mapping[int, object]) -> Result:
    """What the answers amount to; an answer to a question that is not asked counts for nothing."""
    values = _values(grid, answers)
    shown = _shown(grid, values)
    known = {item.number: value for item in shown if (value := values[item.number]) not in (None, REFUSED)}
    complete = all(item.number in known for item in shown if item.required)
    asked_numbers = {item.number for item in shown}
    total = _total(grid.scoring, asked_numbers, known)
    band = grid.band_of(total) if total is not None else None
    return Result(
        score=total,
        band=band.code if band else None,
        band_label=band.label if band else "",
        complete=complete,
        subscores={s.code: _subscore(s, asked_numbers, known) for s in grid.scoring.subscales},
        flags=_flags(grid, known),
    )


def _total(scoring: Scoring, asked_numbers: Iterable[int], known: Mapping[int, Value]) -> Decimal | int | None:
    if scoring.kind not in (ScoringKind.SUM, ScoringKind.TABLE):
        return None
    wanted = set(scoring.items) & set(asked_numbers)
    counted = [number for number in scoring.items if number in wanted and number in known]
    if not counted or (scoring.complete_only and len(counted) < len(wanted)):
        return None
    worth = {number: dict(values) for number, values in scoring.table}
    points = [worth[n][_points(known[n])] if worth else Decimal(_points(known[n])) for n in counted]
    exact = scoring.constant + scoring.multiplier * sum(points, Decimal(0))
    kept = exact.quantize(Decimal(1).scaleb(-scoring.decimals), ROUND_HALF_UP)
    return kept if scoring.decimals else int(kept)


def _points(value: Value) -> int:
    """The points of an answer to a question that counts: those are all whole numbers, yes being 1."""
    if not isinstance(value, int):
        raise TypeError("only closed questions of one answer are counted")
    return int(value)


def _subscore(subscale: Subscale, asked_numbers: set[int], known: Mapping[int, Value]) -> int | None:
    """A count over what is answered, or a sum when every question of the sub-scale that is asked has its answer."""
    if subscale.counts is not None:
        given = [known[number] for number in subscale.items if number in known]
        return sum(value == subscale.counts for value in given) if given else None
    wanted = [number for number in subscale.items if number in asked_numbers]
    if not wanted or any(number not in known for number in wanted):
        return None
    return sum(_points(known[number]) for number in wanted)


def _flags(grid: Grid, known: Mapping[int, Value]) -> tuple[str, ...]:
    if grid.scoring.kind is not ScoringKind.FLAGS:
        return ()
    return tuple(item.code for item in grid.items if item.number in grid.scoring.items and known.get(item.number))
