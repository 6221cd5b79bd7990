"""The mails of this room: a code to an address that is being confirmed, and « un message vous attend ».

Read by the worker. Subjects and bodies are neutral: no name, no service, no reason; who reads the telephone's screen
learns nothing. Arguments are ids; each job asks again whether there is still something to send.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils import timezone

from amarre.accounts import entrance
from amarre.core import mail
from amarre.core.jobs import every, job
from amarre.plans.channels import CODE_LASTS, code_of
from amarre.plans.models import ChannelCheck

TELL, CHECK = "plans.tell_person", "plans.send_check"


@job(TELL, entry=True)
def tell_person(user_id: int) -> None:
    """Something waits in the space."""
    if user := entrance.active(user_id):
        mail.send(
            user.email,
            "Un message vous attend",
            f"Bonjour,\n\nUn message vous attend ici\u00a0:\n\n{settings.AMARRE_BASE_URL}/espace/\n\n"
            "Vous recevrez un code pour entrer. Ce courriel ne contient rien d’autre.\n",
            neutral=True,
        )


@every("0 9 * * *", name="plans.tell_look_backs", entry=True)
def tell_look_backs() -> int:
    """Six and twelve months later, the day has come: a neutral mail, and one more ten days later; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select user_id from look_backs_to_tell(%s)", [timezone.localdate()])
        found = [int(user_id) for (user_id,) in cursor.fetchall()]
    for user_id in found:
        tell_person(user_id)
    return len(found)


@job(CHECK)
def send_check(check_id: int) -> None:
    """The code that the person reads back to their worker."""
    check = ChannelCheck.objects.filter(pk=check_id, confirmed_at=None).only("id", "email", "sent_at").first()
    if check is None or timezone.now() - check.sent_at > CODE_LASTS:
        return
    mail.send(
        check.email,
        "Un message vous attend",
        f"Bonjour,\n\nVotre code est\u00a0: {code_of(check)}\n\n"
        "Dites-le à la personne qui vous aide. Il marche une heure.\n"
        "Si vous n’attendiez pas ce courriel, ne faites rien.\n",
        neutral=True,
    )
