"""Visits: the sheet, « je suis arrivé(e) », « je suis reparti(e) », and the alarm when nobody said so.

Read by the staff's door and by the jobs. Must not know what is said during a visit.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.appointments import policy
from amarre.appointments.models import Appointment, Visit
from amarre.appointments.states import OUTSIDE
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command


@command("visit.prepare", allowed=policy.may_prepare_visit)
def prepare_visit(
    *, actor: Actor, appointment: Appointment, address: str, told: Colleague, back_at: datetime, access: str = "",
    warning: str = "", phone: str = "",
) -> Visit:  # fmt: skip
    """Where one goes, how one gets in, what to beware of, who knows, how to reach who goes, when one is to be back."""
    if appointment.mode not in OUTSIDE:
        raise Refused("On ne se déplace pas pour ce rendez-vous.")
    if not address.strip():
        raise Refused("Écrivez l’adresse : c’est là qu’on viendrait vous chercher.")
    if told.pk == actor.user_id or not told.is_active or not told.roles:
        raise Refused("Choisissez un ou une collègue qui saura où vous êtes.")
    if back_at < appointment.ends_at:
        raise Refused("Le retour est prévu avant la fin du rendez-vous. Corrigez l’heure.")
    rows = Visit.objects.visible_to(actor).select_for_update(of=("self",))
    visit = rows.filter(appointment=appointment).first() or Visit(appointment=appointment)
    if visit.out_at is not None:
        raise Refused("Cette visite est terminée.")
    visit.centre_id, visit.address, visit.told, visit.back_at = appointment.centre_id, address.strip(), told, back_at
    visit.access, visit.warning = access.strip() or None, warning.strip() or None
    visit.phone = phone.strip()
    visit.alarmed_at = visit.raised_at = None
    visit.save()
    return visit


def _hold(actor: Actor, visit: Visit) -> Visit:
    """Without its meeting: who was told may not see that one."""
    return Visit.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=visit.pk)


@command("visit.check_in", allowed=policy.may_check)
def check_in(*, actor: Actor, visit: Visit) -> Visit:
    """Arrived."""
    found = _hold(actor, visit)
    if found.in_at is not None:
        raise Refused("Votre arrivée est déjà notée.")
    found.in_at = timezone.now()
    found.save(update_fields=["in_at"])
    return found


@command("visit.check_out", allowed=policy.may_check)
def check_out(*, actor: Actor, visit: Visit) -> Visit:
    """Left, safe: no alarm, or the end of one."""
    found = _hold(actor, visit)
    if found.out_at is not None:
        raise Refused("Votre départ est déjà noté.")
    found.out_at = timezone.now()
    found.in_at = found.in_at or found.out_at
    found.save(update_fields=["in_at", "out_at"])
    return found


@command("visit.stay_longer", allowed=policy.may_check)
def stay_longer(*, actor: Actor, visit: Visit, back_at: datetime) -> Visit:
    """Later than planned: the alarm waits until then."""
    found = _hold(actor, visit)
    if found.out_at is not None or back_at <= timezone.now():
        raise Refused("Donnez une heure à venir.")
    found.back_at, found.alarmed_at, found.raised_at = back_at, None, None
    found.taken_by, found.taken_at = None, None
    found.save(update_fields=["back_at", "alarmed_at", "raised_at", "taken_by", "taken_at"])
    return found


@command("visit.take_alarm", allowed=policy.may_take_alarm)
def take_alarm(*, actor: Actor, visit: Visit) -> Visit:
    """« Je m’en occupe »: the others know that somebody does."""
    found = _hold(actor, visit)
    if found.taken_at is not None or found.out_at is not None:
        raise Refused("Quelqu’un s’en occupe déjà." if found.out_at is None else "La visite est terminée.")
    found.taken_by_id, found.taken_at = actor.account_id, timezone.now()
    found.save(update_fields=["taken_by", "taken_at"])
    return found


@command("visit.alarm", allowed=policy.is_machine)
def sound_alarm(*, actor: Actor, visit: Visit, raise_it: bool = False) -> Visit:
    """Nobody came back: who was told is told again; then the coordinators of the centre."""
    if visit.out_at is not None or visit.back_at > timezone.now():
        raise Refused("Rien ne manque : la visite n’est pas en retard.")
    if raise_it:
        visit.raised_at = timezone.now()
    else:
        visit.alarmed_at = timezone.now()
    visit.save(update_fields=["raised_at" if raise_it else "alarmed_at"])
    return visit
