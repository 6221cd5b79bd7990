"""Rows of the matrix for the employer's door, and for the staff's pages about contacts and advice.

Read by `tests.matrix`. At the door: Paul, Rita and Karim each see their own; the staff and persons are refused (403),
strangers sign in (302), what belongs to another contact is not there (404).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import timezone

from amarre.config.demo.cast import CAST
from amarre.organisations.models import Advice, Contact
from amarre.sharing.models import Transmission
from tests import matrix_employer_groups
from tests.cast import as_owner
from tests.rows import INES_CASE
from tests.rows_contacts import WAITING
from tests.trios import World

EMPLOYERS = frozenset({"paul", "rita", "karim"})
STRANGERS = frozenset({"passer_by", "max"})
OTHERS = frozenset(p.code for p in CAST if p.active) - EMPLOYERS
PAUL, RITA, KARIM = frozenset({"paul"}), frozenset({"rita"}), frozenset({"karim"})
Answers = Mapping[int, Collection[str]]
Add = Callable[..., None]


def advice(code: str, state: str = "answered") -> Callable[[World], list[Any]]:
    """The key of somebody's question."""

    def find(world: World) -> list[Any]:
        with as_owner():
            return [Advice.objects.get(asked_by__user_id=world.user(code).pk, state=state).pk]

    return find


def message(*, gone: bool = False, colleague: bool = False, **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of something about Inès: for Paul, to be read today unless said otherwise; or for somebody else."""

    def find(_world: World) -> list[Any]:
        with as_owner():
            rows = Transmission.objects.filter(contact__isnull=colleague, **{"state": "sent"} | wanted)
            today = timezone.localdate()
            rows = rows.filter(visible_until__lt=today) if gone else rows.filter(visible_until__gte=today)
            return [rows.filter(case__number=INES_CASE).order_by("id")[0].pk]

    return find


def contact(email: str) -> Callable[[World], list[Any]]:
    """The key of a contact."""

    def find(world: World) -> list[Any]:
        with as_owner():
            return [Contact.objects.get(email=email).pk]

    return find


def rows(add: Add) -> None:
    """Every address of the door."""

    def door(name: str, get: Answers, post: Answers | None = None, *, about: Any = None) -> None:
        add(f"employer:{name}", _filled(get), _filled(get if post is None else post), about)

    everybody: Answers = {200: EMPLOYERS}
    for name in ("home", "duties", "never", "me", "advice_list", "message_list"):
        door(name, everybody)
    door("advice_new", everybody, {422: EMPLOYERS})
    asking = {403: KARIM}
    door("help", {200: PAUL | RITA, **asking}, {422: PAUL | RITA, **asking})
    door("help_sent", {200: PAUL | RITA, **asking})
    door("advice", {200: PAUL}, {302: PAUL}, about=advice("paul"))
    door("advice", {200: PAUL}, {302: PAUL}, about=advice("paul", "asked"))
    door("advice", {200: RITA}, {302: RITA}, about=advice("rita"))
    door("message", {200: PAUL}, {200: PAUL}, about=message(read_at=None))
    door("message", {200: PAUL}, {422: PAUL}, about=message(read_at__isnull=False))
    for about in (message(state="draft"), message(state="recalled"), message(gone=True), message(colleague=True)):
        door("message", {404: EMPLOYERS}, about=about)
        door("message_open", {405: EMPLOYERS}, {404: EMPLOYERS}, about=about)
    door("message_open", {405: EMPLOYERS}, {302: PAUL}, about=message(read_at=None))
    matrix_employer_groups.rows(door)


def staff_rows(staff: Add) -> None:
    """The staff's pages: contacts by those who keep companies, advice by those of the centre who give it."""
    keepers = frozenset({"claire", "bruno", "nadia", "zoe", "theo", "sophie", "marc"})
    here = frozenset({"claire", "bruno", "nadia", "zoe", "marc"})

    def place(world: World) -> list[Any]:
        return [world.establishment().pk]

    staff("contact_list", {200: keepers}, about=place)
    staff("contact_invite", {200: keepers}, {422: keepers}, about=place)
    staff("contact", {200: keepers}, {422: keepers}, about=contact(WAITING))
    staff("contact", {200: keepers}, {422: keepers}, about=contact("paul@demo.amarre.example"))
    for name in ("contact_resend", "contact_end"):
        staff(name, None, {302: keepers}, about=contact(WAITING))
    staff("advice_list", {200: here | {"theo"}})
    elsewhere = {404: {"theo"}}
    for state in ("asked", "answered"):
        staff("advice", {200: here, **elsewhere}, {422: here, **elsewhere}, about=advice("paul", state))
    for name in ("advice_take", "advice_set_aside"):
        staff(name, None, {302: here, **elsewhere}, about=advice("paul", "asked"))
    staff("advice", {200: {"theo"}, 404: here}, {422: {"theo"}, 404: here}, about=advice("rita"))


def _filled(said: Answers) -> dict[int, frozenset[str]]:
    found = {status: frozenset(codes) for status, codes in said.items()}
    left = EMPLOYERS.difference(*found.values())
    for status, codes in ((302, STRANGERS), (403, OTHERS), (404, left)):
        found[status] = found.get(status, frozenset()) | codes
    return found
