"""What is said to announce an action: the same content for poster, leaflet, mail and calendar, whoever asks.

Read by the papers and the doors. Nothing in it lets anybody be seen: on a sensitive theme nobody is asked to sign up,
and no paper says who comes. Every fact is readable by an employer's contact, so that their copy is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from amarre.collective.catalogue import THEMES
from amarre.collective.links import session_path
from amarre.collective.models import Action, Session
from amarre.collective.states import LANGUAGES, ActionKind, SessionState
from amarre.core import calendars
from amarre.core.actor import Actor
from amarre.core.letters import hour
from amarre.core.notices import door_url
from amarre.core.paper import NBSP, Unprintable, long_day, phone
from amarre.organisations.models import CrisisNumber

FREE = "C’est gratuit pour vous et compris dans la cotisation."
WORK_TIME = "C’est sur le temps de travail."
UNSEEN = "Vous pouvez venir sans dire pourquoi."
DIRECT = "Vous pouvez aussi appeler le service social directement, sans passer par votre employeur."
SWORN = "L’assistant(e) de service social est tenu(e) au secret professionnel."
REMOTE = "à distance"
_PLACES = "Un prénom suffit. Votre employeur ne voit pas la liste."
_OPEN = "On vient sans s’inscrire."
_PHONE = re.compile(r"\b0\d(?:[ .]?\d\d){4}\b")
_NO_DAY = f"Aucune séance n’est à venir{NBSP}: fixez d’abord un jour et une heure."


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session to come, as it is announced. `link` is empty where it is given with a place."""

    key: int
    day: date
    starts: time
    ends: time
    place: str
    remote: bool
    link: str
    sign_up: bool
    address: str

    @property
    def when(self) -> str:
        """« mardi 1er décembre 2026, de 14 h à 15 h 30 »."""
        return f"{long_day(self.day)}, de{NBSP}{hour(self.starts)} à{NBSP}{hour(self.ends)}"

    @property
    def where(self) -> str:
        """The place, or « à distance »."""
        return REMOTE if self.remote else self.place


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said of an action to those whom it is for."""

    title: str
    kind: str
    workplace: str
    aim: str
    audience: str
    meetings: tuple[Meeting, ...]
    access: str
    interpreter: str
    accessibility: str
    languages: str
    sensitive: bool
    promises: tuple[str, ...]
    welcome: str
    sign_up: bool
    contacts: tuple[str, ...]
    centre: str
    phone: str
    hours: str
    numbers: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The page of the next session: what the QR code opens."""
        return self.meetings[0].address


@dataclass(frozen=True, slots=True)
class Mail:
    """A message for the employer to forward."""

    subject: str
    body: str


def numbers_of(actor: Actor, theme: str) -> list[CrisisNumber]:
    """The numbers to call now that belong to a theme, among those that the service shows to everybody."""
    wanted = THEMES[theme].numbers if theme in THEMES else ()
    rows = CrisisNumber.objects.visible_to(actor).filter(active=True, public=True, number__in=wanted)
    return sorted(rows, key=lambda row: wanted.index(row.number))


def told_of(actor: Actor, action: Action) -> Told:
    """What is announced of an action. Raises `Unprintable` when no session is to come."""
    rows = Session.objects.visible_to(actor).filter(
        action_id=action.pk, state=SessionState.PLANNED, day__gte=timezone.localdate()
    )
    sessions = [*rows]
    if not sessions:
        raise Unprintable(_NO_DAY)
    meetings = tuple(_meeting(session) for session in sessions)
    spoken = {code for session in sessions for code in session.languages}
    sign_up = not action.sensitive and meetings[0].sign_up
    welcome = f"{UNSEEN} {DIRECT}" if action.sensitive else _PLACES if sign_up else _OPEN
    centre = action.centre
    return Told(
        title=_line(action.title), kind=str(ActionKind(action.kind).label), workplace=_line(action.where),
        aim=_line(action.aim), audience=_line(action.audience), meetings=meetings, access=_line(action.access),
        interpreter=_line(action.interpreter), accessibility=_line(action.accessibility),
        languages=", ".join(words for code, words in LANGUAGES if code in spoken), sensitive=action.sensitive,
        promises=(FREE, WORK_TIME) if action.on_work_time else (FREE,), welcome=welcome, sign_up=sign_up,
        contacts=tuple(_line(contact) for contact in action.local_contacts), centre=_line(centre.name),
        phone=phone(centre.phone), hours=_line(centre.hours),
        numbers=tuple((row.number, row.label) for row in numbers_of(actor, action.theme)),
    )  # fmt: skip


