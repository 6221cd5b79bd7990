"""When a figure about a group may be shown, and to whom. The same minimums stand in `walls_functions.sql`.

Read by commands, queries and screens. Pure. Domain reference, § 6.2;
`docs/decisions/0025-collective-gate.md`.
"""

from __future__ import annotations

from amarre.collective.states import Share

INSIDE, OUTSIDE = 5, 11
"""The fewest answers behind a figure: on the service's screens, and outside the service."""
SMALL = 50
"""A workplace below this many employees, or of unknown size, is small."""


def is_discreet(*, sensitive: bool, for_managers: bool, employees: int | None) -> bool:
    """Whether nothing at all is counted: to come is to be seen, and in a small place everybody knows everybody.

    A training speaks to managers about their trade, not to those whom the theme touches.
    """
    return sensitive and not for_managers and (employees is None or employees < SMALL)


def share_of(favourable: int, answers: int) -> Share:
    """The band in which a share lies. Raises `ValueError` below the minimum: it may not even be computed."""
    if answers < INSIDE or not 0 <= favourable <= answers:
        raise ValueError("too few answers")
    tenths = 10 * favourable / answers
    if tenths >= 9:
        return Share.ALMOST_ALL
    if tenths >= 6:
        return Share.MOST
    if tenths >= 4:
        return Share.HALF
    return Share.SOME if tenths >= 1 else Share.FEW
