"""The commands about contacts of employers and their questions."""

from __future__ import annotations

from amarre.organisations.models import Advice, Contact
from tests.cast import as_owner, user
from tests.rows_contacts import ENDED, WAITING
from tests.trios import World, trio

NEW = {"kind": "hr", "name": "Ida clair-commande", "email": "clair-commande@anse.example"}


def contact(email: str) -> Contact:
    with as_owner():
        return Contact.objects.select_related("establishment").get(email=email)


def mine(code: str) -> Contact:
    return contact(f"{code}@demo.amarre.example")


def advice(code: str, state: str) -> Advice:
    with as_owner():
        return Advice.objects.select_related("asked_by").get(asked_by__user_id=user(code).pk, state=state)


def closed_place(w: World) -> object:
    place = w.establishment()
    place.active = False
    return place


trio(
    "contact.invite",
    allowed=("sophie", lambda w: {"establishment": w.establishment(), **NEW}),
    refused="alex",
    failed=lambda w: {"establishment": closed_place(w), **NEW},
)
trio(
    "contact.resend",
    allowed=("claire", lambda _: {"contact": contact(WAITING)}),
    refused="hugo",
    failed=lambda _: {"contact": contact(ENDED)},
)
trio(
    "contact.confirm",
    allowed=("marc", lambda _: {"contact": contact(WAITING), "checked_how": "met"}),
    refused="hugo",
    failed=lambda _: {"contact": mine("paul"), "checked_how": "met"},
)
trio(
    "contact.end",
    allowed=("claire", lambda _: {"contact": mine("paul")}),
    refused="lea",
    failed=lambda _: {"contact": contact(ENDED)},
)
trio(
    "advice.ask",
    allowed=("paul", lambda _: {"contact": mine("paul"), "theme": "RETURN", "question": "canari-commande"}),
    refused=("rita", lambda _: {"contact": mine("paul"), "theme": "RETURN", "question": "canari-commande"}),
    failed=lambda _: {"contact": mine("paul"), "theme": "RETURN", "question": " "},
)
trio(
    "advice.take",
    allowed=("claire", lambda _: {"advice": advice("paul", "asked")}),
    refused="theo",
    failed=lambda _: {"advice": advice("paul", "answered")},
)
trio(
    "advice.answer",
    allowed=("marc", lambda _: {"advice": advice("paul", "asked"), "answer": "canari-commande", "minutes": 20}),
    refused="sophie",
    failed=lambda _: {"advice": advice("paul", "asked"), "answer": "canari-commande", "minutes": 0},
)
trio(
    "advice.close",
    allowed=("paul", lambda _: {"advice": advice("paul", "answered")}),
    refused="rita",
    failed=lambda _: {"advice": advice("paul", "asked")},
)
trio(
    "advice.set_aside",
    allowed=("nadia", lambda _: {"advice": advice("paul", "asked")}),
    refused="sophie",
    failed=lambda _: {"advice": advice("paul", "answered")},
)
