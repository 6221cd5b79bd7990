"""What a person reads of the journal about themselves, by both walls; what they ask about their data; the answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client

from amarre.audit import commands
from amarre.audit.models import DataRequest, Entry
from amarre.audit.policy import TOLD_TO_THE_PERSON
from amarre.core.commands import REGISTRY, NotAllowed, Refused
from amarre.core.ledger import Line, write
from amarre.core.scope import acting_as
from amarre.people.models import Person
from tests.architecture.source import import_commands
from tests.cast import actor, as_owner, user

pytestmark = pytest.mark.django_db
import_commands()

WALLS = Path(commands.__file__).with_name("walls.sql")
SECRET = (
    "note.write", "note.edit", "note.open", "note.destroy", "note.read", "case.warn", "journal.read", "data.answer",
    "case.describe", "change.settle", "account.code_asked",
)  # fmt: skip


def key(name: str) -> int:
    with as_owner():
        return Person.objects.get(last_name=name).pk


def happens(code: str, verb: str, about: int | None, outcome: str = "done") -> None:
    who = actor(code)
    with acting_as(who):
        write(who, Line(verb=verb, outcome=outcome, subject="essai:1", person_id=about))


def told(code: str) -> list[tuple[str, str, str]]:
    """What somebody reads of the journal, in the two ways, which agree."""
    who = actor(code)
    with acting_as(who):
        behind = list(Entry._base_manager.order_by("id").values_list("pk", flat=True))
    with as_owner():
        seen = Entry.objects.visible_to(who).order_by("id")
        assert [row.pk for row in seen] == behind
        return [(row.verb, row.outcome, row.actor) for row in seen]


def test_the_list_is_the_same_in_both_walls() -> None:
    wall = re.search(r"create policy about_me .+? verb in \((.+?)\)\);", WALLS.read_text("utf-8"), re.S)
    assert wall
    assert tuple(re.findall(r"'([\w.]+)'", wall[1])) == TOLD_TO_THE_PERSON
    assert len(set(TOLD_TO_THE_PERSON)) == len(TOLD_TO_THE_PERSON)
    assert not set(TOLD_TO_THE_PERSON) & set(SECRET)
    assert not [verb for verb in TOLD_TO_THE_PERSON if verb.startswith(("note.", "account.", "journal.", "data."))]
    done = {verb for verb in TOLD_TO_THE_PERSON if not verb.endswith(".read")}
    assert done <= set(REGISTRY), "each is a command that exists"


@pytest.mark.parametrize("verb", [*TOLD_TO_THE_PERSON, *SECRET])
def test_a_person_is_told_the_declared_verbs_and_no_other(verb: str) -> None:
    happens("claire", verb, key("Benali"))
    happens("claire", verb, key("Benali"), "read")
    happens("claire", verb, key("Benali"), "refused")
    happens("claire", verb, key("Diarra"))
    happens("claire", verb, None)
    happens("ines", verb, key("Benali"))
    who = actor("claire").key
    assert told("ines") == ([(verb, "done", who), (verb, "read", who)] if verb in TOLD_TO_THE_PERSON else [])
    assert told("yanis") == ([(verb, "done", who)] if verb in TOLD_TO_THE_PERSON else [])
    for code in ("claire", "marc", "sophie", "hugo", "alex", "paul", "passer_by"):
        who_else = actor(code)
        with acting_as(who_else):
            assert not Entry.objects.visible_to(who_else).exists()
    with as_owner():
        assert Entry.objects.visible_to(actor("lea")).count() == 6


def test_nothing_of_what_the_privacy_officer_does_is_told() -> None:
    """Not even that they opened somebody's identity, to answer them or to look into something."""
    for verb in ("data.answer", "journal.read"):
        happens("lea", verb, key("Benali"))
    address = f"/pro/personnes/{key('Benali')}/"
    for code in ("lea", "claire"):
        client = Client()
        with transaction.atomic():
            client.force_login(user(code))
        assert client.get(address).status_code == 200
    assert told("ines") == [("person.read", "read", actor("claire").key)]


