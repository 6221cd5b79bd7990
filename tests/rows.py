"""The rows of the tests' world: one of each thing that somebody may see and somebody else may not.

Read by `tests.cast`, which loads them once into the template, and by the tests that look for canaries. Every text
that is somebody's secret carries a canary, and `CANARIES` says who may read it: in anybody else's page it is a leak.
Names of people are no canary: identity is known to the whole staff.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from amarre.accounts.models import Colleague, User
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note, Situation
from amarre.config.demo.cast import CAST
from amarre.core.models import Draft, Notice
from amarre.core.text import digits, fold
from amarre.intake.models import Attempt, Solicitation, Statement
from amarre.intake.states import Source
from amarre.organisations.defaults import ensure_defaults
from amarre.organisations.models import Centre, Commune, Company, CrisisNumber, Establishment, Term
from amarre.people.models import Job, Person
from tests.rows_appointments import CANARIES as APPOINTMENT_CANARIES
from tests.rows_appointments import load_appointments
from tests.rows_collective import CANARIES as COLLECTIVE_CANARIES
from tests.rows_collective import load_collective
from tests.rows_contacts import CANARIES as CONTACT_CANARIES
from tests.rows_contacts import load_contacts
from tests.rows_directory import load_directory
from tests.rows_health import CANARIES as HEALTH_CANARIES
from tests.rows_health import load_health
from tests.rows_letters import CANARIES as LETTER_CANARIES
from tests.rows_letters import load_letters
from tests.rows_meetings import CANARIES as MEETING_CANARIES
from tests.rows_meetings import load_meetings
from tests.rows_partners import CANARIES as PARTNER_CANARIES
from tests.rows_partners import load_partners
from tests.rows_plans import CANARIES as PLAN_CANARIES
from tests.rows_plans import load_plans
from tests.rows_sharing import CANARIES as SHARING_CANARIES
from tests.rows_sharing import load_sent_to_employer, load_sharing
from tests.rows_watch import CANARIES as WATCH_CANARIES
from tests.rows_watch import load_watch

INES_CASE, YANIS_CASE, CLOSED_CASE, THEO_CASE, ANONYMOUS_CASE = (f"D-2025-{n:04d}" for n in (1, 2, 3, 4, 5))
LONG_AGO, TODAY = date(2025, 3, 3), timezone.localdate()
THEN = datetime(2025, 3, 3, 9, 30, tzinfo=UTC)

MONTREUIL_WORKERS = frozenset({"claire", "bruno", "nadia", "zoe"})
INES_MEMBERS = frozenset({"claire", "bruno", "zoe"})
STAFF = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
CANARIES: dict[str, frozenset[str]] = {
    "canari-note-ines": INES_MEMBERS,
    "canari-privee-bruno": frozenset({"bruno"}),
    "canari-situation-ines": INES_MEMBERS,
    "canari-consigne-ines": INES_MEMBERS,
    "canari-mots-ines": INES_MEMBERS,
    "canari-brouillon-claire": frozenset({"claire"}),
    "canari-note-yanis": frozenset({"nadia"}),
    "canari-privee-nadia": frozenset({"nadia"}),
    "canari-situation-yanis": frozenset({"nadia"}),
    "canari-note-close": frozenset({"bruno"}),
    "canari-joindre-odile": STAFF,
    "canari-bilan-clos": frozenset({"bruno"}),
    "canari-note-theo": frozenset({"theo"}),
    "canari-note-anonyme": frozenset({"nadia"}),
    "canari-mots-ouverts": MONTREUIL_WORKERS,
    "canari-mots-refuses": frozenset({"nadia"}),
    "canari-mots-nanterre": frozenset({"theo"}),
    **PLAN_CANARIES,
    **APPOINTMENT_CANARIES,
    **SHARING_CANARIES,
    **MEETING_CANARIES,
    **LETTER_CANARIES,
    **CONTACT_CANARIES,
    **COLLECTIVE_CANARIES,
    **WATCH_CANARIES,
    **HEALTH_CANARIES,
    **PARTNER_CANARIES,
}


@dataclass(frozen=True, slots=True)
class World:
    """What the makers below share."""

    users: dict[str, User]
    montreuil: Centre
    nanterre: Centre
    creteil: Centre

    def colleague(self, code: str) -> Colleague:
        """The account as its colleagues see it."""
        return Colleague.objects.get(pk=self.users[code].pk)


def load_rows(users: dict[str, User]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    montreuil, nanterre, creteil = (
        Centre.objects.get(name=f"Centre de {city}") for city in ("Montreuil", "Nanterre", "Créteil")
    )
    world = World(users, montreuil, nanterre, creteil)
    _words(world)
    people = _people(world)
    cases = _cases(world, people)
    _solicitations(world, people, cases)
    load_plans(world, people, cases)
    load_sharing(world, people, cases)
    load_health(world, people, cases)
    load_meetings(world, cases)
    load_letters(world, cases)
    load_directory(world)
    load_contacts(world)
    load_collective(world)
    load_sent_to_employer(world, cases["ines"])
    load_watch(world)
    Notice(kind="person", says="waiting", key="space", recipient="0" * 64, asked_on=LONG_AGO, at=THEN).save()
    load_partners(world, cases)
    load_appointments(world, people, cases)
    for code in ("claire", "nadia"):
        body = json.dumps({"back": "/pro/dossiers/1/note/", "values": {"body": [f"canari-brouillon-{code}"]}})
        key = users[code].actor().key
        Draft(owner=key, form="note:1", page=f"page-{code}", body=body, saved_at=timezone.now()).save()


def _words(world: World) -> None:
    """The service's own words; and one that passers-by read, one closed, one that is the staff's; numbers likewise."""
    ensure_defaults()
    for vocabulary, code, active in (
        ("employee_reason", "TEST_OPEN", True),
        ("employee_reason", "TEST_CLOSED", False),
        ("problem", "TEST_PROBLEM", True),
    ):
        Term(vocabulary=vocabulary, code=code, label=f"Mot d'essai {code}", active=active, position=900).save()
    for number, public, active in (("00 11", True, True), ("00 22", False, True), ("00 33", True, False)):
        CrisisNumber(number=number, label="Numéro d'essai", public=public, active=active, position=900).save()
    for centre in (world.montreuil, world.nanterre):
        Commune(centre=centre, name=centre.city, search=fold(centre.city), postcode=centre.postcode).save()


def _people(world: World) -> dict[str, Person]:
    company = Company(siren="732829320", name="Conserverie de l'Anse", search=fold("Conserverie de l'Anse"))
    company.save()
    workplace = Establishment(
        company=company, centre=world.montreuil, siret="73282932000074", city="Montreuil", postcode="93100",
        search=fold("Conserverie de l'Anse Montreuil"),
    )  # fmt: skip
    workplace.save()
    known = {}
    for code, first, last, phone in (
        ("ines", "Inès", "Benali", "06 00 00 01 01"),
        ("yanis", "Yanis", "Diarra", "06 00 00 01 02"),
        ("odile", "Odile", "Quentin", "06 00 00 01 03"),
        ("rosa", "Rosa", "Lemoine", "06 00 00 01 04"),
    ):
        known[code] = Person(
            first_name=first, last_name=last, phone=phone, phone_digits=digits(phone), do_not_call=code == "ines",
            search=fold(f"{last} {first}"), channel_note="canari-joindre-odile" if code == "odile" else None,
        )  # fmt: skip
        known[code].save()
        Job(person=known[code], establishment=workplace, title="Agent de conditionnement", since=LONG_AGO).save()
    return known


def _case(world: World, number: str, lead: str, centre: Centre, person: Person | None, **states: object) -> Case:
    worker = world.colleague(lead)
    case = Case(number=number, person=person, source="employee", opened_at=THEN, opened_by=worker)
    case.save()
    Membership(case=case, user=worker, role="lead", since=LONG_AGO, reason="TAKEN", named_by=worker).save()
    Assignment(
        case=case, number=number, centre=centre, lead=worker, opened_on=LONG_AGO, last_contact_on=LONG_AGO,
        **{"state": "in_progress", "urgency": "U3", **states},
    ).save()  # fmt: skip
    return case


def _note(world: World, case: Case, author: str, canary: str, *, private: bool = False) -> None:
    Note(
        case=case, author=world.colleague(author), kind="interview", mode="office", on=LONG_AGO, duration=50,
        body=f"Elle dit : {canary}.", private=private, written_at=THEN,
    ).save()  # fmt: skip


def _join(world: World, case: Case, user: str, role: str, named_by: str, **dates: object) -> None:
    Membership(
        case=case, user=world.colleague(user), role=role, reason="COVER", named_by=world.colleague(named_by),
        **{"since": LONG_AGO, **dates},
    ).save()  # fmt: skip


def _situation(case: Case, canary: str) -> None:
    Situation(
        case=case, main_problem="TEST_PROBLEM", problems=["TEST_PROBLEM"], summary=f"En bref : {canary}.",
        updated_at=THEN,
    ).save()  # fmt: skip


def _cases(world: World, people: dict[str, Person]) -> dict[str, Case]:
    ines = _case(world, INES_CASE, "claire", world.montreuil, people["ines"])
    ines.safety = "canari-consigne-ines"
    ines.save()
    _join(world, ines, "bruno", "co_lead", "claire")
    _join(world, ines, "zoe", "trainee", "claire", tutor=world.colleague("claire"))
    _note(world, ines, "claire", "canari-note-ines")
    _note(world, ines, "bruno", "canari-privee-bruno", private=True)
    _situation(ines, "canari-situation-ines")

    yanis = _case(world, YANIS_CASE, "nadia", world.montreuil, people["yanis"])
    _join(world, yanis, "max", "co_lead", "nadia")
    _note(world, yanis, "nadia", "canari-note-yanis")
    _note(world, yanis, "nadia", "canari-privee-nadia", private=True)
    _situation(yanis, "canari-situation-yanis")

    closed = _case(
        world, CLOSED_CASE, "bruno", world.montreuil, people["odile"], state="closed", closed_on=date(2025, 9, 1)
    )
    _join(world, closed, "claire", "stand_in", "bruno", until=date(2025, 4, 1))
    _note(world, closed, "bruno", "canari-note-close")
    Closing(
        case=closed, outcome="TEST", reason="TEST", balance="canari-bilan-clos", look_back_agreed=True,
        closed_on=date(2025, 9, 1), closed_by=world.colleague("bruno"),
    ).save()  # fmt: skip
    LookBack(case=closed, months=6, due_on=date(2026, 3, 1)).save()

    theo = _case(world, THEO_CASE, "theo", world.nanterre, people["rosa"])
    soon = TODAY + timedelta(days=30)
    _join(world, theo, "nadia", "stand_in", "theo", since=soon, until=soon + timedelta(days=5))
    _note(world, theo, "theo", "canari-note-theo")

    anonymous = _case(world, ANONYMOUS_CASE, "nadia", world.montreuil, None, state="on_hold")
    _note(world, anonymous, "nadia", "canari-note-anonyme")
    return {"ines": ines, "yanis": yanis, "closed": closed, "theo": theo, "anonymous": anonymous}


def _solicitation(
    number: int, centre: Centre, source: str, *, words: str | None = None, **more: object
) -> Solicitation:
    about_ines = {
        "last_name": "Benali", "first_name": "Inès", "phone": "06 00 00 01 01", "phone_digits": "0600000101",
        "search": fold("Benali Inès"),
    }  # fmt: skip
    row = Solicitation(
        reference=f"TEST-{number:04d}", centre=centre, source=source, received_at=THEN,
        **({} if more.get("about") == "advice" else about_ines), **more,
    )  # fmt: skip
    row.save()
    Statement(solicitation=row, reasons=["TEST_OPEN"], words=words).save()
    return row


def _solicitations(world: World, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Open ones from every kind of requester; then one of each way of being handled."""
    states = ("received", "acknowledged", "awaiting_agreement", "accepted")
    now = timezone.now()
    for number, source in enumerate(Source.values):
        words = "canari-mots-ouverts" if source == Source.EMPLOYEE else None
        row = _solicitation(number, world.montreuil, source, words=words, state=states[number % 4])
        if row.state == "awaiting_agreement":
            for days in (4, 2):
                at = now - timedelta(days=days)
                Attempt(solicitation=row, at=at, by=world.colleague("claire"), result="not_reached").save()
    nadia, theo, claire = (world.colleague(code) for code in ("nadia", "theo", "claire"))
    _solicitation(50, world.montreuil, "employee", assigned_to=nadia)
    _solicitation(51, world.montreuil, "employer_hr", about="advice")
    _solicitation(52, world.creteil, "employee")
    _solicitation(53, world.nanterre, "employee")
    handled = {"handled_at": now, "closing_reason": "TEST"}
    refused = _solicitation(
        54, world.montreuil, "employee", words="canari-mots-refuses", state="not_pursued", handled_by=nadia, **handled
    )
    Attempt(solicitation=refused, at=now, by=nadia, result="refused").save()
    _solicitation(
        55, world.nanterre, "employee", words="canari-mots-nanterre", state="one_shot_closed", handled_by=theo,
        **handled,
    )  # fmt: skip
    _solicitation(
        56, world.montreuil, "employee", words="canari-mots-ines", state="taken", handled_by=claire,
        person=people["ines"], case=cases["ines"], **handled,
    )  # fmt: skip
