"""Reads that span several models of intake.

Read by the doors; `centre_for` by passers-by too, through a function of the database that says nothing else.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Q, QuerySet

from amarre.core.actor import Actor
from amarre.core.text import fold
from amarre.intake.models import Attempt, Solicitation, Statement


def centre_for(*, city: str = "", postcode: str = "", company: str = "") -> int:
    """The centre that answers, found by company name, commune or postcode; else the one that takes the rest."""
    with connection.cursor() as cursor:
        cursor.execute("select route_request(%s, %s, %s)", [fold(city), postcode.strip(), fold(company)])
        found = cursor.fetchone()[0]
    if found is None:
        raise LookupError("no centre is open")
    return int(found)


def queue(actor: Actor) -> QuerySet[Solicitation]:
    """The open requests that the actor may see, most urgent first, then oldest."""
    rows = Solicitation.objects.visible_to(actor, waiting=True)
    return rows.select_related("assigned_to", "centre").order_by("due_on", "received_at")


def tried(actor: Actor, solicitations: list[Solicitation]) -> dict[int, int]:
    """How many times each person was tried for an agreement."""
    rows = Attempt.objects.visible_to(actor).filter(solicitation__in=solicitations)
    return dict(rows.values_list("solicitation_id").annotate(Count("id")))


def statement_of(actor: Actor, solicitation: Solicitation) -> Statement | None:
    """Why, for those who may know."""
    return Statement.objects.visible_to(actor).filter(solicitation=solicitation).first()


def same_request(actor: Actor, *, phone_digits: str, email: str, search: str, besides: int = 0) -> list[Solicitation]:
    """Open requests that may be the same: same telephone, same e-mail, or same name."""
    same = Q(pk__in=[])
    if phone_digits:
        same |= Q(phone_digits=phone_digits)
    if email:
        same |= Q(email__iexact=email)
    if search:
        same |= Q(search=search) | Q(search=" ".join(reversed(search.split())))
    rows = Solicitation.objects.visible_to(actor).open().filter(same).exclude(pk=besides)
    return list(rows.order_by("-received_at")[:5])


def origin_of(actor: Actor, case_id: int) -> Solicitation | None:
    """The request from which a case came."""
    rows = Solicitation.objects.visible_to(actor).filter(case_id=case_id).select_related("statement")
    return rows.only("received_at", "source", "statement__words").first()
