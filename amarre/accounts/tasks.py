"""The mails of this room, how an account is told that something waits, and what is thrown away by the clock.

Read by the worker. Jobs here run as the application itself (`entry=True`), like signing in: they read accounts and
open no walled table. Each asks again, when it runs, whether there is still something to send.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from amarre.accounts import entrance
from amarre.accounts.models import Kind, User
from amarre.core import mail
from amarre.core.jobs import every, job
from amarre.core.notices import Kind as Recipient
from amarre.core.notices import Reach, reaches


@job("accounts.send_invitation", entry=True)
def send_invitation(user_id: int) -> None:
    """The link with which somebody who was invited chooses a password."""
    user = entrance.active(user_id)
    if user is None or user.last_login is not None or user.kind == Kind.PERSON:
        return
    mail.send(
        user.email,
        "Votre compte Amarre",
        "Bonjour,\n\nUn compte vous attend sur Amarre. Ouvrez ce lien pour choisir votre mot de passe\u00a0:\n\n"
        f"{entrance.invitation_url(user)}\n\nIl fonctionne pendant sept jours, une seule fois.\n"
        "Si vous n’attendiez pas ce courriel, ne faites rien.\n",
    )


@job("accounts.send_reset", entry=True)
def send_reset(user_id: int) -> None:
    """The link of « mot de passe oublié »; a person has no password to forget."""
    user = entrance.active(user_id)
    if user is not None and user.kind != Kind.PERSON:
        mail.send(
            user.email,
            "Votre compte Amarre",
            "Bonjour,\n\n"
            "Un autre mot de passe est demandé pour votre compte. Pour le choisir, ouvrez ce lien\u00a0:\n\n"
            f"{entrance.reset_url(user)}\n\nIl fonctionne pendant deux heures, une seule fois.\n"
            "Si vous n’avez rien demandé, ne faites rien\u00a0: votre mot de passe ne change pas.\n",
        )


@job("accounts.send_code", entry=True)
def send_code(user_id: int, code_id: int) -> None:
    """The code that lets a person in. The queue knows its number; the code itself waits sealed, and is dropped."""
    user, code = entrance.active_person(user_id), entrance.kept_code(code_id)
    if user is not None and code:
        mail.send(
            user.email,
            "Votre code\u00a0: voir le message",
            f"Bonjour,\n\nVotre code est\u00a0:\n\n{code[:4]} {code[4:]}\n\nIl marche dix minutes.\n"
            "Si vous n’avez rien demandé, ne faites rien.\n",
            neutral=True,
        )
    entrance.drop_code(code_id)


@job("accounts.tell_change", entry=True)
def tell_change(user_id: int) -> None:
    """Somebody changed the password, the second factor or the keys: the owner of the account must know."""
    user = entrance.active(user_id)
    if user is not None and user.kind == Kind.PERSON:
        mail.send(
            user.email,
            "Votre espace\u00a0: un changement",
            "Bonjour,\n\nUn appareil vient d’être ajouté ou retiré.\n"
            "Si ce n’est pas vous, entrez dans votre espace et retirez les appareils qui ne sont pas à vous.\n",
            neutral=True,
        )
    elif user is not None:
        mail.send(
            user.email,
            "Votre compte Amarre",
            "Bonjour,\n\nLe mot de passe ou le second facteur de votre compte vient de changer.\n"
            "Si ce n’est pas vous, prévenez tout de suite la personne qui administre le service.\n",
        )


@job("accounts.tell_officers", entry=True)
def tell_officers() -> None:
    """An alarm waits for the privacy officers: the mail names nobody, and says nothing of why."""
    page = settings.AMARRE_BASE_URL + "/pro/journal/alertes/"
    for officer in User.objects.filter(is_active=True, roles__contains=["privacy_officer"]):
        mail.send(
            officer.email,
            "Une alerte vous attend",
            f"Bonjour,\n\nUne alerte vous attend. Ouvrez cette page, une fois connecté(e)\u00a0:\n\n{page}\n",
        )


DOORS = {Kind.STAFF: "/pro/", Kind.EMPLOYER: "/employeur/", Kind.PARTNER: "/partenaire/"}


@reaches(Recipient.ACCOUNT)
def account_of(user_id: int) -> Reach | None:
    """The mailbox of a colleague, an employer's contact or a partner's, and their door; asked as the machine."""
    with connection.cursor() as cursor:
        cursor.execute("select email, kind from account_reach(%s)", [user_id])
        row = cursor.fetchone()
    return Reach(email=row[0], door=DOORS[Kind(row[1])]) if row else None


@every("41 * * * *", name="accounts.forget_sessions", entry=True)
def forget_sessions() -> int:
    """Delete the sessions and the rate limits whose time is over; returns how many sessions."""
    with connection.cursor() as cursor:
        cursor.execute("delete from core_cache where expires < now()")
    deleted, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted
