"""The alarm bar: who is not back, and my own visit that goes on. For the visits page and « Ma journée ».

Read by the views of the staff's door (`alarm_bar`, with the template `staff/visits/bar.html`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from amarre.appointments.queries_visits import Out, visits
from amarre.core.actor import Actor
from amarre.web.ui.parts import Tone


@dataclass(frozen=True, slots=True)
class Alarm:
    """One line of the bar; no address, no name of whom one visits."""

    out: Out
    title: str
    tone: Tone
    act: str
    url: str


def alarm_bar(actor: Actor, found: list[Out] | None = None) -> list[Alarm]:
    """What is to be seen at once; two statements, unless the visits were read already."""
    lines = [_line(out) for out in (visits(actor) if found is None else found)]
    return sorted((line for line in lines if line is not None), key=lambda line: line.tone != "red")


def _line(out: Out) -> Alarm | None:
    url = reverse("staff:visit", args=[out.appointment_id])
    if out.over or not (out.overdue or out.under_way):
        return None
    if out.mine:
        title = "Vous n’avez pas dit que vous étiez reparti(e)" if out.overdue else "Votre visite en cours"
        return Alarm(out, title, "red" if out.overdue else "sea", "Ouvrir ma visite", url)
    if not out.overdue:
        return None
    if out.sheet.taken_at is not None:
        return Alarm(out, f"Visite sans nouvelles\u00a0: {out.who}. Quelqu’un s’en occupe.", "rope", "Ouvrir", url)
    return Alarm(out, f"Visite sans nouvelles\u00a0: {out.who}", "red", "Voir qui appeler", url)
