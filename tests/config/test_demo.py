"""The demonstration: loaded once, believable, fictional to the last digit, and the same every time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stdnum.fr import siren, siret

from amarre.accounts.models import User
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note, Situation
from amarre.cases.states import OPEN_STATES, State
from amarre.config import demo
from amarre.config.demo.cast import CAST, SPACES
from amarre.config.demo.colleagues import COLLEAGUES
from amarre.config.demo.service import make_service
from amarre.config.demo.size import Size
from amarre.config.demo.words import read, spoken, themes
from amarre.core.commands import loading
from amarre.core.models import Draft, Walled
from amarre.core.scope import acting_as
from amarre.core.sealed import SealedField
from amarre.core.text import digits, fold
from amarre.intake.models import Attempt, Solicitation, Statement
from amarre.intake.states import About, Source
from amarre.intake.states import State as Asked
from amarre.organisations.models import Company, Establishment, Term, Vocabulary
from amarre.people.models import Job, Person

WALLED = [model for model in apps.get_models() if issubclass(model, Walled)]
SMALL = Size(
    companies=12,
    establishments=20,
    people=200,
    cases=40,
    years=2,
    open_each=2,
    handled=6,
    reopened=1,
    anonymous=1,
    plans=3,
    open_cases={"claire": 8},
)
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def _empty() -> None:
    """Become the owner, in an empty database, for the time of a transaction."""
    tables = {model._meta.db_table for model in (*WALLED, User, Draft)}
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'amarre_owner', true)")
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate {', '.join(sorted(tables))} cascade")


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole demonstration, in a transaction that is thrown away at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        _empty()
        demo.load()
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("service")


def test_it_is_as_rich_as_promised() -> None:
    counted = {model: model._default_manager.count() for model in (Company, Establishment, Person, Case, Assignment)}
    assert counted == {Company: 100, Establishment: 180, Person: 1000, Case: 200, Assignment: 200}
    assert User.objects.filter(roles__contains=["social_worker"]).count() == 12
    assert Case.objects.dates("opened_at", "year").count() >= 3
    assert 3 <= Note.objects.count() / Case.objects.count() <= 12


def test_a_second_load_changes_nothing() -> None:
    assert not demo.is_empty()
    before = [model._default_manager.count() for model in WALLED]
    demo.load()
    assert [model._default_manager.count() for model in WALLED] == before


def test_it_is_refused_in_production(settings: Any) -> None:
    settings.AMARRE_ENV = "production"
    with pytest.raises(RuntimeError, match="démonstration"):
        demo.load()


def test_everybody_signs_in_with_the_password_that_is_told() -> None:
    emails = {player.email for player in (*CAST, *COLLEAGUES, *SPACES)}
    assert emails == set(User.objects.values_list("email", flat=True))
    assert User.objects.get(email="claire@demo.amarre.example").check_password(settings.AMARRE_DEMO_PASSWORD)


def test_every_row_would_pass_its_own_checks() -> None:
    """Bulk loading skips the models' checks of lengths, choices and shapes. Constraints are PostgreSQL's."""
    for model in (*WALLED, User):
        skipped = {f.name for f in model._meta.fields if isinstance(f, SealedField | models.ForeignKey)}
        for row in model._default_manager.all():
            unsaid = {f.name for f in model._meta.fields if f.value_from_object(row) in ("", None, [])}
            row.clean_fields(exclude=unsaid | skipped)


def test_identifiers_have_valid_keys_and_belong_to_nobody() -> None:
    for company in Company.objects.all():
        assert siren.is_valid(company.siren)
        assert company.siren.startswith("0000")
        assert company.search == fold(company.name)
    for place in Establishment.objects.select_related("company"):
        assert siret.is_valid(place.siret)
        assert place.siret.startswith(place.company.siren)
        assert place.search == fold(f"{place.company.name} {place.sign} {place.city}")


def test_numbers_and_addresses_are_fictional() -> None:
    phones = {p for p in Person.objects.values_list("phone", flat=True) if p}
    phones |= {p for pair in Solicitation.objects.values_list("phone", "requester_phone") for p in pair if p}
    assert {digits(phone)[:6] for phone in phones} == {"063998", "019900"}
    mails = {m for m in Person.objects.values_list("email", flat=True) if m}
    mails |= {m for pair in Solicitation.objects.values_list("email", "requester_email") for m in pair if m}
    mails |= set(User.objects.values_list("email", flat=True))
    assert all(mail.endswith(".example") for mail in mails)


def test_people_are_found_by_name_and_by_telephone() -> None:
    for model in (Person, Solicitation):
        for row in model._default_manager.all():
            assert row.search == fold(f"{row.last_name} {row.first_name}")
            assert row.phone_digits == digits(row.phone)


def test_cases_are_numbered_year_by_year_without_a_gap() -> None:
    by_year: dict[int, list[int]] = {}
    for case in Case.objects.order_by("opened_at"):
        _, year, number = case.number.split("-")
        assert int(year) == timezone.localtime(case.opened_at).year
        by_year.setdefault(int(year), []).append(int(number))
    for year, numbers in by_year.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        with connection.cursor() as cursor:
            cursor.execute("select next_case_number(%s)", [year])
            assert cursor.fetchone()[0] == len(numbers) + 1


def test_the_dates_of_a_case_agree() -> None:
    today = timezone.localdate()
    for row in Assignment.objects.select_related("case").prefetch_related("case__notes"):
        notes = list(row.case.notes.all())
        contacts = [n.on for n in notes if n.kind in ("interview", "call")]
        assert row.last_contact_on == max(contacts, default=None)
        assert row.opened_on == timezone.localtime(row.case.opened_at).date()
        assert all(row.opened_on <= n.on <= (row.closed_on or today) for n in notes)
        assert (row.state == State.CLOSED) == (row.closed_on is not None)
        assert row.opened_on.weekday() < 5


def test_states_follow_from_the_interviews() -> None:
    for row in Assignment.objects.filter(state__in=OPEN_STATES):
        held = Note.objects.filter(case_id=row.case_id, kind="interview").count()
        wanted = {0: {"taken"}, 1: {"first_interview_done"}}.get(held, {"in_progress", "on_hold"})
        assert row.state in wanted


def test_every_code_is_a_word_of_the_service() -> None:
    known = {(term.vocabulary, term.code) for term in Term.objects.all()}
    said: set[tuple[str, str]] = set()
    for row in Situation.objects.all():
        said |= {(Vocabulary.PROBLEM, code) for code in row.problems}
        said |= {(Vocabulary.MOMENT, row.moment), (Vocabulary.EMPLOYMENT, row.employment)}
        assert row.main_problem in row.problems
    for row in Closing.objects.all():
        said |= {(Vocabulary.OUTCOME, row.outcome), (Vocabulary.CLOSING_REASON, row.reason)}
        said |= {(Vocabulary.EMPLOYMENT, row.employment)} if row.employment else set()
    said |= {(Vocabulary.PLACE, place) for place in Note.objects.values_list("place", flat=True) if place}
    said |= {(Vocabulary.HANDOVER_REASON, r) for r in Membership.objects.values_list("reason", flat=True)}
    for row in Statement.objects.select_related("solicitation"):
        own = row.solicitation.source == Source.EMPLOYEE
        said |= {(Vocabulary.EMPLOYEE_REASON if own else Vocabulary.EMPLOYER_REASON, code) for code in row.reasons}
    said |= {(Vocabulary.REFUSAL_REASON, r) for r in Solicitation.objects.values_list("closing_reason", flat=True) if r}
    assert said <= known


def test_only_the_person_says_why() -> None:
    for row in Statement.objects.select_related("solicitation"):
        assert row.words is None or row.solicitation.source == Source.EMPLOYEE


def test_the_queue_holds_every_source_state_and_urgency() -> None:
    waiting = list(Solicitation.objects.filter(state__in=(*Asked.values[:4],)))
    assert 20 <= len(waiting) <= 30
    assert {row.source for row in waiting} == set(Source.values)
    assert {row.state for row in waiting} == {"received", "acknowledged", "awaiting_agreement", "accepted"}
    assert {row.urgency for row in waiting} == {"", "U1", "U2", "U3", "U4"}
    assert {row.centre.name for row in waiting} == {player.centre for player in CAST if player.centre} | {
        "Centre de Créteil"
    }
    assert [row.about for row in waiting].count(About.ADVICE) == 1
    twins = Counter((row.search, row.phone_digits) for row in waiting if row.search)
    assert sorted(twins.values())[-3:] == [1, 2, 2], "two may be the same as another, and no more"
    for row in waiting:
        tried = Attempt.objects.filter(solicitation=row)
        assert all(row.received_at <= attempt.at <= timezone.now() for attempt in tried)
        assert (row.state == Asked.ACCEPTED) == (
            row.source != Source.EMPLOYEE and tried.filter(result="agreed").exists()
        )


def test_ines_has_a_story_to_show() -> None:
    case = Case.objects.get(person__last_name="Benali", person__first_name="Inès")
    person = case.person
    assert person is not None
    job = Job.objects.get(person=person)
    assert (job.title, str(job.establishment)) == ("préparatrice de commandes", "Entrepôts de la Plaine, Saint-Denis")
    assert person.do_not_call
    assert "SMS" in person.channel_note
    members = {(m.user.name, m.role) for m in Membership.objects.filter(case=case).select_related("user")}
    assert members == {("Claire Kermadec", "lead"), ("Bruno Le Goff", "co_lead"), ("Zoé Marin", "trainee")}
    assert Note.objects.filter(case=case).count() >= 8
    assert Solicitation.objects.get(case=case).statement.words


def test_the_cast_has_its_cases() -> None:
    leads = Counter(Assignment.objects.filter(state__in=OPEN_STATES).values_list("lead__email", flat=True))
    assert leads["claire@demo.amarre.example"] == 22
    assert all(leads[f"{code}@demo.amarre.example"] >= 10 for code in ("nadia", "bruno", "theo"))
    assert (
        Case.objects.get(person__last_name="Diarra", person__first_name="Yanis").assignment.lead.name == "Nadia Ferhat"
    )
    assert Membership.objects.filter(role="trainee", user__name="Zoé Marin", tutor__name="Claire Kermadec").count() > 4
    assert Note.objects.filter(private=True).exists()
    assert Case.objects.filter(previous__isnull=False).count() >= 4
    assert LookBack.objects.filter(done_on=None, due_on__lt=timezone.localdate()).exists()
    assert Membership.objects.filter(role="stand_in", until__gte=timezone.localdate()).exists()


def test_second_episodes_are_of_the_same_person() -> None:
    for case in Case.objects.filter(previous__isnull=False).select_related("previous__assignment"):
        assert case.previous is not None
        assert case.person_id == case.previous.person_id
        assert case.previous.assignment.closed_on < case.assignment.opened_on


def test_the_walls_let_claire_read_her_cases_and_no_other() -> None:
    claire = User.objects.get(email="claire@demo.amarre.example").actor("TEST")
    with acting_as(claire):
        assert set(Case.objects.all()) == set(Case.objects.visible_to(claire))
        assert 30 < Case.objects.count() < 100
        assert all(note.body for note in Note.objects.visible_to(claire))
        assert Draft.objects.visible_to(claire).count() == 1


def test_the_first_pages_open_on_it() -> None:
    client = Client()
    client.force_login(User.objects.get(email="claire@demo.amarre.example"))
    ines = Case.objects.get(person__last_name="Benali", person__first_name="Inès")
    marek = Case.objects.get(person__last_name="Lis", person__first_name="Marek")
    pages = [reverse(f"staff:{name}") for name in ("day", "case_list", "request_list", "person_list", "company_list")]
    pages += [reverse("staff:case", args=[ines.pk]), reverse("staff:note_new", args=[marek.pk])]
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert "avis d’imposition" in client.get(pages[-1]).content.decode(), "the draft is there to be finished"


def test_sentences_agree_and_are_set_in_french() -> None:
    assert spoken("[Elle|Il] est [venue|venu] : « C'est dit », {nom} !", female=False, name="Lis") == (
        "Il est venu\u202f: «\u202fC’est dit\u202f», M. Lis\u202f!"
    )
    notes = list(Note.objects.all())
    bodies = [note.body for note in notes]
    assert not [body for body in bodies if re.search(r"[\[\]{}|']| [;:!?»]|« ", body)]
    interviews = [note.body for note in notes if note.kind == "interview"]
    assert len(set(interviews)) > len(interviews) * 0.85, "the corpus is varied enough"


def test_nothing_is_a_diagnosis() -> None:
    words = re.compile(
        r"\b(dépressi\w*|burn.?out|cancer\w*|sclérose|bipolaire|anxiété|pathologie|diagnosti\w*)\b", re.I
    )
    kinds = ("words", "summary", "first", "wish", "step", "follow", "end", "once")
    lines = [line for theme in themes().values() for kind in kinds for line in getattr(theme, kind)]
    lines += [note["body"] for story in read("stories")["stories"] for note in story["notes"]]
    assert [line for line in lines if words.search(line)] == []


_KEY = re.compile(r"\b\d{16,19}\b")
"""A key among what is sealed: news name the goals that they are about."""


def _told(size: Size) -> list[str]:
    """Everything that a load says, without keys and seals, nor the digests of links that are made of keys."""
    make_service(size, "amarre-demo", NOON)
    rows = []
    for model in WALLED:
        names = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.ForeignKey)]
        everything: Any = model._default_manager.all()
        rows += [
            f"{model.__name__} {[getattr(row, n) for n in names if n not in ('id', 'digest')]}" for row in everything
        ]
    return sorted(_KEY.sub("key", row) for row in rows)


def test_two_loads_on_one_day_say_the_same() -> None:
    told = []
    for _ in range(2):
        with transaction.atomic(), loading():
            _empty()
            told.append(_told(SMALL))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert len(told[0]) > 500
