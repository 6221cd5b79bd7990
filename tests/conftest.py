"""Fixtures that every test may use: the worker's database, and somebody signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """The worker's database is there already (`tests.harness`)."""
    yield
