"""Rows of the matrix for the person's appointments: by the link, where everybody is nobody, and in the space.

Read by `tests.matrix`. By the link the answer is the same whoever has signed in: the secret alone opens. In the space
Inès meets hers; what is somebody else's is not there (404), strangers sign in (302), other doors are refused (403).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import timezone

from amarre.appointments import models as m
from amarre.appointments.links import secret_of
from amarre.config.demo.cast import CAST
from tests.cast import as_owner
from tests.rows_appointments import GROUP_RDV_ID, OLD_RDV_ID, RDV_ID, at, monday
from tests.trios import World

EVERYBODY = frozenset({*(p.code for p in CAST), "passer_by"})
PERSONS = frozenset({"ines", "yanis"})
STRANGERS = frozenset({"passer_by", "max"})
OTHERS = frozenset(p.code for p in CAST if p.active) - PERSONS
INES = frozenset({"ines"})
Answers = Mapping[int, Collection[str]]
Add = Callable[..., None]
FREE = int(at(monday(2), 9).timestamp())
NO_SUCH = "un-secret-que-personne-n-a-fait"


def booking(who: str = "Benali", **wanted: Any) -> m.Booking:
    """The next appointment of somebody, or the one that is wanted."""
    asked = wanted or {"appointment__starts_at__gt": timezone.now(), "kind__label": "Rendez-vous"}
    with as_owner():
        return m.Booking.objects.filter(person__last_name=who, **asked).order_by("pk")[0]


def offer() -> int:
    """The place that is kept for who holds the first link."""
    with as_owner():
        return m.Offer.objects.get(starts_at=at(monday(), 14)).pk


def group() -> int:
    """The meeting of several."""
    with as_owner():
        return m.Appointment.objects.get(capacity__gt=1).pk


def past() -> m.Booking:
    """Inès's of three days ago."""
    return booking(appointment__ends_at__lt=timezone.now(), kind__label="Rendez-vous")


PAGES: dict[str, tuple[Any, ...]] = {
    "": (), "_slots": (), "_check": (FREE,), "_group": (1,), "_kept": (), "_cancel": (), "_reply": (), "_wait": (),
    "_offer": (1,), "_file": (),
}  # fmt: skip
POSTED = ("_reply", "_wait")


def rows(add: Add) -> None:
    """Every address, by the link then in the space."""
    _links(add)
    _space(add)


def _links(add: Add) -> None:
    def by_link(key: int | str, said: Mapping[str, tuple[int, int]], more: Callable[[], Any] | None = None) -> None:
        secret = key if isinstance(key, str) else secret_of(key)
        for name, (get, post) in said.items():
            about = _about(lambda: secret, name, more)
            add(f"rdv:appointment{name}", {get: EVERYBODY}, {post: EVERYBODY}, about, 22)

    nothing = {name: (405 if name in POSTED else 404, 404) for name in PAGES}
    by_link(NO_SUCH, nothing)
    by_link(OLD_RDV_ID, nothing)
    by_link(RDV_ID, {
        "": (200, 200), "_slots": (200, 200), "_check": (200, 302), "_group": (200, 422), "_kept": (302, 302),
        "_cancel": (200, 302), "_reply": (405, 422), "_wait": (405, 302), "_file": (404, 404),
    })  # fmt: skip
    by_link(RDV_ID, {"_offer": (200, 302)}, offer)
    by_link(RDV_ID, {"_group": (200, 422)}, group)  # a group, and a kind for one person
    by_link(GROUP_RDV_ID, {"": (200, 200), "_group": (200, 302)}, group)
    by_link(GROUP_RDV_ID, {"_offer": (404, 404)}, offer)  # kept for somebody else


def _about(key: Callable[[], Any], name: str, more: Callable[[], Any] | None) -> Callable[[World], list[Any]]:
    return lambda _: [key(), *([more()] if more and PAGES[name] else PAGES[name])]


def _space(add: Add) -> None:
    def space(name: str, get: Answers, post: Answers, key: Callable[[], m.Booking] | None = None) -> None:
        about = _about(lambda: key().pk, name, None) if key else None
        add(f"employee:appointment{name}", _filled(get), _filled(post), about, 26)

    add("employee:appointment_list", _filled({200: PERSONS}), _filled({200: PERSONS}), None, 16)
    mine: dict[str, tuple[int, int]] = {
        "": (200, 200), "_slots": (200, 200), "_check": (200, 302), "_group": (200, 422), "_kept": (200, 200),
        "_cancel": (200, 302), "_reply": (405, 422), "_wait": (405, 302), "_offer": (404, 404), "_file": (200, 200),
    }  # fmt: skip
    over = mine | {
        "_slots": (302, 302), "_check": (302, 302), "_group": (302, 302), "_kept": (302, 302), "_cancel": (302, 422),
        "_wait": (405, 422), "_file": (404, 404),
    }  # fmt: skip
    for said, key in ((mine, booking), (over, past)):
        for name, (get, post) in said.items():
            everyone = {405: PERSONS} if name in POSTED else {get: INES}
            space(name, everyone, {post: INES}, key)
    for name in PAGES:
        every = {405: PERSONS} if name in POSTED else {}
        space(name, every, {}, _theo)


def _theo() -> m.Booking:
    """Of somebody of Nanterre, without an account."""
    with as_owner():
        return m.Booking.objects.get(name="Personne de Nanterre")


def _filled(said: Answers) -> dict[int, frozenset[str]]:
    found = {status: frozenset(codes) for status, codes in said.items()}
    left = PERSONS.difference(*found.values()) if found else PERSONS
    for status, codes in ((302, STRANGERS), (403, OTHERS), (404, left)):
        found[status] = found.get(status, frozenset()) | codes
    return found
