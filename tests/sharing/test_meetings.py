"""The unit under attack: who left, what was taken back, what is anonymous; and minutes without an agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from amarre.audit.models import Entry
from amarre.core import commands as core
from amarre.core.commands import NotAllowed
from amarre.core.scope import acting_as
from amarre.sharing import commands_meetings as c
from amarre.sharing import commands_together as t
from amarre.sharing import models as m
from amarre.sharing import queries_meetings as queries
from amarre.sharing.commands import discard_transmission, open_transmission, seen_as, send_transmission
from amarre.sharing.commands_agreements import withdraw_agreement
from tests.cast import actor, as_owner
from tests.plans.acting import by, refusal
from tests.rows import ANONYMOUS_CASE, INES_CASE, THEN, TODAY, YANIS_CASE
from tests.trios import World
from tests.trios.meetings import coming, found, held, nameless, opened, seat, together, unit, waiting
from tests.trios.sharing import one

pytestmark = pytest.mark.django_db
W = World()
READ_BY_THE_UNIT = (m.Meeting, m.Participant, m.AgendaItem, m.Decision, m.Transmission)


def seen(code: str, model: Any, **wanted: Any) -> set[int]:
    """What both walls let through: ours, then PostgreSQL's alone."""
    who = actor(code)
    with acting_as(who):
        ours = set(model.objects.visible_to(who).filter(**wanted).values_list("pk", flat=True))
        theirs = set(model._base_manager.filter(**wanted).values_list("pk", flat=True))
    assert ours == theirs
    return ours


def test_who_left_reads_nothing_from_that_moment() -> None:
    before = {model: seen("nora", model) for model in READ_BY_THE_UNIT}
    assert all(before.values()), "the question is rightly asked"
    by("marc", c.leave_unit, seat=seat("nora"))
    for model in READ_BY_THE_UNIT[:-1]:
        assert not seen("nora", model), model.__name__
    assert not seen("nora", m.Transmission, unit__isnull=False)


def test_who_came_this_morning_leaves_at_once() -> None:
    by("alex", c.join_unit, unit=unit(), user=W.colleague("zoe"))
    item = nameless().pk
    assert item in seen("zoe", m.AgendaItem)
    by("alex", c.leave_unit, seat=seat("zoe"))
    assert item not in seen("zoe", m.AgendaItem)
    by("alex", c.join_unit, unit=unit(), user=W.colleague("zoe"))
    assert item in seen("zoe", m.AgendaItem), "and may come back"


def test_a_social_worker_sees_the_day_and_no_item_of_another() -> None:
    assert seen("claire", m.Meeting)
    assert seen("claire", m.Participant)
    assert not seen("claire", m.AgendaItem)
    assert not seen("claire", m.Decision)


def test_taking_the_agreement_back_removes_the_unread_item_without_a_word() -> None:
    item = waiting()
    assert item.pk in seen("hugo", m.AgendaItem)
    with as_owner():
        waits = Entry.objects.count()
        jobs = _jobs()
    by("yanis", withdraw_agreement, agreement=one(m.Agreement, YANIS_CASE, purpose="unit"))
    assert item.pk not in seen("hugo", m.AgendaItem)
    assert item.pk not in seen("nora", m.AgendaItem)
    assert item.pk in seen("nadia", m.AgendaItem), "the members know that it was there"
    with as_owner():
        assert _jobs() == jobs, "nobody is told"
        assert Entry.objects.count() > waits
    hugo = actor("hugo")
    with acting_as(hugo):
        assert [p.number for p in queries.points(hugo, coming())] == [], "no gap, no number"
    assert opened().pk in seen("hugo", m.AgendaItem), "what was opened was said"


def _jobs() -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        return int(cursor.fetchone()[0])


def put_nameless(code: str, words: str) -> Any:
    return by(code, c.put_nameless, meeting=coming(), words=words, reread=c.reread_as(words))


