"""A page about a row writes its reading down, and so is counted: a new page cannot forget it."""

from __future__ import annotations

import pytest

from amarre.audit.models import Entry
from tests.cast import as_owner
from tests.matrix import MATRIX
from tests.web.test_matrix import path_of, signed_in, undone

pytestmark = pytest.mark.django_db
NOBODY_THERE = {
    "account": "a colleague's account, for who keeps accounts",
    "centre": "a centre",
    "collective_offer": "a line of the catalogue",
    "collective_material": "a poster of the service",
    "company": "a member company",
    "contact": "an employer's contact, at work",
    "directory": "partners and services, which everyone signed in reads",
    "establishment": "a workplace",
    "hours": "a colleague's hours, and nobody who is met then",
    "sheet": "a fact sheet, about nobody",
    "unit_item_nameless": "a form for words that name nobody",
    "settings": "the service's own words, grids and procedures",
    "vocabulary": "the service's own words",
    "term": "one of the service's own words",
    "crisis_number": "a telephone number for emergencies",
}


def test_a_page_about_somebody_is_a_reading() -> None:
    silent, looked_at = set(), 0
    for row in MATRIX:
        space, _, name = row.name.partition(":")
        code = row.somebody()
        if space != "staff" or not row.about or not code:
            continue
        with undone():
            answer = signed_in(code).get(path_of(row))
            with as_owner():
                written = Entry.objects.filter(outcome="read").exists()
        looked_at += 1
        if answer.status_code == 200 and not written:
            silent.add(name)
    assert {name for name in silent if not name.startswith(tuple(NOBODY_THERE))} == set()
    assert looked_at > 40
