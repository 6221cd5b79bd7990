"""People: written once, found by whatever one remembers, told apart, corrected without losing a colleague's words."""

from __future__ import annotations

import random
import string
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from amarre.audit.models import Entry
from amarre.core.actor import Actor
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.organisations.models import Establishment
from amarre.people import commands, queries
from amarre.people.models import Job, Person
from amarre.people.queries import letters_apart
from tests.cast import STAFF, actor

pytestmark = pytest.mark.django_db

WRITERS = {"claire", "bruno", "nadia", "theo", "zoe", "sophie", "marc"}
BORN = date(1979, 11, 7)


def make(someone: Actor, **said: Any) -> Person:
    return commands.create_person(actor=someone, **{"first_name": "Ève", "last_name": "Tanguy", **said})


def find(someone: Actor, words: str) -> list[str]:
    return [hit.person.full_name for hit in queries.search_people(someone, words)]


def person(someone: Actor, name: str = "Benali") -> Person:
    return Person.objects.visible_to(someone).get(last_name=name)


def workplace(someone: Actor) -> Establishment:
    return Establishment.objects.visible_to(someone).get(siret="73282932000074")


def lines(verb: str) -> list[Entry]:
    lea = actor("lea")
    with acting_as(lea):
        return [*Entry.objects.visible_to(lea).filter(verb=verb).order_by("id")]


@pytest.mark.parametrize("code", STAFF)
def test_every_staff_member_knows_identity_and_some_write_it(code: str) -> None:
    someone = actor(code)
    with acting_as(someone):
        assert person(someone).full_name == "Inès Benali"
        if code in WRITERS:
            assert make(someone).search == "tanguy eve"
            return
    with pytest.raises(NotAllowed), acting_as(someone):
        make(someone)
    assert [line.outcome for line in lines("person.create")] == ["refused"]


def test_a_passer_by_knows_nobody() -> None:
    passer_by = actor("passer_by")
    with acting_as(passer_by):
        assert queries.search_people(passer_by, "benali") == []
        assert queries.likely_duplicates(passer_by, last_name="Benali", phone="06 00 00 01 01") == []
    with pytest.raises(NotAllowed), acting_as(passer_by):
        make(passer_by)


def test_the_ledger_names_the_person_and_quotes_nothing() -> None:
    claire = actor("claire")
    with acting_as(claire):
        made = make(claire, phone="06 11 22 33 44", channel_note="après 17 h")
    (line,) = lines("person.create")
    assert (line.outcome, line.person_id) == ("done", made.pk)
    assert line.fields == ["channel_note", "first_name", "last_name", "phone"]
    assert "17" not in str(line.__dict__.get("reason"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"last_name": "  "}, "Il manque le nom"),
        ({"birth_date": date(1850, 1, 1)}, "naissance"),
        ({"birth_date": date.today() - timedelta(days=365)}, "naissance"),
        ({"phone": "12 34"}, "trop court"),
        ({"channel": "email"}, "moyen préféré"),
        ({"channel": "sms"}, "moyen préféré"),
        ({"channel": "phone", "phone": "0611223344", "do_not_call": True}, "se contredisent"),
    ],
)
def test_the_trade_says_no_with_a_sentence(said: dict[str, Any], sentence: str) -> None:
    claire = actor("claire")
    with pytest.raises(Refused, match=sentence), acting_as(claire):
        make(claire, **said)
    with acting_as(claire):
        assert not Person.objects.visible_to(claire).filter(first_name="Ève").exists()
    assert [line.outcome for line in lines("person.create")] == ["refused"]


def test_a_failure_leaves_no_line_of_success() -> None:
    claire = actor("claire")
    with pytest.raises(Exception, match="too long"), acting_as(claire):
        make(claire, last_name="x" * 100)
    assert lines("person.create") == []


def test_somebody_is_corrected_and_found_by_the_new_name() -> None:
    claire = actor("claire")
    with acting_as(claire):
        ines = person(claire)
        commands.edit_person(
            actor=claire, person=ines, last_name="Benali-Roche", first_name="Inès", phone="+33 6 12 34 56 78"
        )
        assert find(claire, "roche") == find(claire, "0612345678") == ["Inès Benali-Roche"]
        assert find(claire, "06 00 00 01 01") == []


