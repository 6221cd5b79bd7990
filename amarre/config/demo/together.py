"""What people and their social workers build together: the plans of the fictional service, and open spaces.

Read by `service`. Those of the hand-written cases always, some lighter ones for a demonstration (`Size.plans`), none
for the others: a measure is not about them. Who opened a case is left to use: the journal is never invented.
"""

from __future__ import annotations

from datetime import date, timedelta

from amarre.cases.models import Note
from amarre.cases.states import NoteKind
from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.together_goals import make_goals, make_versions
from amarre.config.demo.together_papers import make_papers, rewrite_the_catalogue
from amarre.config.demo.together_project import Project, Row
from amarre.config.demo.together_talk import make_ending, make_fillings, make_messages
from amarre.config.demo.words import read, themes, typeset
from amarre.config.demo.world import World
from amarre.people.models import PersonAccount
from amarre.plans.models import ChannelCheck, Companion, Plan

_READ_BACK = timedelta(minutes=4)


def make_together(world: World, episodes: list[Episode]) -> None:
    """Every plan; cases, notes and closings are made already."""
    rewrite_the_catalogue(world)
    told = {str(episode.told["code"]): episode for episode in episodes if episode.told}
    rows = [(row, told[row["story"]]) for row in read("together")["plans"]]
    for row, episode in [*rows, *_chosen(world, episodes)]:
        _make(Project(world, episode, row, _plan(world, episode, row)))


def _make(project: Project) -> None:
    make_goals(project)
    make_papers(project)
    make_versions(project)
    make_fillings(project)
    make_messages(project)
    make_ending(project)
    if "companion" in project.told:
        row = project.told["companion"]
        project.world.add(
            Companion(
                plan=project.row, name=row["name"], relation=typeset(row["relation"]), kind=row["kind"],
                phone=row["phone"], parts=row["parts"], since=project.world.days.ago(row["ago"]),
                named_by=row["named_by"],
            )
        )  # fmt: skip
    if "space" in project.told:
        _open_space(project, project.told["space"])


def _plan(world: World, episode: Episode, row: Row) -> Plan:
    plan = Plan(case=episode.made, person=episode.somebody.person if episode.somebody else None)
    project = Project(world, episode, row, plan)
    plan.opened_at = project.at(row)
    plan.rhythm_weeks, plan.rhythm_until = row.get("rhythm_weeks"), project.by_then(row, "rhythm_until")
    plan.rhythm_reason, plan.review_on = project.said(row, "rhythm_reason"), project.coming(row, "next_review")
    plan.regime, plan.protector = row.get("regime", ""), typeset(row.get("protector", ""))
    return world.add(plan)


def _open_space(project: Project, code: str) -> None:
    """The space, opened with the worker: a code went to the address, the person read it back."""
    user, at = project.world.users[code], project.at(project.told, "opened_space")
    project.world.add(
        ChannelCheck(
            plan=project.row, email=user.email, sent_at=at - _READ_BACK, confirmed_at=at, asked_by_id=project.lead
        )
    )
    project.world.add(PersonAccount(person=project.row.person, user_id=user.pk, email=user.email, opened_at=at))


def _chosen(world: World, episodes: list[Episode]) -> list[tuple[Row, Episode]]:
    """Lighter plans, each with an open case that it suits; a plan that suits none is left out."""
    rows: list[Row] = read("together_others")["plans"][: world.size.plans]
    if not rows:
        return []
    met = _first_interviews(world)
    waiting = [
        episode
        for episode in episodes
        if episode.closed is None and not episode.told and episode.somebody and episode.made.pk in met
        and episode.theme is not themes()["violence"]
    ]  # fmt: skip
    chosen = []
    for row in rows:
        wanted = [themes()[name] for name in row["themes"]]
        suits = [
            episode
            for episode in waiting
            if episode.worker.code == row["lead"]
            and row["from"] <= (world.today - met[episode.made.pk]).days <= row["to"]
        ]
        found = next((episode for episode in suits if episode.theme in wanted), suits[0] if suits else None)
        if found:
            waiting.remove(found)
            chosen.append((row, found))
    return chosen


def _first_interviews(world: World) -> dict[int, date]:
    """The day of the first interview of each case."""
    met: dict[int, date] = {}
    for note in world.rows.get(Note, []):
        if isinstance(note, Note) and note.kind == NoteKind.INTERVIEW:
            met[note.case_id] = min(note.on, met.get(note.case_id, note.on))
    return met
