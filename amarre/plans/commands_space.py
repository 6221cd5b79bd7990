"""Every write of the person's space: an address or a number confirmed, the space itself, those whom they invite.

Read by the doors. An address opens a space only once the code sent to it was read back to the worker: never one that
came from an import or from a requester. Must not know HTTP.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.utils import timezone

from amarre.core import jobs, sms
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.ids import new_id
from amarre.people.models import Person, PersonAccount
from amarre.plans import policy
from amarre.plans.channels import CODE_LASTS, MOST_TRIES, is_code
from amarre.plans.commands import require_going_on
from amarre.plans.models import ChannelCheck, Companion, Plan
from amarre.plans.policy import side_of
from amarre.plans.states import CompanionKind, Part
from amarre.plans.tasks import CHECK

MOST_CHECKS = 5
"""Codes sent for one plan in a day."""


@command("space.check", allowed=policy.may_open_space)
def check_channel(*, actor: Actor, plan: Plan, email: str, companion: Companion | None = None) -> ChannelCheck:
    """Send a code to an address that the person just gave; they read it back, here or on the telephone."""
    require_going_on(actor, plan)
    if plan.person_id is None:
        raise Refused("Ce contact est anonyme\u00a0: un espace s’ouvre au nom de quelqu’un.")
    if companion is not None and companion.plan_id != plan.pk:
        raise Refused("Cette personne n’est pas de ce projet.")
    _require_codes_left(actor, plan)
    return _sent(ChannelCheck(plan=plan, companion=companion, email=email.strip().lower()), actor)


@command("space.check_phone", allowed=policy.may_open_space)
def check_phone(*, actor: Actor, plan: Plan) -> ChannelCheck:
    """Send a code by SMS to the person's number; read back, it says that messages may go there."""
    require_going_on(actor, plan)
    if plan.person is None:
        raise Refused("Ce contact est anonyme\u00a0: un SMS part à quelqu’un.")
    if not sms.configured():
        raise Refused("Aucun SMS ne peut partir d’ici. Gardez le courriel, ou l’appel.")
    if not sms.international(plan.person.phone):
        raise Refused("Ce n’est pas un numéro de mobile. Corrigez-le sur la fiche de la personne.")
    _require_codes_left(actor, plan)
    return _sent(ChannelCheck(plan=plan, phone=plan.person.phone), actor)


@command("space.confirm", allowed=policy.may_open_space)
def confirm_channel(*, actor: Actor, plan: Plan, check: ChannelCheck, code: str) -> ChannelCheck:
    """The code that was read back opens the space, or lets SMS go there. A wrong one is counted by `space.miss`."""
    current = ChannelCheck.objects.visible_to(actor).of(plan).select_for_update(of=("self",)).get(pk=check.pk)
    if current.confirmed_at is not None:
        raise Refused("C’est déjà confirmé.")
    if current.tries >= MOST_TRIES or timezone.now() - current.sent_at > CODE_LASTS:
        raise Refused("Ce code ne marche plus. Envoyez-en un autre.")
    if not is_code(current, code):
        raise Refused("Ce n’est pas le code qui est parti. Faites-le relire, puis recommencez.")
    current.confirmed_at = timezone.now()
    current.save(update_fields=["confirmed_at"])
    if current.phone:
        _hear_the_number(actor, plan, current.phone)
    elif current.companion_id is None:
        _open_for_the_person(actor, plan, current.email)
    else:
        _open_for_a_companion(actor, plan, current)
    return current


@command("space.miss", allowed=policy.may_open_space)
def count_a_miss(*, actor: Actor, plan: Plan, check: ChannelCheck) -> ChannelCheck:
    """A wrong code was typed: after five, another one has to be sent."""
    current = ChannelCheck.objects.visible_to(actor).of(plan).select_for_update(of=("self",)).get(pk=check.pk)
    current.tries = min(current.tries + 1, MOST_TRIES)
    current.save(update_fields=["tries"])
    return current


def _require_codes_left(actor: Actor, plan: Plan) -> None:
    today = ChannelCheck.objects.visible_to(actor).of(plan).filter(sent_at__date=timezone.localdate())
    if today.count() >= MOST_CHECKS:
        raise Refused("Cinq codes sont déjà partis aujourd’hui. Vérifiez l’adresse, et réessayez demain.")


def _sent(check: ChannelCheck, actor: Actor) -> ChannelCheck:
    check.sent_at, check.asked_by_id = timezone.now(), actor.account_id
    check.save()
    jobs.enqueue(CHECK, check_id=check.pk)
    return check


