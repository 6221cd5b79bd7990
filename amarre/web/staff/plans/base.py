"""What the pages of a plan share: the case, once it is written down that it was opened, its plan, the head of the page.

Read by the views beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from amarre.cases import policy
from amarre.cases.models import Case
from amarre.cases.states import State
from amarre.core.actor import Actor
from amarre.plans.commands import open_plan
from amarre.plans.models import Plan
from amarre.plans.queries import plan_of
from amarre.web.staff.cases.head import head, open_case
from amarre.web.ui.http import actor_of


@dataclass(frozen=True, slots=True)
class Here:
    """Whose page it is: the actor, the case, its plan if it was begun."""

    actor: Actor
    case: Case
    plan: Plan | None

    @property
    def is_open(self) -> bool:
        """Whether the case goes on."""
        return bool(self.case.assignment.state != State.CLOSED)

    def begun(self) -> Plan:
        """The plan, begun now if it was not; called inside what `carry_out` does."""
        return self.plan or open_plan(actor=self.actor, case=self.case)

    def head(self, tab: str, **more: Any) -> dict[str, Any]:
        """Context of the page: the head of the case, its plan, and what the page adds."""
        return head(self.actor, self.case, tab) | {"plan": self.plan, "plan_person": self.case.person, **more}


def here(request: HttpRequest, pk: int, verb: str = "plan.read") -> Here:
    """The case and its plan; 404 when the case is not mine."""
    actor = actor_of(request)
    case = open_case(request, actor, pk, verb)
    return Here(actor, case, plan_of(actor, case))


def here_to_write(request: HttpRequest, pk: int, verb: str = "plan.read") -> Here:
    """The same, for a page where one writes: 403 for who may not."""
    found = here(request, pk, verb)
    if not policy.may_write(found.actor, found.case):
        raise PermissionDenied
    return found
