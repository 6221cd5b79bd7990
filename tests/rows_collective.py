"""Collective actions of the tests' world: at the Conserverie (Paul, Karim) and at the Corderie (Rita).

Read by `tests.rows`. One is asked, one agreed with places, one accounted for with answers, one is discreet, one is a
training with its sheet. Names on lists are canaries of those who receive people.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from amarre.collective.catalogue import ensure_offers
from amarre.collective.links import digest, secret_of
from amarre.collective.models import (
    Action,
    Animator,
    Attendance,
    Finding,
    Improvement,
    Material,
    MaterialFile,
    Offer,
    Seat,
    Session,
    Tally,
)
from amarre.config.demo.cast import CAST
from amarre.organisations.models import Contact, Establishment

STAFF = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
RECEIVING = frozenset({"claire", "bruno", "nadia", "zoe", "theo", "sophie", "marc"})
HERE = frozenset({"paul", "karim"})
LAST_YEAR = date(timezone.localdate().year - 1, 3, 4)
SOON = timezone.localdate() + timedelta(days=20)
JUST_HELD = timezone.localdate() - timedelta(days=3)
SEAT_CODE, OPEN_CODE, SEAT_ID = "essaiplacesx", "essaireponse", 4_242_424_242
SEAT_SECRET = secret_of(SEAT_ID)
TRIED = {
    "idea": "canari-idee-travail", "indicators": "canari-indicateurs", "trial_from": LAST_YEAR, "trial_until": SOON,
}  # fmt: skip
CANARIES = {
    "canari-besoin-cse": STAFF,
    "canari-discussion-anse": STAFF,
    "canari-compte-rendu": STAFF | HERE,
    "canari-bilan-groupe": STAFF | HERE,
    "canari-pseudonyme": RECEIVING,
    "canari-adresse": RECEIVING,
    "canari-numero": RECEIVING,
    "canari-stagiaire": RECEIVING,
    "canari-observation": STAFF | HERE,
    "canari-idee-travail": STAFF | HERE,
    "canari-indicateurs": STAFF | HERE,
    "canari-resultat": STAFF | HERE,
    "canari-support": STAFF,
}


def load_collective(world: Any) -> None:
    """Runs as the owner, inside `commands.loading()`."""
    ensure_offers()
    here, there = (Establishment.objects.get(city=city) for city in ("Montreuil", "Nanterre"))
    _asked(world, here)
    _agreed(world, here)
    _accounted(world, here)
    _discreet(world, there)
    _training(world, there)
    _shelf(world, here)


def _action(world: Any, offer: str, at: Establishment, state: str, **more: Any) -> Action:
    line = Offer.objects.get(code=offer)
    action = Action(
        offer=line, kind=line.kind, theme=line.theme, title=line.title, aim=line.aim,
        audience=line.audience, company=at.company, establishment=at, centre=at.centre, state=state, signs=line.signs,
        questions=line.questions, knowledge=line.knowledge,
        **{"asker": "service", "asked_on": LAST_YEAR, "lead": world.colleague("claire")} | more,
    )  # fmt: skip
    action.save()
    return action


def _session(world: Any, action: Action, day: date, **more: Any) -> Session:
    session = Session(
        action=action, day=day, starts=time(10), ends=time(11), place="Salle commune", languages=["fr"],
        **{"code": f"{action.pk}"[-12:]} | more,
    )  # fmt: skip
    session.save()
    Animator(session=session, user=world.colleague("claire")).save()
    return session


AGREED = {"agreed_on": LAST_YEAR, "agreed_with": "la direction", "place": "Salle commune"}


def _asked(world: Any, here: Establishment) -> None:
    karim = Contact.objects.get(kind="works_council")
    _action(world, "carers", here, "requested", asker="works_council", contact=karim, lead=None,
            need="Ils disent : canari-besoin-cse.")  # fmt: skip
    _action(world, "budget", here, "discussed", sensitive=True, discreet=True, discussion="canari-discussion-anse")


def _agreed(world: Any, here: Establishment) -> None:
    action = _action(
        world, "housing", here, "agreed", evaluation="open", evaluation_code=OPEN_CODE, evaluation_until=SOON,
        local_contacts=["Les Clés du port, Montreuil, 01 48 70 00 10"], **AGREED,
    )  # fmt: skip
    session = _session(world, action, SOON, capacity=2, sign_up=True, code=SEAT_CODE)
    Seat(pk=SEAT_ID, session=session, name="canari-pseudonyme", email="canari-adresse@essai.example",
         phone="canari-numero", state="taken",
         digest=digest(SEAT_SECRET)).save()  # fmt: skip
    Tally(action=action, moment="end", question=0, level=4, count=3).save()
    _session(world, action, JUST_HELD, code="essaipassee")


def _accounted(world: Any, here: Establishment) -> None:
    action = _action(
        world, "disability", here, "accounted", report="canari-compte-rendu", report_on=LAST_YEAR,
        evaluation="shown", look_back_due=LAST_YEAR + timedelta(days=92), look_back="canari-bilan-groupe",
        look_back_on=LAST_YEAR + timedelta(days=92), follow_ups=2, **AGREED,
    )  # fmt: skip
    _session(world, action, LAST_YEAR, state="held", head_count=14, shown_count=14)
    for question, (answers, favourable, band) in enumerate(((12, 11, "almost_all"), (12, 8, "most"), (6, 3, "half"))):
        Finding(action=action, moment="end", question=question, answers=answers, favourable=favourable,
                band=band, told=answers >= 11).save()  # fmt: skip


def _discreet(world: Any, there: Establishment) -> None:
    action = _action(world, "violence", there, "held", sensitive=True, discreet=True, **AGREED)
    _session(world, action, JUST_HELD, state="held")


def _training(world: Any, there: Establishment) -> None:
    action = _action(world, "managers", there, "held", **AGREED)
    session = _session(world, action, JUST_HELD, state="held", head_count=6, shown_count=6)
    Attendance(session=session, name="canari-stagiaire", signature="paper").save()
    old = _session(world, action, date(2024, 2, 2), state="held", head_count=3, shown_count=3, code="essaiancien")
    Attendance(session=old, name="canari-stagiaire", signature="ticked").save()
    Seat(session=old, name="canari-pseudonyme", state="waiting", digest=digest("ancien")).save()


def _shelf(world: Any, here: Establishment) -> None:
    claire = world.colleague("claire")
    for version in (1, 2):
        material = Material(series=1, version=version, title="Affiche d’essai", theme="SERVICE",
                            kind="application/pdf", size=9, added_on=LAST_YEAR, added_by=claire)  # fmt: skip
        material.save()
        MaterialFile(material=material, body=b"canari-support").save()
    for title, state, more in (
        ("Poste de tri", "idea", {}),
        ("Horaires du soir", "trial", TRIED),
        ("Pauses", "kept", TRIED | {"result": "canari-resultat", "ended_on": LAST_YEAR}),
    ):
        Improvement(
            company=here.company, establishment=here, title=title, observation="canari-observation", state=state,
            opened_on=LAST_YEAR, opened_by=claire, **more,
        ).save()  # fmt: skip
