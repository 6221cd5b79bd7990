"""`amarre users`: the first account, and the way back in when no service admin is left.

Everything else about accounts is done through the staff door, by a service admin. These act as the owner of the
database, with nobody signed in: the journal says that it was the operator.
"""

import argparse
from typing import TYPE_CHECKING

from amarre.config.commands.base import DONE, FrenchParser, django_as, say
from amarre.config.home import Unusable

if TYPE_CHECKING:
    from amarre.accounts.models import User

ROLE = "service_admin"


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("users", "Les comptes qui administrent le service, vus de l’exploitant.")
    invite_parser = actions.command(
        "invite", "Invite une personne à administrer le service (premier compte, ou dernier recours).", invite
    )
    invite_parser.add_argument("email", metavar="ADRESSE", help="adresse électronique")
    invite_parser.add_argument("--name", metavar="NOM", help="nom affiché (par défaut, l’adresse)")
    actions.command("list", "Montre les comptes du service.", show)
    disable_parser = actions.command("disable", "Ferme un compte : ses sessions s’arrêtent aussitôt.", disable)
    disable_parser.add_argument("email", metavar="ADRESSE", help="adresse électronique")


def invite(arguments: argparse.Namespace) -> int:
    """Make an account that administers, or renew its invitation; send the link, or show it."""
    with django_as("owner", "users invite"):
        from django.conf import settings
        from django.db import transaction

        from amarre.accounts.entrance import invitation_url
        from amarre.core import commands

        with transaction.atomic(), commands.loading():
            user = _invited(arguments.email.strip().lower(), arguments.name)
            _write_down("account.invite", user)
        link = invitation_url(user)
        if settings.EMAIL_HOST:
            from amarre.accounts.tasks import send_invitation

            send_invitation(user_id=user.pk)
            say(f"Invitation envoyée à {user.email}. Elle vaut sept jours.")
        else:
            say(f"Aucun serveur de courriel : transmettez vous-même ce lien, qui vaut sept jours.\n{link}")
    return DONE


def _invited(email: str, name: str | None) -> "User":
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.utils import timezone

    from amarre.accounts.models import Kind, User

    try:
        validate_email(email)
    except ValidationError:
        raise Unusable(f"« {email} » n’est pas une adresse électronique.") from None
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, name=name or email, kind=Kind.STAFF, roles=[ROLE])
        user.set_unusable_password()
    elif user.last_login is not None or not user.is_active or ROLE not in user.roles:
        raise Unusable(f"Le compte {email} existe déjà ; il se gère à l’écran « Comptes ».")
    user.invited_at = timezone.now()
    user.save()
    return user


def show(arguments: argparse.Namespace) -> int:
    """List the accounts of the service."""
    with django_as("owner", "users list"):
        from amarre.accounts.models import Kind, User
        from amarre.accounts.queries import STATES, state_of
        from amarre.accounts.roles import labels

        for user in User.objects.filter(kind=Kind.STAFF).order_by("email"):
            say(f"{user.email:<40} {STATES[state_of(user)]:<20} {labels(user.roles)}")
    return DONE


def disable(arguments: argparse.Namespace) -> int:
    """Close an account, whoever it is."""
    with django_as("owner", "users disable"):
        from django.db import transaction
        from django.utils import timezone

        from amarre.accounts.models import User
        from amarre.core import commands

        with transaction.atomic(), commands.loading():
            user = User.objects.filter(email=arguments.email.strip().lower(), is_active=True).first()
            if user is None:
                raise Unusable(f"Aucun compte actif n’a l’adresse {arguments.email}.")
            user.is_active, user.disabled_at, user.signed_out_at = False, timezone.now(), timezone.now()
            user.save(update_fields=["is_active", "disabled_at", "signed_out_at"])
            _write_down("account.disable", user)
        say(f"Le compte {user.email} est fermé ; ses sessions s’arrêtent à leur prochaine page.")
    return DONE


def _write_down(verb: str, user: "User") -> None:
    from amarre.core import ledger
    from amarre.core.actor import MACHINE

    ledger.write(MACHINE, ledger.Line(verb=verb, subject=ledger.subject_of(user)))
