"""Where an action stands, and what comes next for whoever reads it at this door. Pure.

Read by the views beside and the first page of the door. Says nothing of how many signed up, came or answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from amarre.collective.models import Action, Session
from amarre.collective.states import GOING_ON, ActionState, SessionState
from amarre.web.ui.dates import hour, long_day
from amarre.web.ui.parts import Tone

_FRESH = timedelta(days=30)
_AWAITED: Tone = "rope"
_DONE: Tone = "green"


@dataclass(frozen=True, slots=True)
class Standing:
    """An action on a list: its badge, what comes next in one sentence, and perhaps what the reader can do."""

    action: Action
    label: str
    tone: Tone
    words: str
    act: str = "Voir"
    url: str = ""

    @property
    def going_on(self) -> bool:
        """Whether something is still to come."""
        return self.action.state in GOING_ON

    @property
    def asks(self) -> bool:
        """Whether the reader is awaited."""
        return self.tone == _AWAITED


def upcoming(sessions: Sequence[Session], today: date | None = None) -> Session | None:
    """The next session, if one is fixed."""
    today = today or timezone.localdate()
    planned = [s for s in sessions if s.state == SessionState.PLANNED and s.day >= today]
    return min(planned, key=lambda s: (s.day, s.starts), default=None)


def standing_of(action: Action, sessions: Sequence[Session], today: date | None = None) -> Standing:
    """Where it stands today."""
    here = reverse("employer:action", args=[action.pk])
    if action.state == ActionState.AGREED:
        return _agreed(action, sessions, today or timezone.localdate(), here)
    if action.state == ActionState.ACCOUNTED and action.look_back_on is None:
        return _accounted(action, today or timezone.localdate())
    label, tone, words = _SAID[ActionState(action.state)]
    return Standing(action, label, tone, words, url=here)


_SAID: dict[ActionState, tuple[str, Tone, str]] = {
    ActionState.REQUESTED: ("demandée", "sea", "Le service social vous appelle pour en parler."),
    ActionState.DISCUSSED: ("en discussion", "sea", "Le service social vous propose une date et un lieu."),
    ActionState.HELD: ("tenue", "sea", "Le compte rendu arrive ici."),
    ActionState.ACCOUNTED: ("compte rendu remis", "green", "Le compte rendu et le bilan sont à lire."),
    ActionState.CLOSED: ("terminée", "neutral", "Le compte rendu et le bilan restent à lire."),
    ActionState.REFUSED: ("sans suite", "neutral", "Le service social ne donne pas suite, et dit pourquoi."),
    ActionState.WITHDRAWN: ("retirée", "neutral", "Cette action n’aura pas lieu."),
}


def _accounted(action: Action, today: date) -> Standing:
    """The account is to be read for a month; then it is the look-back that is to come."""
    fresh = action.report_on is not None and today - action.report_on < _FRESH
    words = "Le compte rendu est à lire."
    if action.look_back_due:
        words += f" Nous faisons le bilan avec vous vers le {long_day(action.look_back_due)}."
    label, tone = ("compte rendu à lire", _AWAITED) if fresh else ("compte rendu remis", _DONE)
    account = reverse("employer:action_account", args=[action.pk])
    return Standing(action, label, tone, words, "Lire le compte rendu", account)


def _agreed(action: Action, sessions: Sequence[Session], today: date, here: str) -> Standing:
    session = upcoming(sessions, today)
    if session is None:
        past = any(s.state == SessionState.PLANNED for s in sessions)
        words = "Le compte rendu arrive ici." if past else "Le service social fixe le jour avec vous."
        return Standing(action, "convenue", "sea", words, url=here)
    when = f"{long_day(session.day)} à {hour(session.starts)}"
    if action.told_on is None:
        tell = reverse("employer:action_tell", args=[action.pk])
        words = f"Prévue {when}. Affiches et courriel sont prêts."
        return Standing(action, "à annoncer", _AWAITED, words, "Annoncer", tell)
    return Standing(action, "convenue", "sea", f"Prévue {when}.", url=here)
