"""A passer-by, and a clock that goes on: nobody is as fast as a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from tests.web.public.passerby import PasserBy


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """The hour of the test, which the test may move; each look at a page is not slowed down."""
    with time_machine.travel(datetime.now(UTC), tick=True) as coordinates:
        cache.clear()
        yield coordinates


@pytest.fixture
def somebody() -> PasserBy:
    return PasserBy()
