"""What this room sends: a code to an address or a number that is being confirmed, and notices of look-backs.

Read by the worker. Words are neutral: no name, no service, no reason; who reads the telephone's screen learns nothing.
Arguments are ids; each job asks again whether there is still something to send.
"""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from amarre.core import mail, sms
from amarre.core.jobs import every, job
from amarre.core.notices import Kind, announce
from amarre.plans.channels import CODE_LASTS, code_of
from amarre.plans.models import ChannelCheck

CHECK = "plans.send_check"
CODE_BY_SMS = "Votre code : {code}. Lisez-le à la personne qui vous aide. Il marche une heure."


@every("0 9 * * *", name="plans.tell_look_backs")
def tell_look_backs() -> int:
    """Six and twelve months later, the day has come: a notice, and one more ten days later; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id from look_backs_waiting(%s)", [timezone.localdate()])
        found = [int(person_id) for (person_id,) in cursor.fetchall()]
    return sum(announce(Kind.PERSON, person_id, key="space") for person_id in found)


@job(CHECK)
def send_check(check_id: int) -> None:
    """The code that the person reads back to their worker."""
    check = ChannelCheck.objects.filter(pk=check_id, confirmed_at=None).only("id", "email", "phone", "sent_at").first()
    if check is None or timezone.now() - check.sent_at > CODE_LASTS:
        return
    if check.phone:
        sms.send(check.phone, CODE_BY_SMS.format(code=code_of(check)), key=f"check-{check.pk}")
        return
    mail.send(
        check.email,
        "Un message vous attend",
        f"Bonjour,\n\nVotre code est\u00a0: {code_of(check)}\n\n"
        "Dites-le à la personne qui vous aide. Il marche une heure.\n"
        "Si vous n’attendiez pas ce courriel, ne faites rien.\n",
        neutral=True,
    )
