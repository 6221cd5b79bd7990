"""The commands of collective actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Model

from amarre.collective import models as m
from amarre.core import commands
from amarre.organisations.models import Contact, Establishment
from tests.cast import as_owner
from tests.core.hostile_files import picture
from tests.rows_collective import OPEN_CODE, SEAT_CODE, SEAT_SECRET, SOON
from tests.trios import World, trio

TODAY = date.today()
WORDS = {"need": "canari-commande"}
HOURS = {"starts": time(14), "ends": time(15)}


def one(model: type[Model], **wanted: Any) -> Any:
    with as_owner():
        return model._default_manager.filter(**wanted).order_by("pk")[0]


def action(state: str, **more: Any) -> m.Action:
    with as_owner():
        rows = m.Action.objects.select_related("contact", "company", "establishment")
        return rows.filter(state=state, **more).order_by("pk")[0]


def offer(code: str = "carers") -> m.Offer:
    return one(m.Offer, code=code)


def contact(kind: str) -> Contact:
    with as_owner():
        rows = Contact.objects.select_related("establishment__company").filter(kind=kind, confirmed_at__isnull=False)
        return rows.filter(establishment__city="Montreuil").order_by("pk")[0]


def place(city: str = "Montreuil") -> Establishment:
    with as_owner():
        return Establishment.objects.select_related("company").get(city=city)


def session(code: str = SEAT_CODE) -> m.Session:
    with as_owner():
        return m.Session.objects.select_related("action").get(code=code)


def counted() -> m.Session:
    """Held and counted, its account not given yet."""
    found = one(m.Session, state="held", head_count__isnull=False, action__report_on=None)
    with as_owner():
        return m.Session.objects.select_related("action").get(pk=found.pk)


def act(state: str, said: dict[str, Any] | None = None, **more: Any) -> Callable[[World], dict[str, Any]]:
    """An action in this state, with what is said of it."""
    return lambda _w: {"action": action(state, **more), **(said or {})}


def opened(w: World, **said: Any) -> dict[str, Any]:
    here = place()
    return {"offer": offer(), "company": here.company, "establishment": here, "asker": "service", **WORDS} | said


def planned(w: World, **said: Any) -> dict[str, Any]:
    return {"action": action("agreed"), "day": SOON, **HOURS, "team": [w.colleague("bruno")]} | said


def moved(w: World, **said: Any) -> dict[str, Any]:
    return {"session": session(), "day": SOON, **HOURS, "team": [w.colleague("bruno")], "capacity": 3} | said


def described(w: World, **said: Any) -> dict[str, Any]:
    return {"kind": "workshop", "theme": "BUDGET", "title": "Le budget, autrement", "aim": "Mieux compter"} | said


def closable(w: World) -> dict[str, Any]:
    with as_owner(), commands.loading():
        m.Session.objects.filter(action__state="agreed").update(state="cancelled", sign_up=False)
    return {"action": action("agreed")}


def improvement(state: str) -> m.Improvement:
    return one(m.Improvement, state=state)


trio(
    "action.ask",
    allowed=("karim", lambda _: {"contact": contact("works_council"), "offer": offer(), **WORDS}),
    refused=("rita", lambda _: {"contact": contact("hr"), "offer": offer(), **WORDS}),
    failed=("paul", lambda _: {"contact": contact("hr"), "offer": offer(), "need": "Appelez le 06 12 34 56 78"}),
)
trio(
    "action.open",
    allowed=("sophie", opened),
    refused="lea",
    failed=("hugo", opened),  # the health team asks in its own name
)
trio(
    "action.discuss",
    allowed=("marc", act("requested", {"discussion": "canari-commande"})),
    refused="sophie",
    failed=act("agreed", {"discussion": "canari-commande"}),
)
AGREED = {"agreed_with": "la direction", "agreed_on": TODAY, "place": "Salle commune"}
trio(
    "action.agree",
    allowed=("claire", act("discussed", AGREED)),
    refused="hugo",
    failed=act("discussed", AGREED | {"agreed_on": TODAY + timedelta(days=1)}),
)
trio("action.tell", allowed=("sophie", act("agreed")), refused="nora", failed=act("discussed"))
trio(
    "action.refuse",
    allowed=("claire", act("requested", {"why": "canari-commande"})),
    refused="sophie",
    failed=act("requested", {"why": " "}),
)
trio("action.withdraw", allowed=("karim", act("requested")), refused="rita", failed=("claire", act("accounted")))
trio(
    "action.count_follow_ups",
    allowed=("sophie", act("accounted", {"follow_ups": 3})),
    refused="hugo",
    failed=act("held", {"follow_ups": 1}, discreet=True),
)
trio(
    "action.account",
    allowed=("claire", act("held", {"report": "canari-commande"})),
    refused="sophie",
    failed=act("agreed", {"report": "canari-commande"}),
)
trio(
    "action.look_back",
    allowed=("claire", act("accounted", {"look_back": "canari-commande"})),
    refused="sophie",
    failed=act("held", {"look_back": "canari-commande"}),
)
trio("action.close", allowed=("claire", act("accounted")), refused="sophie", failed=act("held"))
trio(
    "session.plan",
    allowed=("sophie", planned),
    refused="hugo",
    failed=lambda w: planned(w, ends=time(13)),
)
trio(
    "session.change",
    allowed=("sophie", moved),
    refused="hugo",
    failed=lambda w: moved(w, sign_up=True, capacity=None),
)
trio(
    "session.cancel",
    allowed=("sophie", lambda _: {"session": session()}),
    refused="hugo",
    failed=lambda _: {"session": one(m.Session, state="held")},
)
trio(
    "session.hold",
    allowed=("sophie", lambda _: {"session": session("essaipassee"), "head_count": 9}),
    refused="hugo",
    failed=lambda _: {"session": session("essaipassee")},
)
trio(
    "session.recount",
    allowed=("sophie", lambda _: {"session": counted(), "head_count": 8}),
    refused="hugo",
    failed=lambda _: {"session": session("essaipassee"), "head_count": 8},
)
trio(
    "seat.take",
    allowed=("passer_by", {"code": SEAT_CODE, "name": "canari-commande", "email": "canari-commande@essai.example"}),
    refused="claire",
    failed={"code": "nothing", "name": "canari-commande"},
)
trio("seat.give_up", allowed=("passer_by", {"secret": SEAT_SECRET}), refused="sophie", failed={"secret": "x"})
trio(
    "seat.remove",
    allowed=("sophie", lambda _: {"seat": one(m.Seat, session__code=SEAT_CODE)}),
    refused="hugo",
    failed=lambda _: {"seat": m.Seat(digest="x")},
)
trio(
    "attendance.sign",
    allowed=("sophie", lambda _: {"session": one(m.Session, action__kind="manager_training"),
                                  "name": "canari-commande", "signature": "paper"}),
    refused="hugo",
    failed=lambda _: {"session": session("essaipassee"), "name": "canari-commande", "signature": "paper"},
)  # fmt: skip


def nothing_kept() -> dict[str, Any]:
    return {"attendance": one(m.Attendance)}


def used(_w: World) -> dict[str, Any]:
    line = one(m.Attendance)
    line.pk = None
    return {"attendance": line}


trio(
    "attendance.remove",
    allowed=("sophie", lambda _: nothing_kept()),
    refused="nora",
    failed=used,
    error=ValueError,  # a line that was never kept
)


trio(
    "collective.forget",
    allowed=("machine", {"today": TODAY}),
    refused="marc",
    failed={"today": TODAY + timedelta(days=40)},
)
trio(
    "evaluation.open",
    allowed=("sophie", act("held", discreet=False)),
    refused="hugo",
    failed=act("held", discreet=True),
)
trio(
    "evaluation.answer",
    allowed=("passer_by", {"code": OPEN_CODE, "levels": [4, 3, 1]}),
    refused="claire",
    failed={"code": OPEN_CODE, "levels": [4, 3]},
)
trio("evaluation.close", allowed=("claire", closable), refused="sophie", failed=act("agreed"))
trio("offer.add", allowed=("marc", described), refused="claire", failed=lambda w: described(w, theme="NOTHING"))
trio(
    "offer.edit",
    allowed=("alex", lambda w: described(w, offer=offer(), active=False)),
    refused="claire",
    failed=lambda w: described(w, offer=offer(), signs=True),
)
FILE = {"name": "affiche.png", "content": picture("PNG")}
trio(
    "material.add",
    allowed=("claire", {"title": "Affiche", **FILE}),
    refused="sophie",
    failed={"title": "Affiche", "name": "affiche.docx", "content": b"PK"},
)
trio(
    "material.renew",
    allowed=("claire", lambda _: {"material": one(m.Material), **FILE}),
    refused="sophie",
    failed=lambda _: {"material": one(m.Material), "name": "x", "content": b""},
)


def withdrawn(_w: World) -> dict[str, Any]:
    row = one(m.Material)
    row.withdrawn_on = TODAY
    return {"material": row}


trio(
    "material.withdraw",
    allowed=("marc", lambda _: {"material": one(m.Material)}),
    refused="sophie",
    failed=withdrawn,
)


def noted(w: World, **said: Any) -> dict[str, Any]:
    here = place()
    return {"company": here.company, "title": "Port de charges", "observation": "canari-commande"} | said


trio(
    "improvement.open",
    allowed=("hugo", noted),
    refused="sophie",
    failed=lambda w: noted(w, establishment=place("Nanterre")),
)
TRIED = {"idea": "canari-commande", "indicators": "Le bruit", "trial_from": TODAY, "trial_until": SOON}
trio(
    "improvement.try",
    allowed=("nora", lambda _: {"improvement": improvement("idea"), **TRIED}),
    refused="sophie",
    failed=lambda _: {"improvement": improvement("idea"), **TRIED, "indicators": " "},
)
trio(
    "improvement.conclude",
    allowed=("claire", lambda _: {"improvement": improvement("trial"), "result": "canari-commande", "kept": True}),
    refused="sophie",
    failed=lambda _: {"improvement": improvement("idea"), "result": "canari-commande", "kept": True},
)
