"""Every write of the plan itself: begun, framed, frozen, answered, handed over, reviewed.

Read by the doors. Goals, grids, papers, talk and the person's space have modules of their own. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from amarre.cases.commands import require_open
from amarre.cases.models import Case
from amarre.core import notices
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.plans import policy
from amarre.plans.models import Document, Plan, Review, Scan, Version
from amarre.plans.policy import is_the_person
from amarre.plans.queries import my_worker
from amarre.plans.states import AnsweredBy, AnswerMode, HandedHow, Regime, ReviewKind, VersionState

LONGEST_BETWEEN_REVIEWS = timedelta(days=92)
"""A review at least every three months (process model § 5.2)."""


def tell_the_person(plan: Plan) -> None:
    """A notice says that something waits in the space; one a day at most."""
    if plan.person_id is not None:
        notices.announce(notices.Kind.PERSON, plan.person_id, key="space")


def require_going_on(actor: Actor, plan: Plan) -> None:
    """Raises `Refused` once the case is closed; the assignment is held until the end of the act for the staff."""
    if actor.door == Door.STAFF:
        require_open(actor, plan.case)
        return
    worker = my_worker(plan.pk)
    if worker is None or not worker.open:
        raise Refused("Votre suivi est terminé. Vous pouvez demander de l’aide à nouveau.")


def not_in_the_future(on: date) -> None:
    """Raises `Refused` for a day that has not come."""
    if on > timezone.localdate():
        raise Refused("La date est dans l’avenir. Indiquez le jour où cela s’est passé.")


@command("plan.open", allowed=policy.may_start)
def open_plan(*, actor: Actor, case: Case) -> Plan:
    """The plan of a case, begun when it is first needed; begun already, it is given back as it is."""
    found = Plan.objects.visible_to(actor).filter(case=case).first()
    if found is not None:
        return found
    require_open(actor, case)
    plan = Plan(case=case, person_id=case.person_id, opened_at=timezone.now())
    plan.save()
    return plan


@command("plan.rhythm", allowed=policy.may_build)
def agree_rhythm(
    *, actor: Actor, plan: Plan, weeks: int | None, until: date | None = None, reason_words: str = "",
    review_on: date | None = None,
) -> Plan:  # fmt: skip
    """How often one meets, perhaps closer for a time; and when one looks at the plan again, within three months."""
    require_going_on(actor, plan)
    today = timezone.localdate()
    if until is not None and until < today:
        raise Refused("Ce rythme est déjà passé. Indiquez une date à venir, ou laissez vide.")
    if review_on is not None and review_on < today:
        raise Refused("Le prochain point est déjà passé. Indiquez une date à venir.")
    if review_on is not None and review_on > today + LONGEST_BETWEEN_REVIEWS:
        raise Refused("Un point se fait au moins tous les trois mois. Choisissez une date plus proche.")
    plan.rhythm_weeks, plan.rhythm_until = weeks, until
    plan.rhythm_reason, plan.review_on = reason_words.strip() or None, review_on
    plan.save(update_fields=["rhythm_weeks", "rhythm_until", "rhythm_reason", "review_on"])
    return plan


@command("plan.protect", allowed=policy.may_build)
def say_protection(*, actor: Actor, plan: Plan, regime: str, protector: str = "") -> Plan:
    """A legal protection, and who assists or represents the person; what follows from it is shown, never enforced."""
    if regime in (Regime.ASSISTED, Regime.REINFORCED, Regime.GUARDIANSHIP) and not protector.strip():
        raise Refused("Indiquez qui assiste ou représente la personne, et comment la ou le joindre.")
    plan.regime, plan.protector = regime, protector.strip()
    plan.save(update_fields=["regime", "protector"])
    return plan


@command("plan.freeze", allowed=policy.may_build)
def freeze_plan(*, actor: Actor, plan: Plan, content: str) -> Version:
    """Freeze the plan as it is written today, and propose it; a proposal that waits is replaced, never lost.

    `content` is what the check page showed (`paper.Sheet`, as JSON): what is agreed to is what was read.
    """
    require_going_on(actor, plan)
    held = Plan.objects.visible_to(actor).select_for_update().get(pk=plan.pk)
    for waiting in Version.objects.visible_to(actor).of(held).waiting():
        waiting.state = VersionState.REPLACED
        waiting.save(update_fields=["state"])
    last = Version.objects.visible_to(actor).of(held).order_by("-number").first()
    version = Version(
        plan=held, number=last.number + 1 if last else 1, content=content, frozen_at=timezone.now(),
        frozen_by_id=actor.account_id,
    )  # fmt: skip
    version.save()
    tell_the_person(held)
    return version


@command("plan.answer", allowed=policy.may_answer_version)
def answer_version(
    *, actor: Actor, version: Version, agreed: bool, on: date | None = None, how: str = AnswerMode.SPACE,
    by: str = AnsweredBy.PERSON, words: str = "", proof: Document | None = None,
) -> Version:  # fmt: skip
    """The person says yes or no: in their space, or on paper with its proof, or by word of mouth to who writes it."""
    current = Version.objects.visible_to(actor).select_for_update().get(pk=version.pk)
    if current.state != VersionState.PROPOSED:
        raise Refused("Une réponse est déjà écrite pour cette version, ou une autre l’a remplacée.")
    themselves = is_the_person(actor, version.plan)
    if themselves != (how == AnswerMode.SPACE):
        raise Refused("Dites comment la personne a répondu\u00a0: sur papier, ou à l’oral.")
    if how == AnswerMode.PAPER and agreed and proof is None:
        raise Refused(
            "Un accord sur papier se garde\u00a0: ajoutez d’abord la page signée aux documents, puis choisissez-la."
        )
    if proof is not None and (proof.plan_id != version.plan_id or proof.scan == Scan.INFECTED):
        raise Refused("Ce document n’est pas de ce dossier, ou il ne s’ouvre pas.")
    day = on or timezone.localdate()
    not_in_the_future(day)
    if day < timezone.localtime(current.frozen_at).date():
        raise Refused("La réponse est datée d’avant le projet. Corrigez la date.")
    current.state = VersionState.AGREED if agreed else VersionState.DECLINED
    current.answered_on, current.answered_how, current.answered_by = day, how, by
    current.words = words.strip() or None
    fields = ["state", "answered_on", "answered_how", "answered_by", "words"]
    if not themselves:
        current.proof, current.heard_by_id = proof, actor.account_id
        fields += ["proof", "heard_by"]
    current.save(update_fields=fields)
    return current


@command("plan.hand", allowed=policy.may_answer_version)
def hand_over_version(*, actor: Actor, version: Version, on: date, how: Sequence[str]) -> Version:
    """The written plan was given to the person; within fifteen days, as a good practice (domain § 4.2)."""
    if is_the_person(actor, version.plan):
        raise Refused("C’est la personne qui vous accompagne qui vous remet le projet.")
    not_in_the_future(on)
    if not how:
        raise Refused("Dites comment le projet a été remis.")
    if on < timezone.localtime(version.frozen_at).date():
        raise Refused("La remise est datée d’avant le projet. Corrigez la date.")
    version.handed_on, version.handed_how = on, list(how)
    version.save(update_fields=["handed_on", "handed_how"])
    if HandedHow.SPACE in how:
        tell_the_person(version.plan)
    return version


@command("plan.review", allowed=policy.may_build)
def hold_review(
    *, actor: Actor, plan: Plan, on: date, kind: str, words: str, stays_open: str = "", next_on: date | None = None
) -> Review:
    """A look at the plan together; a balance says what stays open and asks for no next date."""
    not_in_the_future(on)
    if not words.strip():
        raise Refused("Écrivez au moins une phrase sur ce qui a été dit.")
    if next_on is not None and next_on <= on:
        raise Refused("Le prochain point est avant celui-ci. Corrigez l’une des deux dates.")
    if next_on is not None and next_on > on + LONGEST_BETWEEN_REVIEWS:
        raise Refused("Un point se fait au moins tous les trois mois. Choisissez une date plus proche.")
    review = Review(
        plan=plan, on=on, kind=kind, words=words.strip(), stays_open=stays_open.strip() or None,
        next_on=None if kind == ReviewKind.BALANCE else next_on, author_id=actor.account_id,
    )  # fmt: skip
    review.save()
    plan.review_on = review.next_on
    plan.save(update_fields=["review_on"])
    return review
