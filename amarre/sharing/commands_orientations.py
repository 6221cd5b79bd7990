"""What a worker does about an orientation that waits, and the mail that carries a link.

Read by the staff door and the jobs of this room. Must not know HTTP.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.core import jobs
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.sharing import policy_orientations as policy
from amarre.sharing import reminders
from amarre.sharing.models import AccessLink, Orientation
from amarre.sharing.models_orientations import MOST_REMINDERS
from amarre.sharing.tasks import REMIND


@command("orientation.remind", allowed=policy.may_remind)
def remind_partner(*, actor: Actor, orientation: Orientation) -> Orientation:
    """Remind now: it counts among the three, and puts the next one off."""
    rows = Orientation.objects.visible_to(actor).select_related("transmission").select_for_update(of=("self",))
    current, today = rows.get(pk=orientation.pk), timezone.localdate()
    if not current.is_waiting:
        raise Refused("Cette orientation n’attend plus de réponse.")
    if current.reminded >= MOST_REMINDERS:
        raise Refused("Trois rappels sont partis, c’est le plus. Appelez plutôt.")
    if current.reminded_on == today:
        raise Refused("Un rappel est déjà parti aujourd’hui.")
    current.reminded, current.reminded_on = current.reminded + 1, today
    current.next_reminder_on = reminders.next_on(timezone.localdate(current.sent_at), current.reminded, today)
    current.save(update_fields=["reminded", "reminded_on", "next_reminder_on"])
    jobs.enqueue(REMIND, orientation_id=current.pk, number=current.reminded)
    return current


@command("link.mailed", allowed=policy.may_mail)
def forget_secret(*, actor: Actor, link: AccessLink) -> AccessLink:
    """The mail has left: the link's secret is kept nowhere any more."""
    if link.secret is None:
        raise Refused("Ce courriel est déjà parti.")
    link.secret, link.mailed_at = None, timezone.now()
    link.save(update_fields=["secret", "mailed_at"])
    return link
