"""Both walls give the same rows, for each walled model and each person of the cast; PostgreSQL refuses by itself.

RLS hides the holes of the first wall from page tests, and the first wall hides those of RLS; so each is asked alone.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from amarre.accounts.models import Colleague, Posting, User
from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note, Situation
from amarre.core import commands
from amarre.core.actor import Actor
from amarre.core.models import Draft, Walled
from amarre.core.scope import acting_as
from amarre.directory.models import PartnerContact, Service, Structure
from amarre.intake.models import Attempt, Solicitation, Statement
from amarre.organisations.models import Centre
from amarre.sharing.models import Answer, Orientation, Transmission
from tests.architecture.rights import STAFF_READS_ALL
from tests.architecture.test_models import tables
from tests.cast import CAST, actor, as_owner, user
from tests.rows import CLOSED_CASE, INES_CASE, TODAY, YANIS_CASE

pytestmark = pytest.mark.django_db

EMPLOYER_READS = {
    "organisations_contact", "organisations_advice", "organisations_establishment", "organisations_company",
    "organisations_centre", "organisations_term", "organisations_crisisnumber", "sharing_factsheet",
    "sharing_transmission", "sharing_answer", "collective_offer", "collective_action", "collective_session",
    "collective_finding", "collective_improvement",
}  # fmt: skip
EVERYBODY = [p.code for p in CAST] + ["passer_by"]
MODELS = [m for m in tables() if issubclass(m, Walled)] + [Draft, Colleague]
PARTNERS = (Structure, Service, PartnerContact, Transmission, Answer, Orientation)
SAME_TABLE: dict[type[models.Model], type[models.Model]] = {Colleague: User}  # two models of one table see together


def first_wall(model: type[models.Model], who: Actor) -> set[int]:
    """What the code alone lets through: asked as the owner, whom no policy bounds."""
    with as_owner():
        seen = set(model._default_manager.visible_to(who).values_list("pk", flat=True))
        if model in SAME_TABLE:
            seen |= set(SAME_TABLE[model]._default_manager.visible_to(who).values_list("pk", flat=True))
        return seen


def second_wall(model: type[models.Model], who: Actor) -> set[int]:
    """What PostgreSQL alone lets through: a bare SELECT under the door's role; no right, no row."""
    with acting_as(who):
        try:
            with transaction.atomic():
                return set(model._base_manager.values_list("pk", flat=True))
        except DatabaseError as refusal:
            if "permission denied" not in str(refusal):
                raise
            return set()


def everything(model: type[models.Model]) -> set[int]:
    with as_owner():
        return set(model._base_manager.values_list("pk", flat=True))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_both_walls_give_the_same_rows(model: type[models.Model]) -> None:
    seen = {}
    for code in EVERYBODY:
        who = actor(code)
        seen[code] = first_wall(model, who)
        assert second_wall(model, who) == seen[code], f"{model._meta.label} × {code}"
    assert everything(model), "a wall in front of nothing proves nothing"
    assert any(seen.values()), "somebody sees something"
    if model not in PARTNERS:
        assert not seen["chloe"], "a partner sees her line, her structure, what was sent to her, and nothing else"
    if model._meta.db_table not in EMPLOYER_READS:
        assert not any(seen[code] for code in ("paul", "rita", "karim")), "no business of an employer's"
    if model._meta.db_table not in {*STAFF_READS_ALL, "accounts_user", "plans_owngrid"}:
        assert not seen["max"], "who has left sees nothing"


def numbers(code: str) -> set[str]:
    with acting_as(actor(code)):
        return set(Case.objects.visible_to(actor(code)).values_list("number", flat=True))


def test_the_cast_sees_what_the_story_says() -> None:
    """The agreement of two walls that are both wrong would prove nothing."""
    assert numbers("claire") == {INES_CASE} == numbers("zoe")
    assert numbers("bruno") == {INES_CASE, CLOSED_CASE}
    assert numbers("nadia") == {YANIS_CASE, "D-2025-0005"}
    assert numbers("theo") == {"D-2025-0004"}
    for code in ("sophie", "marc", "lea", "hugo", "nora", "alex", "max", "paul", "chloe", "ines", "yanis"):
        assert numbers(code) == set(), code
    with acting_as(actor("marc")):
        assert Assignment.objects.visible_to(actor("marc")).count() == 4
    with acting_as(actor("sophie")):
        assert Solicitation.objects.visible_to(actor("sophie")).exists()
        assert not Statement.objects.visible_to(actor("sophie")).exists()


def test_a_partner_sees_her_own_structure_and_no_other() -> None:
    chloe = actor("chloe")
    with acting_as(chloe):
        names = [*Structure.objects.visible_to(chloe).values_list("name", flat=True)]
        assert names == ["Cap emploi d’essai"]
        assert [c.name for c in PartnerContact.objects.visible_to(chloe)] == ["Chloé Aubry"]
        assert [s.name for s in Service.objects.visible_to(chloe)] == ["Rester en emploi"]
    with as_owner(), commands.loading():
        PartnerContact.objects.filter(user_id=chloe.user_id).update(ended_on=TODAY)
    with acting_as(chloe):
        assert not Structure.objects.visible_to(chloe).exists(), "she has left it"
        assert not Service._base_manager.exists()


