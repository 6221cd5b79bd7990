"""Reads of the single way out: what was agreed and sent in a case, what somebody received, what the person sees.

Read by the doors. Who sees which rows is said by `visible_to`. Must not know HTTP.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from amarre.accounts import roles
from amarre.accounts.models import Colleague, Posting
from amarre.cases.policy import in_my_cases
from amarre.core.actor import Actor
from amarre.sharing.models import AccessLink, Agreement, Answer, Ground, LawException, Transmission, Unit
from amarre.sharing.parties import Party, colleague_party, unit_party
from amarre.sharing.states import AgreementState, PartyKind, TransmissionState

if TYPE_CHECKING:
    from amarre.cases.models import Case
    from amarre.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Sent:
    """A transmission with what came back."""

    row: Transmission
    answers: list[Answer] = field(default_factory=list)

    @property
    def last(self) -> Answer | None:
        """The newest answer."""
        return self.answers[-1] if self.answers else None

    @property
    def unseen(self) -> bool:
        """Whether an answer waits to be read by the members."""
        return any(a.seen_at is None for a in self.answers)

    @property
    def open(self) -> bool:
        """Whether the recipient may still read it."""
        return self.row.state == TransmissionState.SENT and self.row.visible_until >= timezone.localdate()


def with_answers(actor: Actor, rows: Iterable[Transmission]) -> list[Sent]:
    """Transmissions and their answers, the oldest answer first; two statements whatever their number."""
    found = list(rows)
    by: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.visible_to(actor).filter(transmission__in=[t.pk for t in found]):
        by[answer.transmission_id].append(answer)
    return [Sent(row, by[row.pk]) for row in found]


def agreements(actor: Actor, case: Case) -> list[Agreement]:
    """Every agreement of a case, the newest first."""
    return list(Agreement.objects.visible_to(actor).filter(case=case).select_related("asked_by", "heard_by"))


def in_force(actor: Actor, case: Case) -> list[Agreement]:
    """Those that cover something today."""
    return list(Agreement.objects.visible_to(actor).in_force().filter(case=case))


def transmissions(actor: Actor, case: Case) -> list[Sent]:
    """Everything that left a case, or is about to, the newest first."""
    rows = Transmission.objects.visible_to(actor).filter(case=case)
    return with_answers(actor, rows.select_related("prepared_by", "sent_by", "exception", "agreement"))


def links_of(actor: Actor, transmission: Transmission) -> list[AccessLink]:
    """The links of a transmission, the newest first."""
    return list(AccessLink.objects.visible_to(actor).filter(transmission=transmission))


def exceptions(actor: Actor, case: Case) -> list[tuple[LawException, Ground | None]]:
    """Exceptions of the law made in a case, with why."""
    grounds = {g.exception_id: g for g in Ground.objects.visible_to(actor).filter(case=case)}
    rows = LawException.objects.visible_to(actor).filter(case=case).select_related("declared_by", "reviewed_by")
    return [(row, grounds.get(row.pk)) for row in rows]


def to_review(actor: Actor) -> list[LawException]:
    """Exceptions that wait for somebody else to re-read them, the oldest first."""
    rows = LawException.objects.visible_to(actor).filter(reviewed_at=None).exclude(declared_by_id=actor.user_id)
    return list(rows.select_related("declared_by", "centre").order_by("declared_at"))


def received(actor: Actor) -> list[Sent]:
    """What was sent to the actor and may still be read, the newest first."""
    rows = Transmission.objects.visible_to(actor).received_by(actor).order_by("-sent_at")
    return with_answers(actor, rows)


def unread(actor: Actor) -> int:
    """How many messages the actor has not opened."""
    return Transmission.objects.visible_to(actor).received_by(actor).filter(read_at=None).count()


def described(colleague: Colleague, centres: Iterable[str]) -> str:
    """« Dr Hugo Exemple, équipe de santé au travail, Centre de Montreuil »."""
    return ", ".join(filter(None, (colleague.name, roles.labels(colleague.roles), *centres)))


def house_parties(actor: Actor) -> dict[str, Party]:
    """Whom of the house something may be said to, by a key for forms: the health team, then the units."""
    rows = list(Colleague.objects.visible_to(actor).filter(is_active=True, roles__contains=["health_team"]))
    where: dict[int, list[str]] = defaultdict(list)
    posted = Posting.objects.visible_to(actor).filter(user_id__in=[c.pk for c in rows]).order_by("centre__name")
    for user_id, name in posted.values_list("user_id", "centre__name"):
        where[user_id].append(name)
    found = {f"colleague-{c.pk}": colleague_party(c, described(c, where[c.pk])) for c in rows}
    units = Unit.objects.visible_to(actor).filter(active=True)
    return found | {f"unit-{u.pk}": unit_party(u) for u in units}


def my_agreements(actor: Actor, plan: Plan) -> list[Agreement]:
    """What the person was asked and what they said, for one plan, the newest first."""
    return list(Agreement.objects.visible_to(actor).filter(case_id=plan.case_id))


def waiting_in(rows: Iterable[Agreement]) -> list[Agreement]:
    """Those that have no answer yet, while there is time."""
    return [a for a in rows if a.state == AgreementState.PROPOSED and not a.over]


def with_employer(rows: Iterable[Agreement]) -> bool:
    """Whether an agreement was ever given for the employer: the page may no longer say that they know nothing."""
    said_yes = (AgreementState.GIVEN, AgreementState.WITHDRAWN)
    return any(a.party_kind == PartyKind.EMPLOYER and a.state in said_yes for a in rows)


def sent_about_me(actor: Actor, plan: Plan) -> list[Sent]:
    """What was sent about the person, the newest first."""
    rows = Transmission.objects.visible_to(actor).filter(case_id=plan.case_id)
    return with_answers(actor, rows)


def asked_of_others(actor: Actor, plan: Plan) -> list[Sent]:
    """Actions of the plan that were asked of somebody else, and where each stands."""
    rows = Transmission.objects.visible_to(actor).filter(case_id=plan.case_id, action__isnull=False)
    return with_answers(actor, rows.filter(state=TransmissionState.SENT).select_related("action"))


def unseen_answers(actor: Actor) -> list[Transmission]:
    """Transmissions of one's own cases whose answers nobody has read, the oldest first."""
    waiting = Answer.objects.visible_to(actor).filter(seen_at=None).values("transmission_id")
    rows = Transmission.objects.visible_to(actor).filter(in_my_cases(actor), pk__in=waiting).order_by("id")
    return list(rows.select_related("about"))


def known(actor: Actor, case: Case) -> list[tuple[str, str]]:
    """What others know of a case: to whom something was said, and whether they read it; the newest first."""
    rows = Transmission.objects.visible_to(actor).filter(case=case, state=TransmissionState.SENT)
    found: dict[object, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(row.party_key, (row.party, "a lu" if row.read_at else "pas encore lu"))
    return list(found.values())
