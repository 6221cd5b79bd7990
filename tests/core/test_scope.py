"""The scope: the actor's database role, given back on exit; no actor, no row."""

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.core.scope import acting_as
from amarre.people.models import Person
from tests.cast import actor

pytestmark = pytest.mark.django_db


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return str(cursor.fetchone()[0])


def test_the_scope_takes_the_door_s_role_and_gives_it_back() -> None:
    assert role() == "amarre_app"
    with acting_as(actor("claire")):
        assert role() == "amarre_staff"
    assert role() == "amarre_app"


def test_without_an_actor_no_walled_table_opens() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.count()
