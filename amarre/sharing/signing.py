"""A signature drawn on the screen: strokes of points, never a picture; what is not a number is refused.

Read by the commands and the doors. Must not know who signs.
"""

from __future__ import annotations

import json
from typing import Any

from amarre.core.commands import Refused

WIDTH, HEIGHT = 600, 200
_MOST_POINTS, _FEWEST_POINTS = 4_000, 8
_NOT_DRAWN = (ValueError, TypeError, OverflowError, RecursionError)


def _strokes(written: str) -> list[list[tuple[int, int]]]:
    """The strokes as whole points inside the frame. Raises `ValueError` for anything else."""
    found: Any = json.loads(written)
    if not isinstance(found, list):
        raise ValueError("not strokes")
    strokes = []
    for stroke in found:
        points = [(round(float(x)), round(float(y))) for x, y in stroke]
        if any(not (0 <= x <= WIDTH and 0 <= y <= HEIGHT) for x, y in points):
            raise ValueError("outside the frame")
        strokes.append(points)
    return strokes


def check_signature(written: str) -> str:
    """The strokes, written again by us. Raises `Refused` when there is no signature in what was sent."""
    if len(written) > 100_000:
        raise Refused("Cette signature est trop longue. Effacez-la et signez à nouveau.")
    try:
        strokes = _strokes(written)
    except _NOT_DRAWN:
        raise Refused("Il n’y a pas de signature. Signez dans le cadre, ou choisissez une autre façon.") from None
    if not _FEWEST_POINTS <= sum(map(len, strokes)) <= _MOST_POINTS:
        raise Refused("Il n’y a pas de signature. Signez dans le cadre, ou choisissez une autre façon.")
    return json.dumps([[list(point) for point in stroke] for stroke in strokes], separators=(",", ":"))


def paths(signature: str) -> list[str]:
    """SVG path data, one per stroke; a signature that cannot be drawn any more shows nothing, and breaks no page."""
    try:
        lines = [stroke for stroke in _strokes(signature) if stroke]
    except _NOT_DRAWN:
        return []
    return ["M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in lines]