def test_an_anonymous_item_leads_to_nobody() -> None:
    words = "Une personne voudrait un essai encadré. Par où commencer ?"
    item = put_nameless("claire", words)
    case, person = W.case(), W.person()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select to_jsonb(i) - 'anonymous' from sharing_agendaitem i where id = %s", [item.pk])
        row = str(cursor.fetchone()[0])
        (line,) = Entry.objects.filter(verb="item.put_nameless")
    for key in (case.pk, person.pk, case.number, person.last_name):
        assert str(key) not in row
    assert (line.case_id, line.person_id) == (None, None)
    assert str(item.pk) in line.subject
    assert (item.case_id, item.person_id) == (None, None)
    with as_owner():
        near = Entry.objects.filter(request_id=line.request_id, actor=line.actor).exclude(pk=line.pk)
        assert not near.exclude(case_id=None).exists(), "no line beside it names a case"


@pytest.mark.parametrize(
    "words", ["benali reprend", "Inès reprend", "À la Conserverie de l’Anse", "Joindre au 0600000101"]
)
def test_an_anonymous_item_that_names_somebody_is_refused_and_the_refusal_names_no_case(words: str) -> None:
    said = refusal("claire", c.put_nameless, meeting=coming(), words=words, reread=c.reread_as(words))
    assert said.startswith("Ce texte permet de reconnaître quelqu’un")
    with as_owner():
        line = Entry.objects.filter(verb="item.put_nameless", outcome="refused").latest("id")
    assert (line.case_id, line.person_id) == (None, None)


def test_an_anonymous_item_is_put_as_it_was_read_again() -> None:
    said = refusal("claire", c.put_nameless, meeting=coming(), words="Autre chose.", reread=c.reread_as("Une chose."))
    assert said == "Ce texte a changé depuis que vous l’avez relu. Relisez-le."
    assert refusal("claire", c.put_nameless, meeting=coming(), words=" ", reread=c.reread_as(" "))


def test_postgresql_itself_refuses_an_item_of_another_s_case_or_of_another_unit() -> None:
    theirs = one(m.Transmission, YANIS_CASE, kind="item", read_at__isnull=False)
    mine = one(m.Transmission, INES_CASE, state="sent")
    claire, nadia = actor("claire"), actor("nadia")
    row = {"meeting_id": coming().pk, "put_at": THEN, "position": 9}
    with as_owner(), core.loading():
        other = m.Unit(name="Ailleurs")
        other.save()
        there = m.Meeting(unit=other, on=TODAY, convened_by=W.colleague("hugo"))
        there.save()
    assert _refused(claire, m.AgendaItem(**row, put_by_id=claire.user_id, transmission=theirs))
    assert _refused(claire, m.AgendaItem(**row, put_by_id=claire.user_id, transmission=mine)), "no item for the unit"
    moved = row | {"meeting_id": there.pk, "put_by_id": nadia.user_id}
    assert _refused(nadia, m.AgendaItem(**moved, transmission=theirs)), "sent to another unit"
    assert _refused(nadia, m.AgendaItem(**row, put_by_id=claire.user_id, transmission=theirs)), "in another's name"
    assert not _refused(nadia, m.AgendaItem(**row, put_by_id=nadia.user_id, transmission=theirs))


def _refused(who: Any, row: Any) -> bool:
    with acting_as(who):
        try:
            with transaction.atomic(), core.loading():
                row.save(force_insert=True)
        except DatabaseError as no:
            return "row-level security" in str(no)
    return False


def test_an_item_is_put_when_it_was_sent_here_and_once() -> None:
    draft = one(m.Transmission, YANIS_CASE, state="draft")
    assert refusal("nadia", c.put_item, meeting=coming(), transmission=draft).startswith("Envoyez d’abord")
    already = one(m.Transmission, YANIS_CASE, kind="item", read_at=None)
    assert refusal("nadia", c.put_item, meeting=coming(), transmission=already).startswith("Ce point est déjà")
    assert refusal("nadia", c.put_item, meeting=held(), transmission=already).startswith("Cette réunion est tenue")
    with as_owner(), core.loading():
        other = m.Unit(name="Ailleurs")
        other.save()
        there = m.Meeting(unit=other, on=TODAY, convened_by=W.colleague("hugo"))
        there.save()
    assert refusal("nadia", c.put_item, meeting=there, transmission=already).endswith("une autre cellule.")


