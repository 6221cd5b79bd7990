"""Every command three times: allowed, refused, failed. Rooms declare them here; `tests/core/test_trios.py` runs them.

To declare a command: `trio("note.write", allowed=("claire", …), refused=("nadia", …), failed=("claire", …))` in the
module of its room. Each case is somebody of the cast and a function that makes the arguments from `World`. *Refused*:
the policy says no. *Failed*: the policy says yes, and the trade (or the database) says no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from amarre.accounts.models import Colleague, User
from amarre.audit.models import Alarm, DataRequest
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note
from amarre.core import commands
from amarre.core.commands import Refused
from amarre.directory.models import ImportRun, PartnerContact, Service, Structure
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre, Commune, Company, CrisisNumber, Establishment, Term
from amarre.people.models import Job, Person
from amarre.plans.models import OwnGrid, PartOfPlan, Plan
from tests import rows
from tests.cast import as_owner, user

P = TypeVar("P", bound=PartOfPlan)
R = TypeVar("R", bound=Model)
Arguments = dict[str, Any]
Made = Arguments | Callable[["World"], Arguments]
Case_ = tuple[str, Made]


@dataclass(frozen=True, slots=True)
class Trio:
    """One command: who does it well, who may not, and how it goes wrong."""

    allowed: Case_
    refused: Case_
    failed: Case_
    error: type[Exception] = Refused


TRIOS: dict[str, Trio] = {}


def trio(
    verb: str, *, allowed: Case_, refused: Case_ | str, failed: Case_ | Made,
    error: type[Exception] = Refused,
) -> None:  # fmt: skip
    """Declare the three cases of a command; a short form keeps the arguments, or the person, of the allowed one."""
    if verb in TRIOS:
        raise ValueError(f"{verb} is declared twice")
    no = (refused, allowed[1]) if isinstance(refused, str) else refused
    bad = failed if isinstance(failed, tuple) else (allowed[0], failed)
    TRIOS[verb] = Trio(allowed, no, bad, error)


def made(case: Case_) -> Arguments:
    """The arguments of a case."""
    return case[1](World()) if callable(case[1]) else dict(case[1])


class World:
    """Rows of the tests' world, whatever role is held."""

    def case(self, number: str = rows.INES_CASE) -> Case:
        with as_owner():
            return Case.objects.get(number=number)

    def assignment(self, number: str = rows.INES_CASE) -> Assignment:
        with as_owner():
            return Assignment.objects.get(number=number)

    def membership(self, code: str, number: str = rows.INES_CASE) -> Membership:
        with as_owner():
            return Membership.objects.get(case__number=number, user_id=user(code).pk)

    def note(self, code: str, number: str = rows.INES_CASE, *, private: bool = False) -> Note:
        with as_owner():
            return Note.objects.get(case__number=number, author_id=user(code).pk, private=private)

    def look_back(self) -> LookBack:
        with as_owner():
            return LookBack.objects.get()

    def closing(self) -> Closing:
        with as_owner():
            return Closing.objects.get()

    def user(self, code: str) -> User:
        return user(code)

    def colleague(self, code: str) -> Colleague:
        with as_owner():
            return Colleague.objects.get(pk=user(code).pk)

    def request(self, number: int) -> Solicitation:
        with as_owner():
            return Solicitation.objects.get(reference=f"TEST-{number:04d}")

    def centre(self, city: str = "Montreuil") -> Centre:
        with as_owner():
            return Centre.objects.get(name=f"Centre de {city}")

    def commune(self) -> Commune:
        with as_owner():
            return Commune.objects.get(name="Montreuil")

    def company(self) -> Company:
        with as_owner():
            return Company.objects.get(siren="732829320")

    def establishment(self) -> Establishment:
        with as_owner():
            return Establishment.objects.get(siret="73282932000074")

    def term(self) -> Term:
        with as_owner():
            return Term.objects.get(code="TEST_OPEN")

    def number(self, number: str = "00 11") -> CrisisNumber:
        with as_owner():
            return CrisisNumber.objects.get(number=number)

    def person(self, name: str = "Benali") -> Person:
        with as_owner():
            return Person.objects.get(last_name=name)

    def job(self) -> Job:
        with as_owner():
            return Job.objects.get(person__last_name="Benali")

    def plan(self, number: str = rows.INES_CASE) -> Plan:
        with as_owner():
            return Plan.objects.select_related("case", "person").get(case__number=number)

    def part(self, model: type[P], case_number: str = rows.INES_CASE, **wanted: Any) -> P:
        """The first row of a plan that is as wanted."""
        with as_owner():
            of_the_plan = model._default_manager.select_related("plan__case", "plan__person")
            row = of_the_plan.filter(plan__case__number=case_number, **wanted).order_by("pk").first()
        assert row is not None, f"no such {model._meta.label}"
        return row

    def structure(self, name: str = "Cap emploi d’essai") -> Structure:
        with as_owner():
            return Structure.objects.get(name=name)

    def service(self, name: str) -> Service:
        with as_owner():
            return Service.objects.select_related("structure").get(name=name)

    def contact(self, name: str = "Désiré Fontanel") -> PartnerContact:
        with as_owner():
            return PartnerContact.objects.select_related("structure").get(name=name)

    def run(self) -> ImportRun:
        with as_owner():
            return ImportRun.objects.get(file_name="essai.xlsx")

    def own_grid(self, code: str = "essai") -> OwnGrid:
        with as_owner():
            return OwnGrid.objects.get(code=code)

    def data_request(self, name: str = "Yanis Diarra") -> DataRequest:
        with as_owner():
            return DataRequest.objects.get(name=name)

    def alarm(self, code: str) -> Alarm:
        with as_owner():
            return Alarm.objects.get(user_id=user(code).pk)

    def made(self, row: R) -> R:
        """A row that the tests' world lacks, for a case that is allowed."""
        with as_owner(), commands.loading():
            row.save()
        return row