@pytest.mark.parametrize(("code", "door"), [("ines", "staff"), ("claire", "person"), ("claire", "machine")])
def test_nobody_writes_a_line_of_another_door(code: str, door: str) -> None:
    row = "insert into audit_entry (id, at, actor, user_id, door, verb, outcome, subject, fields, reason, request_id)"
    row += " values (1, now(), 'x', amarre_me(), %s, 'plan.read', 'read', '', '{}', '', '')"
    with acting_as(actor(code)), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(row, [door])
        cursor.execute(row, [str(actor(code).door)])


def ask(code: str = "ines", **said: Any) -> DataRequest:
    who = actor(code)
    with acting_as(who):
        return commands.ask_for_data(actor=who, **{"kind": "access", "name": "Inès Benali", **said})


def answer(request: DataRequest, words: str, code: str = "lea") -> DataRequest:
    who = actor(code)
    with acting_as(who):
        return commands.answer_about_data(actor=who, request=request, answer=words)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-01-31T10:00", date(2026, 2, 28)), ("2026-12-15T10:00", date(2027, 1, 15)),
        ("2028-01-30T10:00", date(2028, 2, 29)), ("2026-03-31T10:00", date(2026, 4, 30)),
        ("2026-05-05T10:00", date(2026, 6, 5)),
    ],
)  # fmt: skip
def test_the_answer_is_due_within_a_month(asked: str, due: date) -> None:
    with time_machine.travel(f"{asked}+00:00", tick=False):
        assert ask().due_on == due


def test_a_person_asks_the_privacy_officer_answers_and_the_person_reads() -> None:
    request = ask(words="  Tout.  ")
    assert (request.words, request.person_id) == ("Tout.", key("Benali"))
    answered = answer(request, " Voici. ")
    assert (answered.answer, answered.answered_by) == ("Voici.", actor("lea").user_id)
    ines = actor("ines")
    with acting_as(ines):
        assert "Voici." in [row.answer for row in DataRequest.objects.visible_to(ines)]
    for code in ("yanis", "claire", "marc", "alex"):
        who = actor(code)
        with acting_as(who):
            assert not DataRequest.objects.visible_to(who).filter(pk=request.pk).exists()


def test_what_is_refused_is_said() -> None:
    with pytest.raises(Refused, match="Dites ce qu’il faut corriger, avec vos mots"):
        ask(kind="correction", words=" ")
    first = ask()
    with pytest.raises(Refused, match=r"Vous l’avez déjà demandé\. La réponse arrive ici"):
        ask()
    ask(kind="correction", words="Mon nom s’écrit Benaly.")
    ask(kind="correction", words="Mon adresse aussi.")
    with pytest.raises(Refused, match=r"La réponse est vide\. Écrivez au moins une phrase"):
        answer(first, "  ")
    answer(first, "Voici.")
    with pytest.raises(Refused, match="Une réponse est déjà partie"):
        answer(first, "Encore.")
    assert ask().pk != first.pk, "answered, it may be asked again"


@pytest.mark.parametrize("code", ["claire", "marc", "alex", "sophie", "ines"])
def test_only_the_privacy_officer_answers(code: str) -> None:
    with pytest.raises(NotAllowed):
        answer(ask(), "Voici.", code)


def test_nobody_answers_themselves() -> None:
    row = "insert into audit_datarequest (id, person_id, name, kind, words, asked_at, due_on, answer, answered_at,"
    row += " answered_by) values (1, %s, 'x', 'access', '', now(), current_date, "
    with acting_as(actor("ines")), connection.cursor() as cursor:
        for rest in ("'\\x00', null, null)", "'\\x00', now(), amarre_me())", "null, now(), 1)"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(row + rest, [key("Benali")])
        cursor.execute(row + "null, null, null)", [key("Benali")])
