"""Collective actions in the demonstration: one at each step, a year of those that are over, two trials at work.

Read by `service`. Nobody is in them but the colleagues who lead; the names on the lists are invented.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from amarre.appointments import models as appointments
from amarre.appointments.slots import instant
from amarre.appointments.states import THERE
from amarre.collective.agenda import LABEL
from amarre.collective.catalogue import THEMES
from amarre.collective.commands import LOOK_BACK_MONTHS
from amarre.collective.gate import OUTSIDE, SMALL, is_discreet, share_of
from amarre.collective.links import digest, secret_of
from amarre.collective.models import Action, Animator, Attendance, Finding, Improvement, Offer, Seat, Session
from amarre.collective.states import ActionKind, ActionState, Asker, EvaluationState, SessionState, TrialState
from amarre.config.demo.words import typeset
from amarre.config.demo.world import World
from amarre.core.days import months_after
from amarre.organisations.models import Contact, Establishment
from amarre.organisations.queries_duties import largest
from amarre.organisations.states import ContactKind

_TRAVEL = 30
_NEED = "Plusieurs collègues demandent où s'adresser. Une réunion sur le temps de travail, pour tous."
_TALKED = "Une heure, des exemples concrets, un temps de questions. On ne parle d'aucune situation."
_REPORT = (
    "La séance s'est tenue comme prévu. Les questions ont porté sur les délais et sur qui appeler. Le dépliant a été "
    "laissé en salle de pause."
)
_BACK = "L'affiche est restée en place. L'entreprise a ajouté le numéro du centre au livret d'accueil."
_OVER = (("housing", 16, 3), ("return", 9, 5), ("digital", 12, 6), ("disability", 22, 8), ("carers", 13, 10))


def make_collective(world: World) -> None:
    """For Paul's and Rita's workplaces first, then others of the same centre."""
    world.rows.setdefault(appointments.Appointment, [])  # saved before the sessions that take their time
    contacts = [row for row in world.rows[Contact] if isinstance(row, Contact)]
    here = next(c.establishment for c in contacts if c.kind == ContactKind.WORKS_COUNCIL)
    karim = next(c for c in contacts if c.kind == ContactKind.WORKS_COUNCIL)
    others = [place for place, _ in world.workplaces if place.centre_id == here.centre_id and place.pk != here.pk]
    small = next(place for place in others if (largest(place.headcount) or SMALL) < SMALL)
    offers = {offer.code: offer for offer in Offer.objects.all()}
    asked = _action(world, offers["carers"], here, days=4, state=ActionState.REQUESTED)
    asked.asker, asked.contact, asked.lead_id, asked.need = Asker.WORKS_COUNCIL, karim, None, typeset(_NEED)
    talked = _action(world, offers["service"], others[0], days=20, state=ActionState.DISCUSSED)
    talked.discussion, talked.discussed_on = typeset(_TALKED), world.days.ago(6)
    _to_come(world, offers["housing"], here)
    _held(world, offers["disability"], others[1], days=9, heads=18, answers=14)
    _discreet(world, offers["violence"], small)
    _training(world, offers["managers"], here)
    late = _held(world, offers["retirement"], others[2], days=110, heads=24, answers=19)
    _accounted(late, world.days.ago(90))
    for place, (code, heads, months) in zip(others[3:], _OVER, strict=False):
        over = _held(world, offers[code], place, days=30 * months + 95, heads=heads, answers=heads - 3)
        _accounted(over, world.days.ago(30 * months + 70))
        over.look_back, over.look_back_on = typeset(_BACK), world.days.ago(30 * months)
        over.state, over.closed_on = ActionState.CLOSED, over.look_back_on
    _trials(world, here)


def _action(world: World, offer: Offer, place: Establishment, *, days: int, state: str) -> Action:
    sensitive = THEMES[offer.theme].sensitive
    return world.add(
        Action(
            offer=offer, kind=offer.kind, theme=offer.theme, title=offer.title, aim=offer.aim,
            audience=offer.audience, company_id=place.company_id,
            establishment=place, centre_id=place.centre_id or 0, asker=Asker.EMPLOYER, asked_on=world.days.ago(days),
            lead_id=world.workers["claire"].user_id, need=typeset(_NEED), state=state, signs=offer.signs,
            sensitive=sensitive, questions=[*offer.questions], knowledge=[*offer.knowledge],
            discreet=is_discreet(
                sensitive=sensitive, for_managers=offer.kind == ActionKind.TRAINING,
                employees=largest(place.headcount),
            ),
        )
    )  # fmt: skip


def _agreed(world: World, offer: Offer, place: Establishment, *, days: int, state: str) -> Action:
    action = _action(world, offer, place, days=days, state=state)
    action.discussion, action.discussed_on = typeset(_TALKED), world.days.ago(days - 5)
    action.agreed_on, action.agreed_with = world.days.ago(days - 8), "la direction"
    action.place, action.expected, action.access = "Salle de réunion", 20, "Accueil, premier étage par ascenseur"
    action.told_on = world.days.ago(days - 12)
    return action


def _session(world: World, action: Action, day: date, heads: int | None = None, *, held: bool = True) -> Session:
    session = world.add(
        Session(
            action=action, day=day, starts=time(14), ends=time(15), place=action.place, languages=["fr"], capacity=20,
            state=SessionState.HELD if held else SessionState.PLANNED, head_count=heads,
            shown_count=None if action.sensitive else heads, code=_code(world), changed_at=world.now,
        )
    )  # fmt: skip
    world.add(Animator(session=session, user_id=world.workers["claire"].user_id))
    return session


def _code(world: World) -> str:
    """An address that is the same at each load: a demonstration has no secret."""
    return "".join(world.rng.choices("abcdefghjkmnpqrstuvwxyz23456789", k=12))


def _to_come(world: World, offer: Offer, place: Establishment) -> None:
    action = _agreed(world, offer, place, days=30, state=ActionState.AGREED)
    action.interpreter, action.on_work_time = "Portugais, sur demande", True
    action.local_contacts = ["ADIL de démonstration, Bobigny, 01 99 00 30 08"]
    day = world.today + timedelta(days=9)
    day += timedelta(days=(4 - day.weekday()) % 7)  # a Friday: nobody is received on that day
    session = _session(world, action, day, held=False)
    _in_the_agenda(world, session, action)
    session.sign_up = True
    for name, email in (("Sam", "sam@essai.example"), ("Le chat du 3e", None), ("Dominique", None)):
        seat = Seat(session=session, name=name, email=email, state="taken", made_at=world.now)
        seat.digest = digest(secret_of(seat.pk))
        world.add(seat)


def _in_the_agenda(world: World, session: Session, action: Action) -> None:
    """Claire's hour, and the way there."""
    starts_at, ends_at = instant(session.day, session.starts), instant(session.day, session.ends)
    way = timedelta(minutes=_TRAVEL)
    session.appointment = world.add(
        appointments.Appointment(
            centre_id=action.centre_id, label=LABEL, mode=THERE, establishment=action.establishment,
            starts_at=starts_at, ends_at=ends_at, span=DateTimeTZRange(starts_at, ends_at, "[)"), travel=_TRAVEL,
            made_by_id=world.workers["claire"].user_id, changed_at=world.now,
        )
    )  # fmt: skip
    world.add(
        appointments.Seat(
            appointment=session.appointment, user_id=world.workers["claire"].user_id, centre_id=action.centre_id,
            host=True, span=DateTimeTZRange(starts_at - way, ends_at + way, "[)"),
        )
    )  # fmt: skip


