"""Rows of the matrix for what leaves a case: its members, the person, whoever receives it; nobody else.

Read by `tests.matrix`. Dr Hugo and Nora, who received something, meet 404 on the members’ pages, as does the busy
neighbour: the case is not theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amarre.sharing import models as m
from amarre.sharing.commands import seen_as
from tests.cast import as_owner
from tests.rows import INES_CASE, YANIS_CASE
from tests.trios import World

MEMBERS = frozenset({"claire", "bruno", "zoe"})
ANSWERING = MEMBERS - {"zoe"}
TRAINEE = {403: frozenset({"zoe"})}
SEEN, DONE, FORM = {200: MEMBERS}, {302: MEMBERS}, {422: MEMBERS}
INES, YANIS = frozenset({"ines"}), frozenset({"yanis"})


def of(model: Any, number: str = INES_CASE, **wanted: Any) -> Callable[[World], list[Any]]:
    """The key of a row of a case."""

    def find(_world: World) -> list[Any]:
        with as_owner():
            return [model.objects.filter(case__number=number, **wanted).order_by("id")[0].pk]

    return find


def in_case(model: Any, **wanted: Any) -> Callable[[World], list[Any]]:
    """Inès's case, and the key of one of its rows."""
    return lambda w: [w.case().pk, *of(model, **wanted)(w)]


def crossed(model: Any, **wanted: Any) -> Callable[[World], list[Any]]:
    """Inès's case, and the key of a row of Yanis's: nobody gets there."""
    return lambda w: [w.case().pk, *of(model, YANIS_CASE, **wanted)(w)]


def _checked(w: World) -> dict[str, str]:
    with as_owner():
        return {"checked": seen_as(m.Transmission.objects.get(pk=of(m.Transmission, state="draft")(w)[0]))}


def rows(staff: Any) -> None:
    """Every address of the members' side."""

    def page(name: str, get: Any, post: Any = None, about: Any = None, **more: Any) -> None:
        staff(name, get, post, rest=404, about=about or (lambda w: [w.case().pk]), statements=22, **more)

    page("sharing", SEEN)
    page("sharing_agreement_new", SEEN, FORM)
    page("sharing_compose", SEEN, FORM)
    page("sharing_exception", {200: ANSWERING} | TRAINEE, {422: ANSWERING} | TRAINEE)
    asked, given = in_case(m.Agreement, state="proposed"), in_case(m.Agreement, state="given")
    page("sharing_agreement", SEEN, FORM, about=asked)
    page("sharing_agreement", SEEN, FORM, about=in_case(m.Agreement, given_how="screen"))
    page("sharing_agreement", {404: MEMBERS}, about=crossed(m.Agreement))
    page("sharing_agreement_give", None, FORM, about=asked)
    page("sharing_agreement_decline", None, DONE, about=asked)
    page("sharing_agreement_withdraw", None, DONE, about=given)
    for name in ("give", "decline", "withdraw"):
        page(f"sharing_agreement_{name}", None, {404: MEMBERS}, about=crossed(m.Agreement))
    draft, left = of(m.Transmission, state="draft"), of(m.Transmission, state="sent", read_at=None)
    page("transmission", SEEN, about=draft)
    page("transmission", SEEN, about=left)
    page("transmission", {200: frozenset({"nadia"})}, about=of(m.Transmission, YANIS_CASE))
    page("transmission_edit", SEEN, FORM, about=draft)
    page("transmission_send", None, {302: ANSWERING} | TRAINEE, about=draft, data=_checked)
    page("transmission_send", None, {422: ANSWERING} | TRAINEE, about=draft)  # nothing was checked
    page("transmission_recall", None, {302: ANSWERING} | TRAINEE, about=left)
    page("transmission_discard", None, DONE, about=draft)
    page("transmission_see", None, DONE, about=of(m.Transmission, state="sent", read_at__isnull=False))
    readers = {200: frozenset({"claire", "bruno", "nadia", "zoe", "theo", "marc"})}
    staff("exception_list", readers)
    staff(
        "exception_review", None, {422: frozenset({"claire", "bruno", "zoe", "marc"}),
                                   404: frozenset({"nadia", "theo"})},
        about=of(m.LawException, reviewed_at=None),
    )  # fmt: skip


def person_rows(space: Any) -> None:
    """Every address of the person's side."""
    both = {200: INES | YANIS}
    space("sharing", both, statements=24)
    asked, given = of(m.Agreement, state="proposed"), of(m.Agreement, state="given")
    space("agreement", {200: INES}, {422: INES}, about=asked, statements=24)
    space("agreement", {200: INES}, {422: INES}, about=of(m.Agreement, given_how="screen"), statements=24)
    space("agreement", {200: YANIS}, {422: YANIS}, about=of(m.Agreement, YANIS_CASE), statements=24)
    space("agreement_withdraw", None, {302: INES}, about=given)
    space("transmission", {200: INES}, about=of(m.Transmission, state="sent", exception=None), statements=24)
    space("transmission", {404: INES | YANIS}, about=of(m.Transmission, state="draft"))
    space("transmission", {404: INES | YANIS}, about=of(m.Transmission, exception__isnull=False))