def test_a_decision_comes_in_the_meeting_and_after_the_item_was_opened() -> None:
    said = {"what": "Appeler", "due_on": TODAY, "who": W.colleague("hugo")}
    assert refusal("hugo", c.write_decision, item=waiting(), **said) == (
        "Une décision se note pendant la réunion, ou après."
    )
    with as_owner(), core.loading():
        m.Meeting.objects.filter(pk=coming().pk).update(on=TODAY)
    assert "pas été ouvert" in refusal("hugo", c.write_decision, item=waiting(), **said)
    by("nora", open_transmission, transmission=waiting().transmission)
    item = found(m.AgendaItem, meeting__state="planned")
    assert by("hugo", c.write_decision, item=item, **said).by_whom == "Dr Hugo Marchetti"
    assert refusal("hugo", c.write_decision, item=item, **(said | {"what": " "}))
    assert refusal("hugo", c.write_decision, item=item, **(said | {"who_words": "Quelqu’un"})), "not both"
    assert refusal("hugo", c.write_decision, item=item, **(said | {"who": None})), "nor nobody"
    assert refusal("nadia", c.remove_item, item=item).startswith("Une décision a été notée")


def test_decisions_are_read_by_the_unit_the_members_and_the_person() -> None:
    decision = found(m.Decision, done_on=None, item__transmission__isnull=False).pk
    about_nobody = found(m.Decision, item__transmission=None).pk
    for code in ("hugo", "nora", "nadia", "yanis"):
        assert decision in seen(code, m.Decision), code
    for code in ("claire", "bruno", "ines"):
        assert decision not in seen(code, m.Decision), code
    assert about_nobody in seen("bruno", m.Decision)
    assert about_nobody not in seen("nadia", m.Decision)


def test_minutes_leave_by_an_agreement_of_their_own() -> None:
    said = {"item": opened(), "subject": "Yanis Diarra", "content": "Ce qui a été dit."}
    assert refusal("nadia", c.prepare_minutes, agreement=None, **said) == c.NO_AGREEMENT
    theirs = one(m.Agreement, INES_CASE, state="given")
    assert refusal("nadia", c.prepare_minutes, agreement=theirs, **said).startswith("Cet accord n’est plus en cours")
    assert "anonyme" in refusal("bruno", c.prepare_minutes, agreement=None, **(said | {"item": nameless()}))
    nora = one(m.Agreement, YANIS_CASE, party_kind="colleague")
    made = by("nadia", c.prepare_minutes, agreement=nora, **said)
    assert made.transmission.state == "draft"
    assert made.transmission.kind == "minutes"
    assert made.transmission_id not in seen("nora", m.Transmission), "not before it was checked and sent"
    assert made.pk not in seen("yanis", m.Minutes)
    by("nadia", send_transmission, transmission=made.transmission, checked=seen_as(made.transmission))
    assert made.transmission_id in seen("nora", m.Transmission)
    assert made.pk in seen("yanis", m.Minutes)
    assert not seen("nora", m.Minutes), "who receives minutes reads them, not where they come from"


def test_minutes_that_have_not_left_are_thrown_away_whole() -> None:
    nora = one(m.Agreement, YANIS_CASE, party_kind="colleague")
    made = by("nadia", c.prepare_minutes, item=opened(), agreement=nora, subject="Yanis Diarra", content="Un mot.")
    by("nadia", discard_transmission, transmission=made.transmission)
    assert made.pk not in seen("nadia", m.Minutes)


