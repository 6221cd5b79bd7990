"""Meetings of the PDP unit of the demonstration: one that was, one that comes; and an interview held together.

Read by `service`, after `sharing`, which makes the unit. Dr Hugo and Nora sit in it; Claire put
items with an agreement, and an anonymous one; she sits down with somebody and Dr Hugo.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from amarre.config.demo.plans import Plan as Episode
from amarre.config.demo.words import typeset
from amarre.config.demo.world import World
from amarre.sharing.models import (
    AgendaItem,
    Agreement,
    Decision,
    InterviewParty,
    JointInterview,
    Meeting,
    Participant,
    Transmission,
    Unit,
)

_ITEM = (
    "Reprise envisagée à temps partiel. Deux questions à la cellule : un essai encadré avant la reprise est-il "
    "possible, et qui peut rencontrer l'employeur pour parler des horaires ?"
)
_FIRST = "Le poste a changé pendant l'absence. Peut-on prévoir une visite de préreprise, et parler des horaires ?"
_NAMELESS = (
    "Une personne craint de perdre son poste si elle parle de ses difficultés. Comment lui faire connaître la visite à "
    "sa demande, sans que l'employeur le sache ?"
)
_AGREED = (
    "Nous parlerons des horaires et du trajet. Nous ne dirons rien de la santé, ni de la situation à la maison. La "
    "personne parle en premier."
)


def make_meetings(world: World, episodes: list[Episode]) -> None:
    """Everything about the unit; cases are made already."""
    claire = world.workers["claire"]
    mine = [e for e in episodes if e.worker.code == "claire" and e.closed is None and e.somebody]
    mine.sort(key=lambda e: not e.told)
    (unit,) = (u for u in world.rows[Unit] if isinstance(u, Unit))
    held, coming = _meetings(world, unit)
    if not mine:
        return
    before, now = mine[0], mine[min(1, len(mine) - 1)]
    _discussed(world, held, _put(world, before, unit, held, _FIRST, days=20, read=True))
    _put(world, now, unit, coming, _ITEM, days=2, read=False)
    at = world.now - timedelta(days=1)
    world.add(AgendaItem(meeting=coming, position=2, anonymous=typeset(_NAMELESS), put_by_id=claire.user_id, put_at=at))
    _sat_together(world, before)


def _meetings(world: World, unit: Unit) -> tuple[Meeting, Meeting]:
    hugo, nora = world.users["hugo"].pk, world.users["nora"].pk
    place = "Centre de Montreuil, salle 2"
    said: dict[str, Any] = {"unit": unit, "at": time(14), "place": place, "convened_by_id": hugo}
    held = world.add(Meeting(on=world.days.ago(14), state="held", **said))
    coming = world.add(Meeting(on=world.days.worked(world.today + timedelta(days=8)), **said))
    world.add(Participant(meeting=held, user_id=hugo))
    world.add(Participant(meeting=held, user_id=nora))
    world.add(Participant(meeting=held, name="Solène Ferrand, service social de l’assurance maladie"))
    return held, coming


def _agreement(world: World, episode: Episode, days: int, **said: Any) -> Agreement:
    person = episode.somebody.person if episode.somebody else None
    at = world.now - timedelta(days=days)
    return world.add(
        Agreement(
            case=episode.made, person=person, wording=1, state="given", given_how="oral", asked_at=at, answered_at=at,
            asked_by_id=episode.worker.user_id, heard_by_id=episode.worker.user_id,
            until=world.today + timedelta(days=120), **said,
        )
    )  # fmt: skip


def _put(
    world: World, episode: Episode, unit: Unit, meeting: Meeting, words: str, *, days: int, read: bool
) -> AgendaItem:
    what = typeset("Le projet de reprise, les horaires, le trajet.")
    agreed = _agreement(
        world, episode, days + 2, party_kind="unit", party=unit.name, unit=unit, purpose="unit", what=what
    )
    at, by = world.now - timedelta(days=days), episode.worker.user_id
    sent = world.add(
        Transmission(
            case=episode.made, about=agreed.person, agreement=agreed, party_kind="unit", party=unit.name, unit=unit,
            kind="item", purpose="unit", subject=agreed.person.full_name, content=typeset(words), carrier="inbox",
            state="sent", visible_until=agreed.until, prepared_at=at, prepared_by_id=by, sent_at=at, sent_by_id=by,
            checked="démonstration", read_at=_opened(meeting) if read else None,
        )
    )  # fmt: skip
    return world.add(AgendaItem(meeting=meeting, transmission=sent, put_by_id=by, put_at=at))


def _opened(meeting: Meeting) -> datetime:
    return timezone.make_aware(datetime.combine(meeting.on, time(14, 5)))


def _discussed(world: World, meeting: Meeting, item: AgendaItem) -> None:
    hugo = world.users["hugo"].pk
    for words, who, outside, days, done in (
        ("Recevoir la personne en visite de préreprise.", hugo, None, 6, False),
        ("Préparer avec elle ce qu'elle veut dire de ses horaires.", item.put_by_id, None, -3, False),
        ("Envoyer la fiche sur l'essai encadré.", None, "Service social de l’assurance maladie", -8, True),
    ):
        due = world.today + timedelta(days=days)
        world.add(
            Decision(
                item=item, what=typeset(words), who_id=who, who_words=outside, due_on=due,
                done_on=due if done else None, written_at=_opened(meeting), written_by_id=hugo,
            )
        )  # fmt: skip


def _sat_together(world: World, episode: Episode) -> None:
    hugo = world.users["hugo"]
    words = f"{hugo.name}, équipe de santé au travail, Centre de Montreuil"
    agreed = _agreement(
        world, episode, 12, party_kind="colleague", party=words, colleague_id=hugo.pk, purpose="together",
        what=typeset("Les horaires et le trajet."),
    )  # fmt: skip
    row = world.add(
        JointInterview(
            case=episode.made, person=agreed.person, kind="joint",
            on=world.days.worked(world.today + timedelta(days=5)), at=time(10, 30), place="Centre de Montreuil",
            agreed=typeset(_AGREED), written_by_id=episode.worker.user_id,
        )
    )  # fmt: skip
    world.add(InterviewParty(interview=row, kind="physician", words=words, agreement=agreed))
