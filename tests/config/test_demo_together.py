"""The plans of the fictional service: Inès's is whole, the others differ, and each is seen by its circle alone."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from amarre.accounts.models import User
from amarre.audit.models import Entry
from amarre.cases.models import Assignment, Closing, LookBack
from amarre.cases.states import OPEN_STATES
from amarre.core.actor import Actor, Door
from amarre.core.days import months_after
from amarre.core.scope import acting_as
from amarre.core.sealed import SealedTextField
from amarre.core.text import digits
from amarre.organisations.models import Term, Vocabulary
from amarre.people.models import PersonAccount
from amarre.people.queries import account_person
from amarre.plans import models as m
from amarre.plans import queries, queries_grids, queries_papers
from amarre.plans.paper import Sheet, plan_pdf
from amarre.plans.policy_rows import PartQuerySet
from amarre.plans.procedures import ProcedureState
from amarre.plans.states import Side
from tests.config.test_demo import service as service

pytestmark = pytest.mark.usefixtures("service")

PARTS: list[type[models.Model]] = [
    m.Need, m.Goal, m.Progress, m.Comment, m.Action, m.Filling, m.Application, m.Budget, m.Document, m.Version,
    m.Review, m.Companion, m.Message, m.Opinion, m.LookBackAnswer, m.ChannelCheck,
]  # fmt: skip


def somebody(code: str) -> Actor:
    account = User.objects.get(email=f"{code}@demo.amarre.example")
    actor = account.actor("TEST")
    return replace(actor, person_id=account_person(account.pk)) if actor.door == Door.PERSON else actor


def plan_of(last_name: str) -> m.Plan:
    return m.Plan.objects.select_related("case", "person").get(person__last_name=last_name)


def of(model: Any, plan: m.Plan) -> Any:
    return model.objects.filter(plan=plan)


def test_ines_and_claire_both_wrote_in_her_plan() -> None:
    whole = queries.whole(somebody("claire"), plan_of("Benali"))
    assert len(whole.needs) == 3
    assert len(whole.under_way) == 3
    for goal in whole.under_way:
        g = goal.goal
        assert all((g.indicator, g.baseline, g.target, g.due_on, g.owner, g.need_id, goal.actions, goal.comments)), g
        assert goal.person_says
        assert goal.worker_says
        assert {step.side for step in goal.steps} == {Side.PERSON, Side.WORKER}
    back = next(g for g in whole.under_way if g.goal.title.startswith("Reprendre à mi-temps en "))
    assert (back.done, len(back.actions)) == (2, 5)
    assert {action.owner for action in whole.actions} == {"person", "worker", "both", "third"}
    assert {action.state for action in whole.actions} == {"open", "done", "not_done"}
    assert [g.goal.proposed_by for g in whole.proposed] == [Side.PERSON]
    assert whole.plan.review_on == whole.reviews[0].next_on


def test_her_versions_say_what_was_written_on_their_day() -> None:
    first, second = of(m.Version, plan_of("Benali")).order_by("number")
    assert (first.state, first.answered_how, first.heard_by.name) == ("agreed", "oral", "Claire Kermadec")
    assert (second.state, second.handed_how, second.answered_on) == ("proposed", ["space"], None)
    then, now = Sheet.from_json(first.content), Sheet.from_json(second.content)
    assert (len(then.goals), len(now.goals)) == (1, 3)
    assert not any(action.done for goal in then.goals for action in goal.actions), "nothing was done yet"
    assert any(action.done for goal in now.goals for action in goal.actions)
    assert plan_pdf(now).startswith(b"%PDF")


def test_her_grids_score_and_one_waits_half_filled() -> None:
    read = queries_grids.fillings(somebody("claire"), plan_of("Benali"))
    epices = [str(r.result.score) for r in read if r.grid.code == "epices"]
    assert epices == ["52.07", "38.46"]
    ability = {r.filling.side: r for r in read if r.grid.code == "work_ability"}
    assert {side: r.result.score for side, r in ability.items()} == {Side.PERSON: 4, Side.WORKER: 5}
    assert len({r.filling.finished_on for r in ability.values()}) == 1
    (waiting,) = queries.asked_of_me(somebody("ines"), plan_of("Benali"))
    half = queries_grids.opened(somebody("ines"), waiting)
    assert 0.3 < half.done / half.of < 0.7


def test_her_budgets_are_those_of_the_note() -> None:
    before, after = queries_papers.budgets(somebody("claire"), plan_of("Benali"))
    assert (before.a_day, after.a_day) == (Decimal("19.40"), Decimal("8.10"))


def test_her_applications_stand_where_the_notes_say() -> None:
    found = {f.procedure.code: f for f in queries_papers.applications(somebody("ines"), plan_of("Benali"))}
    assert {code: f.application.state for code, f in found.items()} == {
        "rqth": "preparing", "housing_fund": "filed", "daily_allowances": "decided_granted",
    }  # fmt: skip
    rqth = found["rqth"]
    assert (len(rqth.procedure.documents), rqth.missing) == (6, 2)
    fund = found["housing_fund"].next
    assert fund is not None
    assert fund.on == timezone.localdate() + timedelta(days=5)


def test_her_documents_are_real_files() -> None:
    files = m.DocumentFile.objects.filter(document__plan=plan_of("Benali")).select_related("document")
    kinds = Counter(file.document.kind for file in files)
    assert kinds == {"image/jpeg": 2, "application/pdf": 1}
    for file in files:
        assert file.document.size == len(file.body) < 400_000
        if file.document.kind == "image/jpeg":
            with Image.open(io.BytesIO(file.body)) as photo:
                assert photo.format == "JPEG"
                assert min(photo.size) > 500
        else:
            text = PdfReader(io.BytesIO(file.body)).pages[0].extract_text()
            assert "19,40" in text
            assert "8,10" in text


def test_a_message_waits_for_claire_and_nothing_is_invented_in_the_journal() -> None:
    waiting = queries.mine(somebody("claire"), timezone.localdate() + timedelta(days=7))
    ines = plan_of("Benali")
    assert waiting.messages[ines.pk] == 1
    assert ines.pk in {goal.plan_id for goal in waiting.proposals}
    assert plan_of("Sarr") in waiting.reviews
    assert {message.side for message in of(m.Message, ines)} == {Side.PERSON, Side.WORKER}
    assert not Entry.objects.filter(verb__startswith="plan.").exists()


def test_both_walls_let_the_circle_in_and_nobody_else() -> None:
    ines, yanis = plan_of("Benali"), plan_of("Diarra")
    circles = {"claire": {ines}, "bruno": {ines}, "zoe": {ines}, "ines": {ines}, "nadia": {yanis}, "yanis": {yanis}}
    for code in (*circles, "theo", "marc", "lea"):
        actor = somebody(code)
        with acting_as(actor):
            seen = set(m.Plan.objects.all())
            assert seen == set(m.Plan.objects.visible_to(actor)), code
            assert seen & {ines, yanis} == circles.get(code, set()), code
            for model in PARTS:
                if model is m.ChannelCheck and actor.door == Door.PERSON:
                    continue  # that table has no grant at all at this door
                rows: Any = model._default_manager.all()
                assert isinstance(rows, PartQuerySet)
                assert set(rows) == set(rows.visible_to(actor)), (code, model)
                assert {r.plan_id for r in rows} <= {p.pk for p in seen}, (code, model)


def test_ines_reads_her_own_words() -> None:
    actor = somebody("ines")
    assert actor.person_id == plan_of("Benali").person_id
    with acting_as(actor):
        (mine,) = queries.my_plans(actor)
        assert queries.my_worker(mine.pk)
        assert [g.goal.title for g in queries.whole(actor, mine).goals][-1] == "Revoir mon équipe, même pour un café"
        assert m.Companion.objects.visible_to(actor).get().user_id is None


def test_spaces_are_open_with_a_confirmed_address() -> None:
    codes = {"ines", "yanis", "odile"}
    accounts = PersonAccount.objects.select_related("user", "person")
    assert {account.email for account in accounts} == {f"{code}@demo.amarre.example" for code in codes}
    for account in accounts:
        assert account.user.name == account.person.full_name
        check = m.ChannelCheck.objects.get(plan__person=account.person)
        assert (check.email, check.confirmed_at) == (account.email, account.opened_at)


def test_every_plan_is_dated_in_order() -> None:
    """What the commands would refuse: a day to come where it should be past, an answer before its version."""
    now, today = timezone.now(), timezone.localdate()
    for version in m.Version.objects.all():
        frozen = timezone.localdate(version.frozen_at)
        assert frozen <= (version.answered_on or today) <= today
        assert frozen <= (version.handed_on or today) <= today
    for model in (m.Need, m.Goal, m.Comment, m.Action, m.Message, m.Application, m.Document):
        assert not model._default_manager.filter(at__gt=now).exists()
    for goal in m.Goal.objects.exclude(settled_on=None):
        assert timezone.localdate(goal.at) <= goal.settled_on <= today
    for action in m.Action.objects.exclude(settled_on=None):
        assert timezone.localdate(action.at) <= action.settled_on <= today
    for a in m.Application.objects.all():
        past = [day for day in (a.filed_on, a.receipt_on, a.decided_on, a.notified_on) if day]
        assert past == sorted(past)
        assert not past or past[-1] <= today
        assert bool(past) == (a.state != ProcedureState.PREPARING)
    for plan in m.Plan.objects.all():
        before = None
        for message in of(m.Message, plan):
            assert before is None or message.at > before
            before = message.at


def test_codes_are_those_of_the_catalogue_and_of_the_grids() -> None:
    known = queries_papers.catalogue(somebody("claire"))
    for application in m.Application.objects.all():
        papers = {paper.code for paper in known[application.procedure].documents}
        assert set(application.gathered) <= papers, application.procedure
    problems = set(Term.objects.filter(vocabulary=Vocabulary.PROBLEM).values_list("code", flat=True))
    assert set(m.Need.objects.values_list("problem", flat=True)) <= problems
    for filling in m.Filling.objects.all():
        read = queries_grids.opened(somebody("claire"), filling)
        numbers = {item.number for item in read.grid.items}
        assert set(read.answers) <= numbers
        if filling.grid == "epices":
            assert read.result.score is not None


def test_other_plans_are_in_varied_states() -> None:
    today = timezone.localdate()
    plans = m.Plan.objects.filter(case__assignment__state__in=OPEN_STATES)
    leads = Counter(plans.values_list("case__assignment__lead__name", flat=True))
    assert sum(leads.values()) == 13
    assert set(leads) == {"Claire Kermadec", "Bruno Le Goff", "Nadia Ferhat", "Théo Vasseur"}
    late = [p for p in plans if (by := hand_by(p)) is not None and by < today]
    assert {p.case.assignment.lead.name for p in late} >= {"Claire Kermadec", "Nadia Ferhat"}
    assert plans.filter(review_on__gte=today, review_on__lte=today + timedelta(days=7)).count() >= 2
    applications = m.Application.objects.filter(plan__in=plans)
    assert applications.filter(complement_due_on=today + timedelta(days=4)).count() == 1
    ending = applications.get(procedure="rqth", valid_until__gt=today)
    assert months_after(today, 4) < ending.valid_until < months_after(today, 6)
    assert applications.filter(renews=ending).count() == 1
    assert applications.filter(procedure="over_indebtedness", state="filed").count() == 1
    assert applications.filter(state="decided_refused").count() == 1
    protected = plans.get(regime="reinforced")
    assert of(m.Version, protected).get().answered_by == "assisted"
    assert protected.protector in Sheet.from_json(of(m.Version, protected).get().content).signatures
    assert set(m.Version.objects.values_list("state", flat=True)) == {"agreed", "proposed", "declined"}


def hand_by(plan: m.Plan) -> Any:
    lead = User.objects.get(pk=Assignment.objects.get(case=plan.case_id).lead_id).actor("TEST")
    return queries.hand_over_by(lead, plan, of(m.Version, plan))


def test_two_cases_are_over_and_one_waits_for_news() -> None:
    today = timezone.localdate()
    moussa, odile = plan_of("Keïta"), plan_of("Marchal")
    for plan in (moussa, odile):
        closing = Closing.objects.get(case=plan.case)
        assert closing.look_back_agreed
        assert closing.balance
        assert of(m.Review, plan).get().kind == "balance"
        assert set(json.loads(of(m.Opinion, plan).get().answers)) == {"listened", "decided", "helped", "words"}
    answer = of(m.LookBackAnswer, moussa).get()
    assert answer.look_back.done_on == timezone.localdate(answer.at)
    goals = {str(goal.pk) for goal in of(m.Goal, moussa)}
    assert set(json.loads(answer.content)["goals"]) == goals
    due = LookBack.objects.get(case=odile.case, months=6)
    assert due.done_on is None
    assert today - timedelta(days=8) <= due.due_on <= today
    with acting_as(somebody("odile")):
        assert [back.id for back in queries.my_look_backs()] == [due.pk]


def told() -> list[str]:
    """Every text of every plan."""
    rows: list[Any] = [*m.Plan.objects.all(), *(row for model in PARTS for row in model._default_manager.all())]
    return [
        str(value)
        for row in rows
        for field in row._meta.fields
        if isinstance(field, SealedTextField | models.CharField) and (value := getattr(row, field.attname))
    ]


def test_texts_are_set_in_french_and_belong_to_nobody() -> None:
    texts = told()
    assert len(texts) > 500
    assert [text for text in texts if re.search(r"[\[|\]]\w*\||\{\w+\}|\w'\w| [;!?»]| : |« ", text)] == []
    numbers = {digits(found) for text in texts for found in re.findall(r"\b0\d(?:[ \u00a0]?\d\d){4}\b", text)}
    assert {number[:6] for number in numbers} == {"063998", "019900"}
    assert not [text for text in texts if "@" in text and not re.search(r"\.example\b", text)]
    assert not [text for text in texts if re.search(r"\b[12]\d{2}(0[1-9]|1[0-2])\d{8,10}\b", text)], "no NIR"