def test_around_the_table_each_has_an_agreement_to_be_there() -> None:
    agreed = one(m.Agreement, INES_CASE, purpose="together")
    said = {"kind": "mediation", "on": TODAY, "agreed": "Les horaires."}
    assert refusal("claire", t.plan_together, case=W.case(), agreements=[], **said).startswith("Choisissez avec qui")
    assert refusal("claire", t.plan_together, case=W.case(), agreements=[agreed], **(said | {"agreed": " "}))
    row = by("claire", t.plan_together, case=W.case(), agreements=[agreed], **said)
    assert row.pk in seen("ines", m.JointInterview)
    assert row.pk not in seen("hugo", m.JointInterview)
    assert found(m.InterviewParty, interview=row).kind == "physician"
    nobody = {"case": W.case(ANONYMOUS_CASE), "agreements": [agreed], **said}
    assert refusal("nadia", t.plan_together, **nobody).startswith("Ce contact est anonyme")
    by("ines", withdraw_agreement, agreement=agreed)
    assert "plus en cours" in refusal("claire", t.plan_together, case=W.case(), agreements=[agreed], **said)
    kept = by("claire", t.edit_together, interview=row, version=1, agreements=[agreed], **(said | {"agreed": "Moins."}))
    assert kept.version == 2, "who was there stays written"


def test_a_conclusion_goes_to_who_was_there_and_still_may() -> None:
    row, agreed = together("held"), one(m.Agreement, INES_CASE, purpose="together")
    said = {"interview": row, "subject": "Inès Benali", "content": "Nous avons conclu."}
    other = one(m.Agreement, INES_CASE, purpose="other")
    assert refusal("claire", t.conclude_together, agreement=other, **said) == c.NO_AGREEMENT
    assert by("claire", t.conclude_together, agreement=agreed, **said).transmission.kind == "minutes"
    by("ines", withdraw_agreement, agreement=agreed)
    assert refusal("claire", t.conclude_together, agreement=agreed, **said).startswith("Cet accord n’est plus en cours")
    assert refusal("claire", t.settle_together, interview=row, state="cancelled").startswith("Cet entretien est déjà")
    assert refusal(
        "claire", t.edit_together, interview=row, version=1, kind="joint", on=TODAY, agreed="x", agreements=[agreed]
    ).startswith("Cet entretien est tenu")


def test_meetings_keep_their_order() -> None:
    with as_owner(), core.loading():
        gone = m.Meeting(unit=unit(), on=TODAY, state="cancelled", convened_by=W.colleague("hugo"))
        gone.save()
        shut = m.Unit(name="Fermée", active=False)
        shut.save()
        m.UnitMember(unit=shut, user=W.colleague("hugo"), since=TODAY).save()
    assert refusal("hugo", c.edit_meeting, meeting=gone, on=TODAY).startswith("Cette réunion est annulée")
    assert refusal("hugo", c.settle_meeting, meeting=gone, state="held").startswith("Cette réunion est déjà")
    assert refusal("hugo", c.convene_meeting, unit=shut, on=TODAY) == "Cette cellule est fermée."
    assert refusal("alex", c.join_unit, unit=shut, user=W.colleague("nora")) == "Cette cellule est fermée."
    assert refusal("alex", c.join_unit, unit=unit(), user=W.colleague("nora")).endswith(
        "siège déjà dans cette cellule."
    )
    assert by("hugo", c.edit_meeting, meeting=held(), on=held().on, place="Salle 3").place == "Salle 3"
    by("hugo", c.note_participants, meeting=held(), present=[W.colleague("nora")], others=["  ", "Une voisine"])
    assert len(seen("hugo", m.Participant, meeting=held())) == 2


def test_a_trainee_puts_an_item_and_a_neighbour_does_not() -> None:
    item = put_nameless("zoe", "Une personne cherche un stage. Qui connaît un lieu ?")
    with pytest.raises(NotAllowed):
        by("claire", c.remove_item, item=item)
    by("zoe", c.remove_item, item=item)
    assert item.pk not in seen("hugo", m.AgendaItem)


def test_what_is_past_its_day_is_read_no_more() -> None:
    item = opened()
    with as_owner(), core.loading():
        m.Transmission.objects.filter(pk=item.transmission_id).update(visible_until=TODAY - timedelta(days=1))
    assert item.pk not in seen("hugo", m.AgendaItem)
    assert not seen("hugo", m.Decision, item=item)