def _hear_the_number(actor: Actor, plan: Plan, phone: str) -> None:
    person = Person.objects.visible_to(actor).select_for_update().filter(pk=plan.person_id or 0, phone=phone).first()
    if person is None:
        raise Refused("Le numéro de la fiche a changé depuis. Envoyez un autre code.")
    person.phone_confirmed_at = timezone.now()
    person.save(update_fields=["phone_confirmed_at"])


def _account(plan: Plan, email: str, name: str) -> int:
    """A new account at this door, through a definer function. Raises `Refused` when the address opens another."""
    account = new_id()
    with connection.cursor() as cursor:
        cursor.execute("select open_person_account(%s, %s, %s, %s)", [account, plan.pk, email, name])
        opened = cursor.fetchone()[0]
    if not opened:
        raise Refused("Cette adresse ouvre déjà un autre espace. Demandez-en une autre, que la personne lit seule.")
    return account


def _close(account: int, plan: Plan) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select close_person_account(%s, %s)", [account, plan.pk])


def _open_for_the_person(actor: Actor, plan: Plan, email: str) -> None:
    if plan.person is None:
        raise Refused("Ce contact est anonyme\u00a0: un espace s’ouvre au nom de quelqu’un.")
    old = PersonAccount.objects.visible_to(actor).filter(person=plan.person).first()
    if old is not None:
        _close(old.user_id, plan)
        old.delete()
    account = _account(plan, email, plan.person.full_name[:120])
    PersonAccount(person=plan.person, user_id=account, email=email, opened_at=timezone.now()).save()


def _open_for_a_companion(actor: Actor, plan: Plan, check: ChannelCheck) -> None:
    row = Companion.objects.visible_to(actor).of(plan).filter(pk=check.companion_id or 0).first()
    if row is None:
        raise Refused("Cette personne n’est pas de ce projet.")
    if row.user_id is not None:
        _close(row.user_id, plan)
    row.user_id, row.email = _account(plan, check.email, row.name), check.email
    row.save(update_fields=["user", "email"])


@command("space.close", allowed=policy.may_open_space)
def close_space(*, actor: Actor, plan: Plan) -> Plan:
    """The person wants no space any more, or lost their address: sessions end at once; what was written stays."""
    row = PersonAccount.objects.visible_to(actor).filter(person=plan.person).first()
    if row is None:
        raise Refused("Il n’y a pas d’espace ouvert.")
    _close(row.user_id, plan)
    row.delete()
    return plan


@command("companion.name", allowed=policy.may_name_companion)
def name_companion(
    *, actor: Actor, plan: Plan, name: str, kind: str, relation: str = "", phone: str = "",
    parts: Sequence[str] = (), until: date | None = None,
) -> Companion:  # fmt: skip
    """The person names somebody close, and what they may see; nothing opens before their address is confirmed."""
    if not name.strip():
        raise Refused("Il manque le nom.")
    if until is not None and until < timezone.localdate():
        raise Refused("Cette date est déjà passée. Indiquez une date à venir, ou laissez vide.")
    if any(part not in Part.values for part in parts):
        raise Refused("Choisissez parmi les parties proposées.")
    trusted = Companion.objects.visible_to(actor).of(plan).filter(kind=CompanionKind.TRUSTED)
    if kind == CompanionKind.TRUSTED and trusted.exclude(until__lte=timezone.localdate()).exists():
        raise Refused("Une personne de confiance est déjà nommée. Retirez-la d’abord.")
    row = Companion(
        plan=plan, name=name.strip(), relation=relation.strip(), kind=kind, phone=phone.strip(), parts=list(parts),
        since=timezone.localdate(), until=until, named_by=side_of(actor),
    )  # fmt: skip
    row.save()
    return row


@command("companion.share", allowed=policy.may_end_companion)
def share_with(*, actor: Actor, companion: Companion, parts: Sequence[str]) -> Companion:
    """What somebody close may see, from now on."""
    if any(part not in Part.values for part in parts):
        raise Refused("Choisissez parmi les parties proposées.")
    companion.parts = list(parts)
    companion.save(update_fields=["parts"])
    return companion


@command("companion.end", allowed=policy.may_end_companion)
def end_companion(*, actor: Actor, companion: Companion) -> Companion:
    """Taken back: from this minute, they see nothing."""
    today = timezone.localdate()
    if companion.until is not None and companion.until < today:
        raise Refused("C’est déjà fini.")
    companion.parts, companion.until = [], max(companion.since, today)
    companion.save(update_fields=["parts", "until"])
    return companion
