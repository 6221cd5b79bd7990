"""The health team of the fictional service: what it received, whom it sent, what was asked without naming anybody.

Read by `service`. Inès lets Dr Hugo know that she is accompanied; Nora received a word about Yanis.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.intake.models import Referral
from amarre.intake.states import Source
from amarre.people.models import Person
from amarre.sharing.models import Agreement, FactSheet, Question, Transmission
from amarre.sharing.states import AgreementState, GivenHow, PartyKind, TransmissionState

_ROLE = "équipe de santé au travail"


def make_health(world: World, episodes: list[Episode]) -> None:
    """Everything; the people of the hand-written cases are made already."""
    told = {str(episode.told["code"]): episode for episode in episodes if episode.told}
    for row in read("health_team")["agreements"]:
        _agreement(world, told[row["story"]], row)
    for row in read("health_team")["referrals"]:
        episode = told.get(row.get("story", ""))
        _referral(world, row, episode.somebody.person if episode and episode.somebody else None)
    for row in read("health_team")["questions"]:
        _question(world, row)
    for row in read("health_team")["sheets"]:
        published = world.days.ago(row["ago"]) if row["ago"] else None
        world.add(
            FactSheet(
                title=typeset(row["title"]), body=typeset(row["body"].strip()), audience=row["audience"],
                author_id=world.users[row["author"]].pk, published_on=published,
                reviewed_on=world.days.ago(row["reviewed"]),
            )
        )  # fmt: skip


def _agreement(world: World, episode: Episode, row: dict[str, Any]) -> None:
    """An agreement given at the office, and what left by it."""
    to, lead, at = world.users[row["to"]], episode.worker.user_id, _at(world, row["ago"])
    words = f"{to.name}, {_ROLE}"
    if episode.somebody is None:
        return
    person = episode.somebody.person
    agreed = world.add(
        Agreement(
            case=episode.made, person=person, party_kind=PartyKind.COLLEAGUE, colleague_id=to.pk, party=words,
            purpose=row["purpose"], what=typeset(row["what"]), wording=1, state=AgreementState.GIVEN, asked_at=at,
            asked_by_id=lead, until=world.today + timedelta(days=90), answered_at=at, given_how=GivenHow.ORAL,
            heard_by_id=lead,
        )
    )  # fmt: skip
    for sent in row.get("sent", []):
        _sent(world, agreed, person, sent)


def _sent(world: World, agreed: Agreement, person: Person, row: dict[str, Any]) -> None:
    at, lead = _at(world, row["ago"]), agreed.asked_by_id
    world.add(
        Transmission(
            case=agreed.case, about=person, agreement=agreed, party_kind=agreed.party_kind, party=agreed.party,
            colleague_id=agreed.colleague_id, to_user_id=agreed.colleague_id, purpose=agreed.purpose, kind=row["kind"],
            subject=person.full_name, content=typeset(row["content"].strip()), carrier="inbox",
            state=TransmissionState.SENT, visible_until=agreed.until, prepared_at=at, prepared_by_id=lead, sent_at=at,
            sent_by_id=lead, checked="demonstration",
        )
    )  # fmt: skip


def _referral(world: World, row: dict[str, Any], person: Person | None) -> None:
    world.add(
        Referral(
            by_id=world.users[row["by"]].pk, at=_at(world, row["ago"]), source=Source(row["source"]), person=person,
            first_name=person.first_name if person else row["first_name"],
            last_name=person.last_name if person else row["last_name"],
        )
    )  # fmt: skip


def _question(world: World, row: dict[str, Any]) -> None:
    question = Question(
        asked_by_id=world.users[row["by"]].pk, to_id=world.users[row["to"]].pk if "to" in row else None,
        centre=world.workers["claire"].centre if "to" not in row else None, text=typeset(row["text"]),
        asked_at=_at(world, row["ago"]),
    )  # fmt: skip
    if "answer" in row:
        question.answer, question.answered_at = typeset(row["answer"]), _at(world, row["answered"])
        question.answered_by_id = world.users[row["to"]].pk
    world.add(question)


def _at(world: World, days: int) -> datetime:
    return world.now - timedelta(days=days, hours=2)