def test_a_colleague_s_correction_is_never_overwritten_unseen() -> None:
    claire, sophie = actor("claire"), actor("sophie")
    with acting_as(claire):
        read = person(claire)
        version = read.version
    with acting_as(sophie):
        commands.edit_person(
            actor=sophie,
            person=person(sophie),
            last_name="Benali",
            first_name="Inès",
            do_not_call=True,
            phone="0600000101",
        )
    with pytest.raises(commands.Changed) as conflict, acting_as(claire):
        commands.edit_person(actor=claire, person=read, last_name="Benali", first_name="Inès", version=version)
    assert conflict.value.person.do_not_call
    with acting_as(claire):
        assert person(claire).do_not_call
        current = person(claire).version
        commands.edit_person(actor=claire, person=read, last_name="Benali", first_name="Ines", version=current)
        assert person(claire).version not in (version, current)


@pytest.mark.parametrize(
    "words",
    [
        *("benali", "BEN", "inès", "ines benali", "Benali Inès", "benaly", "benali  "),
        *("06 00 00 01 01", "0600", "+33 6 00 00 01 01"),
        *("benali conserverie", "ines montreuil"),
    ],
)
def test_somebody_is_found_by_whatever_one_remembers(words: str) -> None:
    claire = actor("claire")
    with acting_as(claire):
        assert "Inès Benali" in find(claire, words)


@pytest.mark.parametrize(
    "words", ["", "  ", "xyzzyq", "benali nanterre", "99 99 99", "%", "_____", "ines@nulle-part.example"]
)
def test_nobody_is_found_by_what_is_not_theirs(words: str) -> None:
    claire = actor("claire")
    with acting_as(claire):
        assert "Inès Benali" not in find(claire, words)


def test_an_e_mail_is_found_by_its_beginning_whatever_its_case() -> None:
    claire = actor("claire")
    with acting_as(claire):
        make(claire, email="Eve.Tanguy@Courriel.Example")
        assert find(claire, "EVE.tanguy@") == ["Ève Tanguy"]


def test_homonyms_are_told_apart_by_employer() -> None:
    claire = actor("claire")
    with acting_as(claire):
        other = make(claire, first_name="Inès", last_name="Benali", birth_date=date(1990, 1, 1))
        hits = queries.search_people(claire, "ines benali")
    assert {(h.person.pk == other.pk, h.employer) for h in hits} == {
        (True, ""),
        (False, "Conserverie de l'Anse, Montreuil"),
    }


def test_the_employer_shown_is_the_one_of_now() -> None:
    claire = actor("claire")
    with acting_as(claire):
        ines = person(claire)
        job = Job.objects.visible_to(claire).get(person=ines)
        commands.edit_job(actor=claire, job=job, title=job.title, since=job.since, until=timezone.localdate())
        assert queries.employers(claire, [ines]) == {ines.pk: "Conserverie de l'Anse, Montreuil"}


def test_a_search_costs_the_same_whatever_it_finds(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    claire = actor("claire")
    with acting_as(claire):
        for number in range(30):
            made = make(claire, first_name=f"Ève{number}")
            commands.add_job(actor=claire, person=made, establishment=workplace(claire))
        with django_assert_max_num_queries(2):
            assert len(queries.search_people(claire, "tanguy")) == 25


def test_jobs_are_added_once_and_end() -> None:
    claire = actor("claire")
    with acting_as(claire):
        made = make(claire)
        job = commands.add_job(actor=claire, person=made, establishment=workplace(claire), since=date(2020, 1, 1))
    assert lines("job.add")[-1].person_id == made.pk
    with pytest.raises(Refused, match="déjà sur la fiche"), acting_as(claire):
        commands.add_job(actor=claire, person=made, establishment=workplace(claire))
    with pytest.raises(Refused, match="finir avant"), acting_as(claire):
        commands.edit_job(actor=claire, job=job, since=date(2020, 1, 1), until=date(2019, 1, 1))
    alex = actor("alex")
    with pytest.raises(NotAllowed), acting_as(alex):
        commands.add_job(actor=alex, person=made, establishment=workplace(alex))
    with pytest.raises(NotAllowed), acting_as(alex):
        commands.edit_job(actor=alex, job=job)
    with acting_as(claire):
        commands.edit_job(actor=claire, job=job, since=date(2020, 1, 1), until=date(2024, 1, 1))
        again = commands.add_job(actor=claire, person=made, establishment=workplace(claire))
    assert again.pk != job.pk


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ({"phone": "+33 6 00 00 01 01"}, ("même téléphone",)),
        ({"last_name": "BENALI", "first_name": "ines"}, ("même nom",)),
        ({"last_name": "Inès", "first_name": "Benali"}, ("même nom",)),
        ({"last_name": "Bénaly", "first_name": "Ines"}, ("nom très proche",)),
        ({"last_name": "Benail", "first_name": "Inès", "phone": "0600000101"}, ("même téléphone", "nom très proche")),
        ({"last_name": "Benoit", "first_name": "Irène"}, None),
        ({"last_name": "Benali", "first_name": ""}, None),
        ({}, None),
    ],
)
def test_somebody_known_is_recognised_with_reasons(said: dict[str, str], reasons: tuple[str, ...] | None) -> None:
    claire = actor("claire")
    with acting_as(claire):
        hits = queries.likely_duplicates(claire, **said)
    known = {hit.person.last_name: hit.reasons for hit in hits}
    assert known.get("Benali") == reasons


