"""Who sees which rows of a plan. The same rules stand a second time in `walls.sql`.

Read by the `models_…` of the room. The circle is the case's members and the person; a relative sees the parts to
which the person invited them. Who may do what is in `policy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from amarre.cases.policy import in_my_cases
from amarre.core.actor import Actor, Door
from amarre.core.models import WalledQuerySet, one_of
from amarre.plans.policy import may_keep_grids
from amarre.plans.states import Part, VersionState

if TYPE_CHECKING:
    from amarre.plans.models_goals import Action, Comment, Goal, Need, Progress
    from amarre.plans.models_grids import Filling, GridSwitch, OwnGrid
    from amarre.plans.models_papers import Application, Budget, Document, DocumentFile, OwnProcedure
    from amarre.plans.models_plan import Companion, Plan, Review, Version
    from amarre.plans.models_talk import ChannelCheck, LookBackAnswer, Message, Opinion, WorkerChange

R = TypeVar("R", bound=models.Model)


def _current() -> Q:
    return Q(until=None) | Q(until__gte=timezone.localdate())


def _plans(actor: Actor) -> Q:
    """Plans of my cases; in my own space, mine."""
    if actor.door == Door.STAFF:
        return in_my_cases(actor) if actor.has("social_worker") else Q(pk__in=[])
    mine = actor.door == Door.PERSON and actor.person_id is not None
    return Q(person_id=actor.person_id) if mine else Q(pk__in=[])


def in_my_plans(actor: Actor, column: str = "plan_id", part: str = "") -> Q:
    """Rows of the plans that the actor sees; with `part`, also of those in which it was shared with them."""
    from amarre.plans.models_plan import Companion, Plan

    rows = one_of(column, Plan.objects.filter(_plans(actor)).order_by().values("pk"))
    if part and actor.door == Door.PERSON:
        shared = Companion.objects.filter(_current(), user_id=actor.user_id, parts__contains=[part])
        rows |= one_of(column, shared.order_by().values("plan_id"))
    return rows


class PartQuerySet(WalledQuerySet[R]):
    """Rows of a plan; `_part` says to which part a relative may be invited."""

    _part = ""

    def _seen(self, actor: Actor, column: str = "plan_id") -> Self:
        return self.filter(in_my_plans(actor, column, self._part))

    def of(self, plan: Any) -> Self:
        """Those of one plan."""
        return self.filter(plan=plan)


class PlanQuerySet(WalledQuerySet["Plan"]):
    """Plans: members and the person; who was invited to a part sees that part, not the plan."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_plans(actor))


class VersionQuerySet(PartQuerySet["Version"]):
    """Frozen versions."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)

    def waiting(self) -> Self:
        """Those that wait for the person's answer."""
        return self.filter(state=VersionState.PROPOSED)


class ReviewQuerySet(PartQuerySet["Review"]):
    """Reviews."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class CompanionQuerySet(PartQuerySet["Companion"]):
    """Somebody close: the circle of the plan, and themselves."""

    def visible_to(self, actor: Actor) -> Self:
        mine = Q(user_id=actor.user_id) & _current() if actor.door == Door.PERSON else Q(pk__in=[])
        return self.filter(in_my_plans(actor) | mine)


class NeedQuerySet(PartQuerySet["Need"]):
    """Needs."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class GoalQuerySet(PartQuerySet["Goal"]):
    """Goals; a relative, when invited."""

    _part = Part.GOALS

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class ProgressQuerySet(PartQuerySet["Progress"]):
    """How it goes."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class CommentQuerySet(PartQuerySet["Comment"]):
    """What is said of goals."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class ActionQuerySet(PartQuerySet["Action"]):
    """Actions; a relative, when invited."""

    _part = Part.GOALS

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class FillingQuerySet(PartQuerySet["Filling"]):
    """Filled grids."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class ApplicationQuerySet(PartQuerySet["Application"]):
    """Rights applications; a relative, when invited."""

    _part = Part.PROCEDURES

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class BudgetQuerySet(PartQuerySet["Budget"]):
    """Budgets."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class DocumentQuerySet(PartQuerySet["Document"]):
    """Documents; a relative, when invited."""

    _part = Part.DOCUMENTS

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class DocumentFileQuerySet(WalledQuerySet["DocumentFile"]):
    """Their bytes, as the documents."""

    def visible_to(self, actor: Actor) -> Self:
        from amarre.plans.models_papers import Document

        return self.filter(document__in=Document.objects.visible_to(actor))


class MessageQuerySet(PartQuerySet["Message"]):
    """Messages."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class OpinionQuerySet(PartQuerySet["Opinion"]):
    """Opinions."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class LookBackAnswerQuerySet(PartQuerySet["LookBackAnswer"]):
    """Answers to look-backs."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor)


class WorkerChangeQuerySet(PartQuerySet["WorkerChange"]):
    """A wish for another worker: the person and the coordinators of the centre, never the members."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF:
            return self.filter(centre_id__in=actor.centres) if actor.has("coordinator") else self.none()
        return self._seen(actor)


class ChannelCheckQuerySet(PartQuerySet["ChannelCheck"]):
    """Addresses being confirmed: the members; the person does it with them."""

    def visible_to(self, actor: Actor) -> Self:
        return self._seen(actor) if actor.door == Door.STAFF else self.none()


def _signed_in(actor: Actor) -> bool:
    return actor.door in (Door.STAFF, Door.PERSON)


class GridSwitchQuerySet(WalledQuerySet["GridSwitch"]):
    """Which grids are in use is no secret."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if actor.door == Door.STAFF else self.none()


class OwnGridQuerySet(WalledQuerySet["OwnGrid"]):
    """The words of the service's own grids: everybody signed in, once published."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.door == Door.STAFF and may_keep_grids(actor):
            return self.all()
        return self.exclude(state="draft") if _signed_in(actor) else self.none()


class OwnProcedureQuerySet(WalledQuerySet["OwnProcedure"]):
    """The catalogue as the service rewrote it."""

    def visible_to(self, actor: Actor) -> Self:
        return self.all() if _signed_in(actor) else self.none()
