"""The jobs of this room: reminding a partner that a message waits, and the mail that carries a link.

Read by the worker. Arguments are ids; no name, no reason, no word of what waits. Each job asks again whether there is
still something to say.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from amarre.core import jobs, mail
from amarre.core.actor import MACHINE
from amarre.core.jobs import every, job

REMIND, CARRY = "sharing.remind_partner", "sharing.carry_link"
_DOOR = "/partenaire/"


def _write(address: str, path: str) -> None:
    """« Un message vous attend », and where; nowhere for who holds a link already."""
    where = f"ici\u00a0:\n\n{settings.AMARRE_BASE_URL}{path}" if path else "au lien que vous avez reçu"
    mail.send(
        address,
        "Un message vous attend",
        f"Bonjour,\n\nUn message vous attend {where}\n\nCe courriel ne contient rien d’autre.\n",
        neutral=True,
    )


@every("20 8 * * 1-5", name="sharing.claim_reminders", entry=True)
def claim_reminders() -> int:
    """Take the reminders that fall due, each once, and put their mails in the queue; returns how many."""
    from amarre.sharing import reminders

    with connection.cursor() as cursor:
        cursor.execute("select * from claim_reminders(%s, %s)", [timezone.localdate(), reminders.days()])
        found = cursor.fetchall()
    for orientation_id, number in found:
        jobs.enqueue(REMIND, orientation_id=orientation_id, number=number)
    return len(found)


@job(REMIND, entry=True)
def remind_partner(orientation_id: int, number: int) -> None:
    """One reminder. It is written down as sent before it leaves: a worker that dies loses one, and never adds one."""
    with connection.cursor() as cursor:
        cursor.execute("select * from take_reminder(%s, %s, %s)", [orientation_id, number, timezone.localdate()])
        found = cursor.fetchone()
    if found:
        address, account = found
        path = _DOOR if account else ""
        transaction.on_commit(partial(_remind, orientation_id, number, address, path))


def _remind(orientation_id: int, number: int, address: str, path: str) -> None:
    try:
        _write(address, path)
    except Exception:
        with connection.cursor() as cursor:
            cursor.execute("select give_back_reminder(%s, %s)", [orientation_id, number])
        raise


@job(CARRY)
def carry_link(link_id: int) -> None:
    """The mail that carries a link, and nothing else; its secret is then kept nowhere."""
    from amarre.sharing.commands_orientations import forget_secret
    from amarre.sharing.models import AccessLink

    rows = AccessLink.objects.visible_to(MACHINE).only("id", "email", "secret", "ended_at")
    link = rows.filter(pk=link_id).first()
    if link is not None and link.secret:
        _write(link.email, f"{_DOOR}lien/{link.secret}/")
        forget_secret(actor=MACHINE, link=link)