def _held(world: World, offer: Offer, place: Establishment, *, days: int, heads: int, answers: int) -> Action:
    action = _agreed(world, offer, place, days=days + 30, state=ActionState.HELD)
    _session(world, action, world.days.ago(days), heads)
    action.look_back_due = months_after(world.days.ago(days), LOOK_BACK_MONTHS)
    action.evaluation, action.evaluation_until = EvaluationState.SHOWN, world.days.ago(max(0, days - 14))
    action.follow_ups = max(1, heads // 6)
    for question in range(len(action.questions)):
        favourable = answers - question
        world.add(
            Finding(action=action, moment="end", question=question, answers=answers, favourable=favourable,
                    band=share_of(favourable, answers), told=answers >= OUTSIDE)
        )  # fmt: skip
    return action


def _accounted(action: Action, on: date) -> None:
    action.report, action.report_on, action.state = typeset(_REPORT), on, ActionState.ACCOUNTED


def _discreet(world: World, offer: Offer, place: Establishment) -> None:
    action = _agreed(world, offer, place, days=60, state=ActionState.HELD)
    _session(world, action, world.days.ago(15))
    action.look_back_due = months_after(world.days.ago(15), LOOK_BACK_MONTHS)


def _training(world: World, offer: Offer, place: Establishment) -> None:
    action = _agreed(world, offer, place, days=45, state=ActionState.HELD)
    session = _session(world, action, world.days.ago(3), 3)
    action.look_back_due = months_after(world.days.ago(3), LOOK_BACK_MONTHS)
    for name in ("Ida Marchenoir", "Loup Ferrand", "Ysé Montaigu"):
        world.add(Attendance(session=session, name=name, signature="paper"))


def _trials(world: World, place: Establishment) -> None:
    by = world.users["nora"].pk
    world.add(
        Improvement(
            company_id=place.company_id, establishment=place, title="Prise de poste de l’équipe du matin",
            observation=typeset("Trois consignes arrivent en même temps, par trois personnes, avant six heures."),
            idea=typeset("Une seule feuille de consignes, lue ensemble à la prise de poste."),
            indicators=typeset("Les retours en arrière dans la matinée, comptés par l'équipe ; ce qu'elle en dit."),
            with_whom="ergonome, psychologue, l’équipe du matin", trial_from=world.days.ago(20),
            trial_until=world.today + timedelta(days=22), state=TrialState.TRIAL, opened_on=world.days.ago(40),
            opened_by_id=by,
        )
    )  # fmt: skip
    world.add(
        Improvement(
            company_id=place.company_id, establishment=place, title="Bruit au tri",
            observation=typeset("Deux machines tournent ensemble en fin de journée ; on se parle en criant."),
            opened_on=world.days.ago(8), opened_by_id=by,
        )
    )  # fmt: skip