def _meeting(session: Session) -> Meeting:
    return Meeting(
        session.pk, session.day, session.starts, session.ends, _line(session.place), bool(session.link),
        "" if session.sign_up else session.link, session.sign_up, door_url(session_path(session.code)),
    )  # fmt: skip


def _line(words: str) -> str:
    """On one line; a telephone number is never cut."""
    return _PHONE.sub(lambda found: phone(found[0]), " ".join(words.split()))


def mail_for(actor: Actor, action: Action) -> Mail:
    """The message that the employer forwards to everybody. Raises `Unprintable` when no session is to come."""
    told = told_of(actor, action)
    where = ", ".join(part for part in (told.centre, told.hours) if part)
    parts = [
        "Bonjour,",
        "\n".join(filter(None, (f"{told.kind}{NBSP}: {told.title}.", told.aim))),
        "\n\n".join(_said(meeting, told) for meeting in told.meetings),
        "\n".join(f"{name}{NBSP}: {words}" for name, words in details(told)),
        "\n".join(told.promises),
        told.welcome,
        f"Une question{NBSP}? Appelez le {told.phone} ({where}). {SWORN}",
        "\n".join([f"À connaître près d’ici{NBSP}:", *(f"- {line}" for line in told.contacts)])
        if told.contacts
        else "",
        "\n".join(f"{number}{NBSP}: {label}" for number, label in told.numbers),
    ]
    return Mail(f"{told.title} ({long_day(told.meetings[0].day)})", "\n\n".join(part for part in parts if part) + "\n")


def _said(meeting: Meeting, told: Told) -> str:
    more = "Pour s’inscrire ou en savoir plus" if meeting.sign_up and not told.sensitive else "Pour en savoir plus"
    lines = [f"{meeting.when}".capitalize(), meeting.where.capitalize() if meeting.remote else meeting.where]
    if meeting.remote:
        given = "le lien est donné avec l’inscription" if not meeting.link else meeting.link
        lines[1] = f"{lines[1]}{NBSP}: {given}"
    return "\n".join([*filter(None, lines), f"{more}{NBSP}: {meeting.address}"])


def details(told: Told) -> list[tuple[str, str]]:
    """What helps to come: for whom, in which languages, how one gets in."""
    found = (
        ("Pour qui", told.audience), ("Langues", told.languages), ("Interprète", told.interpreter),
        ("Accès", told.access), ("Accessibilité", told.accessibility),
    )  # fmt: skip
    return [(name, words) for name, words in found if words]


def calendar_for(actor: Actor, action: Action) -> bytes:
    """The sessions to come, as a calendar. Raises `Unprintable` when there is none.

    A copy of another day replaces an older one: it counts the days since the agreement.
    """
    told, today = told_of(actor, action), timezone.localdate()
    stamp = datetime.combine(today, time(0), calendars.PARIS)
    sequence = max(0, (today - (action.agreed_on or today)).days)
    return calendars.feed(
        (
            calendars.Event(
                uid=calendars.identifier(f"seance-{meeting.key}"), starts=_at(meeting.day, meeting.starts),
                ends=_at(meeting.day, meeting.ends), title=told.title, sequence=sequence, stamp=stamp,
                url=meeting.address, place=meeting.link or meeting.where,
                description="\n".join((*told.promises, told.welcome)),
            )
            for meeting in told.meetings
        ),
        told.title,
    )  # fmt: skip


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, calendars.PARIS)
