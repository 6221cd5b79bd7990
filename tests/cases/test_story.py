"""The main job, by its commands: asked, agreed, taken, met, written, closed, reopened."""

from datetime import date

import pytest
from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.audit.models import Entry
from amarre.cases import commands, commands_members, commands_notes
from amarre.cases.models import Assignment, Case, LookBack, Note
from amarre.core.commands import NotAllowed, Refused
from amarre.core.scope import acting_as
from amarre.intake import commands as intake
from amarre.intake.models import Solicitation, Statement
from amarre.organisations.models import Centre
from tests.cast import PASSER_BY, actor

pytestmark = pytest.mark.django_db


def centre() -> int:
    return Centre.objects.get(name="Centre de Montreuil").pk


def ask(**details: object) -> Solicitation:
    with acting_as(actor("claire")):
        here = centre()
    with acting_as(PASSER_BY):
        return intake.submit_solicitation(
            actor=PASSER_BY, centre_id=here, **{"source": "employee", "last_name": "Benali", **details}
        )


def test_the_main_job_from_request_to_reopening() -> None:
    asked = ask(words="Je ne dors plus.", reasons=["BUDGET"])
    claire, nadia = actor("claire"), actor("nadia")
    with acting_as(claire):
        row = Solicitation.objects.visible_to(claire).get(pk=asked.pk)
        assert Statement.objects.visible_to(claire).get(solicitation=row).words == "Je ne dors plus."
        intake.triage(actor=claire, solicitation=row, urgency="U3")
        case = intake.take(actor=claire, solicitation=row, person=None)
        today = timezone.localdate()
        note = commands_notes.write_note(
            actor=claire, case=case, kind="interview", mode="office", on=today, body="Vient seule."
        )
        assert Assignment.objects.visible_to(claire).get(case=case).state == "first_interview_done"
        closing = commands.close_case(
            actor=claire, case=case, on=today, outcome="SAME_POST", reason="DONE", look_back_agreed=True
        )
        assert LookBack.objects.visible_to(claire).filter(case=case).count() == 2
        again = commands.reopen_case(actor=claire, case=case)
        assert again.previous == case
    with acting_as(nadia):
        assert not Case.objects.visible_to(nadia).filter(pk__in=[case.pk, again.pk]).exists()
        assert not Note.objects.visible_to(nadia).filter(pk=note.pk).exists()
        assert not Solicitation.objects.visible_to(nadia).filter(pk=asked.pk).exists()
        with pytest.raises(NotAllowed):
            commands_notes.write_note(actor=nadia, case=case, kind="note", on=today, body="x")
    assert closing.pk
    lea = actor("lea")
    with acting_as(lea):
        assert Entry.objects.visible_to(lea).filter(case_id=case.pk, verb="case.close", outcome="done").exists()
        assert Entry.objects.visible_to(lea).filter(case_id=case.pk, verb="note.write", outcome="refused").exists()


def test_nothing_goes_on_before_the_person_agreed() -> None:
    asked = ask(source="employer_hr", requester_name="Paul Derouet")
    claire = actor("claire")
    with acting_as(claire):
        row = Solicitation.objects.visible_to(claire).get(pk=asked.pk)
        with pytest.raises(Refused):
            intake.take(actor=claire, solicitation=row, person=None)
        intake.record_attempt(actor=claire, solicitation=row, result="agreed")
        case = intake.take(actor=claire, solicitation=row, person=None)
        assert case.pk


def test_hand_over_moves_the_case_and_its_lead() -> None:
    asked = ask()
    claire, bruno = actor("claire"), actor("bruno")
    with acting_as(claire):
        row = Solicitation.objects.visible_to(claire).get(pk=asked.pk)
        case = intake.take(actor=claire, solicitation=row, person=None)
        commands_notes.write_note(actor=claire, case=case, kind="note", on=date.today(), body="Pour moi.", private=True)
        to = Colleague.objects.get(email="bruno@demo.amarre.example")
        with pytest.raises(Refused):
            commands_members.hand_over(actor=claire, case=case, to=to, reason="ABSENCE")
        mine = Note.objects.visible_to(claire).get(case=case)
        commands_members.hand_over(actor=claire, case=case, to=to, reason="ABSENCE", sealed={mine.pk: "open"})
    with acting_as(bruno):
        assert Case.objects.visible_to(bruno).filter(pk=case.pk).exists()
        assert Note.objects.visible_to(bruno).get(case=case).body == "Pour moi."


def test_the_coordinator_moves_without_reading() -> None:
    asked = ask()
    claire, marc, nadia = actor("claire"), actor("marc"), actor("nadia")
    with acting_as(claire):
        row = Solicitation.objects.visible_to(claire).get(pk=asked.pk)
        case = intake.take(actor=claire, solicitation=row, person=None)
    with acting_as(marc):
        assert not Case.objects.visible_to(marc).filter(pk=case.pk).exists()
        assignment = Assignment.objects.visible_to(marc).get(case_id=case.pk)
        to = Colleague.objects.get(email="nadia@demo.amarre.example")
        commands_members.move_cases(actor=marc, assignments=[assignment], to=to, reason="ABSENCE")
    with acting_as(nadia):
        assert Case.objects.visible_to(nadia).filter(pk=case.pk).exists()


def test_a_stand_in_closes_but_does_not_reopen_and_become_the_lead() -> None:
    asked = ask()
    claire, bruno = actor("claire"), actor("bruno")
    today = timezone.localdate()
    with acting_as(claire):
        row = Solicitation.objects.visible_to(claire).get(pk=asked.pk)
        case = intake.take(actor=claire, solicitation=row, person=None)
        to = Colleague.objects.get(email="bruno@demo.amarre.example")
        commands_members.name_member(
            actor=claire,
            assignment=case.assignment,
            user=to,
            role="stand_in",
            since=today,
            until=today,
            reason="ABSENCE",
        )
    with acting_as(bruno):
        case = Case.objects.visible_to(bruno).get(pk=case.pk)
        commands.close_case(actor=bruno, case=case, on=today, outcome="SAME_POST", reason="DONE")
        with pytest.raises(NotAllowed):
            commands.reopen_case(actor=bruno, case=case)
