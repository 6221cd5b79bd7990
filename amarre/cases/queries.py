"""Reads that span several models of a case.

Read by the doors. Every one starts from what the actor may see. Search inside notes opens the actor's own cases in
memory: no index of secrets exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from amarre.cases.models import Assignment, Case, Closing, LookBack, Membership, Note, Situation
from amarre.cases.states import OPEN_STATES, State
from amarre.core.actor import Actor
from amarre.core.text import fold, holds


def my_cases(actor: Actor, *, closed: bool = False) -> QuerySet[Case]:
    """The cases I am in, those not seen for longest first."""
    states = [State.CLOSED] if closed else OPEN_STATES
    rows = Case.objects.visible_to(actor).filter(assignment__state__in=states)
    rows = rows.select_related("person", "assignment", "assignment__lead", "assignment__centre", "situation")
    return rows.defer("safety", "situation__summary").order_by("assignment__last_contact_on", "id")


def find_my_cases(actor: Actor, words: str, limit: int = 10) -> list[Case]:
    """My cases by number or by the person's name."""
    wanted = fold(words)
    if not wanted:
        return []
    rows = Case.objects.visible_to(actor).select_related("person", "assignment").defer("safety")
    match = Q(number__icontains=words.strip())
    for word in wanted.split():
        match |= Q(person__search__contains=word)
    found = [c for c in rows.filter(match).order_by("-id")[:200] if _matches(c, wanted, words)]
    return found[:limit]


def _matches(case: Case, wanted: str, words: str) -> bool:
    if words.strip().lower() in case.number.lower():
        return True
    name = case.person.search if case.person else ""
    return all(word in name for word in wanted.split())


@dataclass(frozen=True, slots=True)
class Found:
    """A note of mine that holds the words, and the sentence around them."""

    note: Note
    excerpt: str


def search_notes(actor: Actor, words: str, limit: int = 30) -> list[Found]:
    """Search the notes of my own cases, in memory; accents and case do not matter."""
    wanted = fold(words).split()
    if not wanted:
        return []
    rows = Note.objects.visible_to(actor).order_by("-on", "-id")
    bodies = ((note.pk, note.body) for note in rows.only("body").iterator(chunk_size=500))
    hits = dict(islice(((pk, body) for pk, body in bodies if holds(body, wanted)), limit))
    notes = rows.filter(pk__in=hits).select_related("case", "case__person").defer("body", "case__safety")
    return [Found(note, _excerpt(hits[note.pk], wanted[0])) for note in notes] if hits else []


def _excerpt(body: str, word: str, around: int = 90) -> str:
    words = body.split()
    position = next((i for i, w in enumerate(words) if word in fold(w)), 0)
    start = max(0, position - around // 8)
    text = " ".join(words[start : position + around // 6])
    return f"{'… ' if start else ''}{text}{' …' if position + around // 6 < len(words) else ''}"


def members(actor: Actor, case_id: int) -> list[Membership]:
    """Who is, was or will be in the case."""
    rows = Membership.objects.visible_to(actor).filter(case_id=case_id)
    return list(rows.select_related("user", "tutor", "named_by"))


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the story: when, what, and the row it tells about (a door may lay lines of its own among them)."""

    on: date
    order: int
    kind: str
    row: Any
    meta: str = ""


def look_backs_of(actor: Actor, case: Case) -> list[LookBack]:
    """The look-backs of a closed case, those done and those to come."""
    return list(LookBack.objects.visible_to(actor).filter(case=case)) if case.assignment.state == State.CLOSED else []


def story(
    actor: Actor, case: Case, memberships: Iterable[Membership], look_backs: Iterable[LookBack] = ()
) -> list[Event]:
    """The case as a story, the newest first. One query for notes; the rest is given or small."""
    notes = Note.objects.visible_to(actor).filter(case=case).select_related("author")
    events = [Event(n.on, n.pk, "note", n) for n in notes]
    events += [Event(m.since, m.pk, "member", m) for m in memberships if m.reason != "TAKEN"]
    opened = timezone.localtime(case.opened_at).date()
    events.append(Event(opened, case.pk, "opened", case))
    if case.assignment.state == State.CLOSED:
        events += [Event(c.closed_on, c.pk, "closed", c) for c in Closing.objects.visible_to(actor).filter(case=case)]
        events += [Event(b.done_on, b.pk, "look_back", b) for b in look_backs if b.done_on]
    return sorted(events, key=lambda e: (e.on, e.order), reverse=True)


def situation_of(actor: Actor, case: Case) -> Situation | None:
    """The situation as it is known."""
    return Situation.objects.visible_to(actor).filter(case=case).first()


def look_backs_due(actor: Actor, until: date) -> QuerySet[LookBack]:
    """Those to do until a day, in my cases."""
    rows = LookBack.objects.visible_to(actor).filter(done_on=None, due_on__lte=until)
    return rows.select_related("case", "case__person").defer("case__safety")


def episodes(actor: Actor, case: Case) -> list[Case]:
    """The episodes tied to this one that I may see."""
    rows = Case.objects.visible_to(actor).filter(Q(pk=case.previous_id) | Q(previous=case))
    return list(rows.select_related("assignment").defer("safety"))


def load_of(actor: Actor) -> QuerySet[Assignment]:
    """What a coordinator reads to share out the load: open assignments of their centres, oldest contact first."""
    rows = Assignment.objects.visible_to(actor).filter(state__in=OPEN_STATES, centre_id__in=actor.centres)
    return rows.select_related("lead", "centre").order_by("lead__name", "last_contact_on", "case_id")
