"""How big the fictional service is. The demonstration and the measures differ by this alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of one fictional service. `open_cases` says how many each worker accompanies, others get `open_each`.

    `plans`: how many cases that chance made have a plan too; the hand-written ones always do.
    """

    companies: int
    establishments: int
    people: int
    cases: int
    years: int
    open_each: int
    handled: int
    reopened: int
    anonymous: int
    plans: int = 0
    open_cases: Mapping[str, int] = field(default_factory=dict)
    open_copies: int = 1
    seed: int = 2026


DEMO = Size(
    companies=100,
    establishments=180,
    people=1_000,
    cases=200,
    years=3,
    open_each=6,
    handled=24,
    reopened=8,
    anonymous=4,
    plans=7,
    open_cases={"claire": 22, "nadia": 15, "bruno": 12, "theo": 13, "zoe": 0, "max": 0},
)