def yanis_case() -> int:
    with as_owner():
        return Case.objects.get(number=YANIS_CASE).pk


def elsewhere() -> int:
    with as_owner():
        return Solicitation.objects.get(reference="TEST-0053").pk


def probes(who: Actor, case: int, solicitation: int) -> dict[str, models.Model]:
    """Rows that point at a case and at a request that the actor cannot see."""
    me, now = who.user_id, timezone.now()
    centre = Centre.objects.first()
    assert centre
    return {
        "note": Note(case_id=case, author_id=me, kind="note", on=TODAY, body="x", written_at=now),
        "lead": Membership(case_id=case, user_id=me, role="lead", since=TODAY, reason="TAKEN", named_by_id=me),
        "colleague": Membership(
            case_id=case, user_id=user("bruno").pk, role="co_lead", since=TODAY, reason="COVER", named_by_id=me
        ),
        "assignment": Assignment(case_id=case, number="D-X", centre=centre, lead_id=me, opened_on=TODAY),
        "situation": Situation(case_id=case, main_problem="X", updated_at=now),
        "closing": Closing(case_id=case, outcome="X", reason="X", closed_on=TODAY, closed_by_id=me),
        "look-back": LookBack(case_id=case, months=12, due_on=TODAY),
        "episode": Case(number="D-X", previous_id=case, source="reopened", opened_at=now, opened_by_id=me),
        "attempt": Attempt(solicitation_id=solicitation, at=now, by_id=me, result="agreed"),
        "request": Solicitation(
            reference="X", centre=centre, source="employee", received_at=now, case_id=case, state="taken"
        ),
    }


def refused(row: models.Model) -> bool:
    try:
        with transaction.atomic(), commands.loading():
            row.save(force_insert=True)
    except DatabaseError as refusal:
        return "row-level security" in str(refusal)
    return False


def test_postgresql_refuses_a_row_that_points_at_what_one_cannot_see() -> None:
    case, solicitation = yanis_case(), elsewhere()
    claire, nadia = actor("claire"), actor("nadia")
    with acting_as(claire):
        for name, row in probes(claire, case, solicitation).items():
            assert refused(row), name
    with acting_as(nadia):
        assert not refused(probes(nadia, case, solicitation)["note"]), "the case's own lead may"


def test_nobody_enters_a_case_by_themselves_nor_signs_for_another() -> None:
    case = yanis_case()
    marc, nadia, zoe = actor("marc"), actor("nadia"), actor("zoe")
    row = {"case_id": case, "role": "co_lead", "since": TODAY, "reason": "COVER"}
    with acting_as(marc):
        assert refused(Membership(**row, user_id=marc.user_id, named_by_id=marc.user_id)), "a coordinator, themselves"
        assert refused(Membership(**row, user_id=zoe.user_id, named_by_id=nadia.user_id)), "in another's name"
        assert not refused(Membership(**row, user_id=zoe.user_id, named_by_id=marc.user_id))
    with acting_as(nadia):
        note = Note(case_id=case, author_id=marc.user_id, kind="note", on=TODAY, body="x", written_at=timezone.now())
        assert refused(note), "in another's name"


def test_a_trainee_does_not_become_the_lead() -> None:
    """One may end one's own place, and do nothing else with it."""
    zoe = actor("zoe")
    with acting_as(zoe), commands.loading():
        mine = Membership.objects.filter(user_id=zoe.user_id)
        assert mine.count() == 1
        for change in ({"role": "co_lead"}, {"until": None}, {"until": TODAY + timedelta(days=9)}):
            with pytest.raises(DatabaseError), transaction.atomic():
                mine.update(**change)
        assert mine.update(until=TODAY) == 1


def test_a_passer_by_writes_and_reads_nothing_back() -> None:
    passer_by = actor("passer_by")
    with acting_as(passer_by):
        centre = Centre.objects.visible_to(passer_by).first()
        row = Solicitation(reference="PASSANT", centre=centre, source="employee", received_at=timezone.now())
        assert not refused(row)
        taken = Solicitation(
            reference="PASSANT2", centre=centre, source="employee", received_at=timezone.now(), state="accepted"
        )
        assert refused(taken), "only what is received"
        for model in (Solicitation, Statement, Case, Posting):
            with pytest.raises(DatabaseError), transaction.atomic():
                model._base_manager.exists()


def test_a_row_is_not_moved_out_of_sight_nor_into_another_s_case() -> None:
    case, claire = yanis_case(), actor("claire")
    with acting_as(claire), commands.loading():
        note = Note.objects.visible_to(claire).filter(author_id=claire.user_id).first()
        assert note
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(case_id=case)
        assert Note._base_manager.filter(case_id=case).update(place="x") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Case._base_manager.filter(number=INES_CASE).delete()
