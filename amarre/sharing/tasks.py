"""The jobs of this room: telling somebody that a message waits, and nothing else.

Read by the worker. Arguments are ids; no name, no reason, no word of what waits.
"""

from __future__ import annotations

from django.conf import settings

from amarre.accounts import entrance
from amarre.core import mail
from amarre.core.jobs import job

TELL = "sharing.tell_recipient"
_DOORS = {"staff": "/pro/courrier/", "employer": "/employeur/", "partner": "/partenaire/", "person": "/espace/"}


@job(TELL, entry=True)
def tell_recipient(user_id: int) -> None:
    """Something waits behind their door."""
    if user := entrance.active(user_id):
        mail.send(
            user.email,
            "Un message vous attend",
            "Bonjour,\n\nUn message vous attend ici\u00a0:\n\n"
            f"{settings.AMARRE_BASE_URL}{_DOORS.get(user.kind, '/')}\n\nCe courriel ne contient rien d’autre.\n",
            neutral=True,
        )
