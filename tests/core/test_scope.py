"""The scope: the actor's database role, given back on exit; no actor, no row; no nesting; GET may only read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from amarre.audit.models import Entry
from amarre.cases.commands_notes import write_note
from amarre.cases.models import Case, Note
from amarre.core import commands
from amarre.core.actor import MACHINE
from amarre.core.ledger import Line, write
from amarre.core.scope import ScopeError, acting_as, afterwards, current_actor
from amarre.people.models import Person
from amarre.web.ui.scope import ScopeMiddleware, WriteOnGet
from tests.cast import PASSER_BY, actor, as_owner, user
from tests.rows import TODAY

pytestmark = pytest.mark.django_db


def held() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, coalesce(current_setting('amarre.actor', true), '')")
        role, key = cursor.fetchone()
    return str(role), str(key)


def test_the_scope_takes_the_door_s_role_and_gives_it_back() -> None:
    assert held() == ("amarre_app", "")
    for who, role in ((actor("claire"), "amarre_staff"), (PASSER_BY, "amarre_public"), (MACHINE, "amarre_machine")):
        with acting_as(who):
            assert held() == (role, who.key)
            assert current_actor() == who
        assert held() == ("amarre_app", "")
    assert current_actor() is None


def test_the_role_is_given_back_after_an_error_too() -> None:
    with pytest.raises(DatabaseError), acting_as(actor("claire")), connection.cursor() as cursor:
        cursor.execute("select 1/0")
    assert held() == ("amarre_app", "")
    with acting_as(actor("nadia")), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select 1/0")
    assert held() == ("amarre_app", "")


def test_without_an_actor_no_walled_table_opens() -> None:
    for model in (Person, Case, Note):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.count()


def test_scopes_do_not_nest_outside_the_tests(settings) -> None:
    settings.AMARRE_NESTED_SCOPES = False
    with acting_as(actor("claire")):
        with pytest.raises(ScopeError), acting_as(actor("nadia")):
            pass
        assert current_actor() == actor("claire")
    with acting_as(actor("nadia")):
        assert current_actor() == actor("nadia")


def test_an_act_needs_its_actor_s_own_scope() -> None:
    claire, nadia = actor("claire"), actor("nadia")
    with acting_as(claire):
        case = Case.objects.visible_to(claire).first()
    note = {"case": case, "kind": "note", "on": TODAY, "body": "x"}
    with pytest.raises(ScopeError):
        write_note(actor=claire, **note)
    with acting_as(nadia), pytest.raises(ScopeError):
        write_note(actor=claire, **note)
    with pytest.raises(ScopeError):
        afterwards(lambda: None)


def test_a_walled_row_is_written_by_a_command_and_by_nothing_else() -> None:
    claire = actor("claire")
    with acting_as(claire):
        note = Note.objects.visible_to(claire).filter(author_id=claire.user_id).first()
        assert note
        rows = Note.objects.visible_to(claire)
        for way in (
            note.save, note.delete, rows.delete, lambda: rows.update(place="x"),
            lambda: Note.objects.bulk_create([note]), lambda: Note.objects.bulk_update([note], ["place"]),
            lambda: Note.objects.create(case=note.case), lambda: Note.objects.get_or_create(case=note.case, place="x"),
        ):  # fmt: skip
            with pytest.raises(commands.WriteOutsideCommand):
                way()


def answered(path: str, view: Callable[[HttpRequest], HttpResponse], method: str = "get") -> HttpResponse:
    """A view of ours, run by the middleware as the staff door runs it, for Claire."""
    request = getattr(RequestFactory(), method)(path)
    request.user, request.session = user("claire"), {}
    request.resolver_match = resolve(path)
    response = ScopeMiddleware(lambda request: HttpResponse(request.path)).process_view(request, view, (), {})
    assert response is not None
    return response


def test_a_get_that_writes_is_stopped_and_a_post_is_not() -> None:
    path = reverse("staff:day")

    def writing(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("update cases_note set place = 'x'")
        return HttpResponse()

    def quietly(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("with x as (update cases_note set place = 'y' returning 1) select * from x")
        return HttpResponse()

    def reading(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(Person.objects.visible_to(actor("claire")).count()))

    for bad in (writing, quietly):
        with pytest.raises(WriteOnGet):
            answered(path, bad)
    assert answered(path, reading).status_code == 200
    assert answered(path, writing, "post").status_code == 200


def test_a_failed_view_rolls_back_and_its_missing_page_is_written_down() -> None:
    path = reverse("staff:day")

    def failing(request: HttpRequest) -> HttpResponse:
        write(current_actor(), Line(verb="test.done"))
        raise Http404

    with pytest.raises(Http404):
        answered(path, failing, "post")
    with as_owner():
        assert not Entry.objects.filter(verb="test.done").exists()
        assert Entry.objects.filter(verb="page.day", outcome="missing").count() == 1
