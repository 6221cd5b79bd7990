"""Fixtures that every test may use: the worker's database, and one of one's own where commits are real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests import harness


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The worker's database is there already (`tests.harness`)."""


@pytest.fixture
def own_database(django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh copy of the template, without a transaction around the test; used instead of `django_db`."""
    held, name = connection.settings_dict["NAME"], f"{harness.WORKER_DATABASE}_own"
    harness.fresh_database(name)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        yield name
        connection.close()
        connection.settings_dict["NAME"] = held
