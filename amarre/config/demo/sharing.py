"""What left the cases of the fictional service: agreements, transmissions, what came back; told in `data/sharing.toml`.

Read by `service`, once plans and spaces are made.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from amarre.cases.models import Assignment
from amarre.config.demo.words import read, typeset
from amarre.config.demo.world import World
from amarre.directory.models import PartnerContact
from amarre.people.models import PersonAccount
from amarre.plans.models import Action, Plan
from amarre.sharing import reminders
from amarre.sharing.models import Agreement, Answer, Orientation, Transmission, Unit, UnitMember
from amarre.sharing.states import AgreementState, Carrier, GivenHow, Kind, PartyKind, TransmissionState
from amarre.sharing.states_orientations import OrientationState
from amarre.sharing.wording import CURRENT

Row = dict[str, Any]
_LATER = timedelta(minutes=25)
_CHECKED = "démonstration"  # no check page was shown: this is a story


def make_sharing(world: World) -> None:
    """Every agreement of the file, with what was sent under it; and the unit, in which two colleagues sit."""
    unit = world.add(Unit(name="Cellule PDP de Montreuil", centre=world.workers["claire"].centre))
    for code in ("hugo", "nora"):
        world.add(UnitMember(unit=unit, user_id=world.users[code].pk, since=world.days.ago(300)))
    for row in read("sharing")["agreements"]:
        _agreement(world, row)


def _plan(world: World, code: str) -> Plan:
    """The plan of the person whose space that account opens."""
    user = world.users[code].pk
    (account,) = (a for a in world.rows[PersonAccount] if isinstance(a, PersonAccount) and a.user_id == user)
    return next(p for p in world.rows[Plan] if isinstance(p, Plan) and p.person == account.person)


def _lead(world: World, plan: Plan) -> int:
    return next(a.lead_id for a in world.rows[Assignment] if isinstance(a, Assignment) and a.case is plan.case)


def _at(world: World, row: Row, name: str = "ago") -> datetime:
    return world.days.at(world.rng, world.days.ago(row[name]))


def _agreement(world: World, row: Row) -> None:
    plan = _plan(world, row["space"])
    lead, asked = _lead(world, plan), _at(world, row)
    made = Agreement(
        case=plan.case, person=plan.person, purpose=row["purpose"], what=typeset(row["what"]), wording=CURRENT,
        asked_at=asked, asked_by_id=lead, until=world.today + timedelta(days=row["until"]),
        party_kind=PartyKind(row["party"]), party=typeset(row["words"]),
        colleague_id=world.users[row["to"]].pk if "to" in row else None,
        partner=_partner(world, row["partner"]) if "partner" in row else None,
    )  # fmt: skip
    if "how" in row:
        made.state, made.given_how, made.answered_at = AgreementState.GIVEN, row["how"], asked + _LATER
        made.heard_by_id = None if row["how"] == GivenHow.SPACE else lead
    world.add(made)
    for sent in row.get("sent", []):
        _transmission(world, plan, made, sent)


def _transmission(world: World, plan: Plan, agreed: Agreement, row: Row) -> None:
    at, lead = _at(world, row), agreed.asked_by_id
    partner = agreed.partner
    reader = partner.user_id if partner else agreed.colleague_id
    made = Transmission(
        case=plan.case, about=plan.person, agreement=agreed, kind=row["kind"], purpose=agreed.purpose,
        subject=plan.person.full_name if plan.person else "", content=typeset(row["content"]),
        action=_action(world, plan, row), carrier=Carrier.INBOX if reader else Carrier.LINK, to_user_id=reader,
        visible_until=agreed.until, prepared_at=at, prepared_by_id=lead, party_kind=agreed.party_kind,
        party=agreed.party, colleague_id=agreed.colleague_id, partner=partner,
    )  # fmt: skip
    world.add(made)
    if row.get("draft"):
        return
    made.state, made.sent_at, made.sent_by_id = TransmissionState.SENT, at + _LATER, lead
    made.read_at = _at(world, row, "read") if "read" in row else None
    made.checked = _CHECKED
    answers = {answer["kind"]: _at(world, answer) for answer in row.get("answers", [])}
    for answer in row.get("answers", []):
        said = answers[answer["kind"]]
        world.add(
            Answer(
                transmission=made, kind=answer["kind"], words=typeset(answer["words"]), at=said,
                by_id=reader, seen_at=said + _LATER if answer.get("seen") else None,
            )
        )  # fmt: skip

    if made.kind == Kind.ORIENTATION:
        _orientation(world, made, at + _LATER, answers, row.get("refusal", ""))


def _partner(world: World, name: str) -> PartnerContact:
    """Whom one knows at a partner's, by their name."""
    return next(c for c in world.rows[PartnerContact] if isinstance(c, PartnerContact) and c.name == name)


def _orientation(world: World, sent: Transmission, left: datetime, answers: dict[str, datetime], refusal: str) -> None:
    """Where it stands, as its reading and its answers say; reminded as the clock would have."""
    at = {kind: moment for kind, moment in answers.items() if kind in OrientationState.values}
    last = [*at][-1] if at else None
    on = timezone.localdate(left)
    age = (world.today - on).days
    passed = [day for day in reminders.days() if day <= age] if last is None else []
    world.add(
        Orientation(
            transmission=sent, structure=sent.partner.structure if sent.partner else None, refusal=refusal,
            state=last or (OrientationState.SEEN if sent.read_at else OrientationState.SENT), sent_at=left,
            seen_at=sent.read_at, answered_at=min(at.values(), default=None), started_at=at.get("started"),
            ended_at=at.get("ended"), reminded=len(passed), told=len(passed),
            reminded_on=on + timedelta(days=passed[-1]) if passed else None,
            next_reminder_on=reminders.next_on(on, len(passed), world.today) if last is None else None,
        )
    )  # fmt: skip


def _action(world: World, plan: Plan, row: Row) -> Action | None:
    if "action" not in row:
        return None
    actions = (a for a in world.rows[Action] if isinstance(a, Action) and a.plan is plan)
    return next(a for a in actions if a.what == typeset(row["action"]))
