"""Rows of the matrix for the partner's door, and for the staff's pages about orientations.

Read by `tests.matrix`. At the door: Chloé sees hers; the staff, employers and persons are refused (403), strangers sign
in (302), what was sent to another partner is not there (404). Who holds a link and its code is tried in
`tests/web/partner`: without them the page of a link is the same for everybody, and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from amarre.config.demo.cast import CAST
from amarre.sharing.models import Orientation
from tests.cast import as_owner
from tests.rows import INES_CASE, YANIS_CASE
from tests.trios import World

CHLOE = frozenset({"chloe"})
STRANGERS = frozenset({"passer_by", "max"})
OTHERS = frozenset(p.code for p in CAST if p.active) - CHLOE
EVERYBODY = CHLOE | STRANGERS | OTHERS
MEMBERS = frozenset({"claire", "bruno", "zoe"})
Answers = Mapping[int, Collection[str]]
Add = Callable[..., None]


def orientation(case: str, **wanted: Any) -> Orientation:
    """The first orientation of a case that is as wanted."""
    with as_owner():
        rows = Orientation.objects.filter(transmission__case__number=case, **wanted).order_by("pk")
        return rows.select_related("transmission")[0]


def sent(case: str, **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of its transmission."""
    return lambda _: [orientation(case, **wanted).transmission_id]


def rows(add: Add) -> None:
    """Every address of the door."""

    def door(name: str, get: Answers, post: Answers | None = None, *, about: Any = None) -> None:
        add(f"partner:{name}", _filled(get), _filled(get if post is None else post), about)

    for name in ("home", "me"):
        door(name, {200: CHLOE})
    unread, read = sent(INES_CASE, state="sent"), sent(INES_CASE, state="accepted")
    for about in (unread, read):
        door("received", {200: CHLOE}, {422: CHLOE}, about=about)
        door("received_open", {405: CHLOE}, {302: CHLOE}, about=about)
        door("received_answer", {405: CHLOE}, {422: CHLOE}, about=about)
    for name in ("received", "received_open", "received_answer"):
        door(name, {404 if name == "received" else 405: CHLOE}, {404: CHLOE}, about=sent(YANIS_CASE))
    add("partner:link", {200: EVERYBODY}, {422: EVERYBODY}, ["nothing"])
    for name in ("message", "message_open", "message_answer"):
        add(f"partner:{name}", {404: EVERYBODY}, {404: EVERYBODY}, None)


def staff_rows(staff: Add) -> None:
    """The staff's pages: those of a case by its members, the link by who answers for it, figures by the whole staff."""

    def case(w: World) -> list[Any]:
        return [w.case().pk]

    def reminded(w: World) -> list[Any]:
        return [w.case().pk, orientation(INES_CASE, state="sent").pk]

    def crossed(w: World) -> list[Any]:
        return [w.case().pk, orientation(YANIS_CASE).pk]

    staff("orientation_list", {200: MEMBERS}, rest=404, about=case)
    staff("orientation_remind", None, {302: MEMBERS}, rest=404, about=reminded)
    staff("orientation_remind", None, {}, rest=404, about=crossed)
    link = {200: {"nadia"}}
    staff("transmission_link", link, {422: {"nadia"}}, rest=404, about=sent(YANIS_CASE))
    staff("transmission_link", {}, rest=404, about=sent(INES_CASE))  # Chloé reads hers behind her own door
    everybody = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
    staff("directory_structure_figures", {200: everybody}, about=lambda w: [w.structure().pk])


def _filled(said: Answers) -> dict[int, frozenset[str]]:
    found = {status: frozenset(codes) for status, codes in said.items()}
    left = CHLOE.difference(*found.values())
    for status, codes in ((302, STRANGERS), (403, OTHERS), (404, left)):
        found[status] = found.get(status, frozenset()) | codes
    return found