def test_a_birth_date_confirms_or_parts() -> None:
    claire = actor("claire")
    with acting_as(claire):
        make(claire, birth_date=BORN)
        same = queries.likely_duplicates(claire, first_name="Eve", last_name="Tangy", birth_date=BORN)
        other = queries.likely_duplicates(claire, first_name="Eve", last_name="Tangy", birth_date=date(1960, 1, 1))
        oneself = queries.likely_duplicates(claire, first_name="Eve", last_name="Tanguy", besides=same[0].person)
    assert [hit.reasons for hit in same] == [("nom très proche", "même date de naissance")]
    assert other == oneself == []


def wrong(text: str, chance: random.Random, times: int) -> str:
    """Letters lost, added, changed or swapped."""
    letters = list(text)
    for _ in range(times):
        place = chance.randrange(len(letters) - 1)
        act = chance.choice(("lose", "add", "change", "swap"))
        if act == "lose" and len(letters) > 3:
            del letters[place]
        elif act == "add":
            letters.insert(place, chance.choice(string.ascii_lowercase))
        elif act == "swap":
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        else:
            letters[place] = chance.choice(string.ascii_lowercase)
    return "".join(letters)


@pytest.mark.slow
def test_nineteen_duplicates_in_twenty_are_proposed() -> None:
    """Goal U13: same telephone, e-mail, or name and birth date with up to two wrong letters; 500 pairs."""
    claire, chance = actor("claire"), random.Random(13)
    syllables = ["ba", "cou", "der", "fi", "gou", "jar", "lan", "mon", "pel", "quen", "rou", "ta", "vi", "zar"]

    def name(least: int) -> str:
        return "".join(chance.choices(syllables, k=chance.randint(least, 3))).title()

    found = 0
    with acting_as(claire):
        for number in range(500):
            said = {
                "first_name": name(2),
                "last_name": name(2),
                "phone": f"06{number:08d}",
                "email": f"p{number}@x.example",
            }
            born = date(1960, 1, 1) + timedelta(days=chance.randrange(16_000))
            made = make(claire, **said, birth_date=born)
            way = number % 3
            again: dict[str, Any] = {"phone": said["phone"]} if way == 0 else {"email": said["email"].upper()}
            if way == 2:
                misspelt = {part: wrong(said[part], chance, 1) for part in ("first_name", "last_name")}
                again = {**misspelt, "birth_date": born}
            hits = queries.likely_duplicates(claire, **again)
            found += any(hit.person.pk == made.pk for hit in hits)
    assert found >= 475


words = st.text("abcdeé -", max_size=10)


@given(words, words)
def test_the_distance_is_one(one: str, other: str) -> None:
    apart = letters_apart(one, other)
    assert apart == letters_apart(other, one)
    assert (apart == 0) == (one == other)
    assert 0 <= apart <= 3


@given(st.text("abcdef", min_size=4, max_size=12), st.integers(0, 2), st.randoms())
def test_two_wrong_letters_are_at_most_two_apart(text: str, times: int, chance: random.Random) -> None:
    assert letters_apart(text, wrong(text, chance, times)) <= times + 1, "a swap after another act may count double"
