"""Every write of the service's own settings: centres and what they answer for, words, numbers to call.

Read by the staff door. What was used once is closed, never deleted; only the area of a centre may be withdrawn.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.core.text import fold
from amarre.organisations import policy
from amarre.organisations.identifiers import BadValue, clean_postcode
from amarre.organisations.models import Centre, Commune, CrisisNumber, Term, Vocabulary

T = TypeVar("T", Term, CrisisNumber)
_STEP = 10


@command("centre.create", allowed=policy.may_administer)
def create_centre(
    *, actor: Actor, name: str, phone: str, hours: str = "", address: str = "", postcode: str = "", city: str = ""
) -> Centre:
    """Open a centre. The first one receives whatever has no centre."""
    first = not Centre.objects.visible_to(actor).exists()
    return _write_centre(actor, Centre(is_default=first), name, phone, hours, address, postcode, city)


@command("centre.edit", allowed=policy.may_administer)
def edit_centre(
    *,
    actor: Actor,
    centre: Centre,
    name: str,
    phone: str,
    hours: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    active: bool = True,
) -> Centre:
    """Correct a centre, or close it; the one that receives what has no centre stays open."""
    if not active and centre.is_default:
        raise Refused("Ce centre reçoit ce qui n’a pas de centre\u00a0: choisissez-en un autre avant de le fermer.")
    centre.active = active
    return _write_centre(actor, centre, name, phone, hours, address, postcode, city)


@command("centre.make_default", allowed=policy.may_administer)
def make_default(*, actor: Actor, centre: Centre) -> Centre:
    """From now on this centre receives whatever has no centre."""
    if not centre.active:
        raise Refused("Un centre fermé ne peut rien recevoir.")
    Centre.objects.visible_to(actor).filter(is_default=True).update(is_default=False)
    centre.is_default = True
    centre.save()
    return centre


def _write_centre(
    actor: Actor, centre: Centre, name: str, phone: str, hours: str, address: str, postcode: str, city: str
) -> Centre:
    if not name.strip() or not phone.strip():
        raise Refused("Un centre a un nom et un téléphone\u202f: les personnes doivent pouvoir l’appeler.")
    if Centre.objects.visible_to(actor).exclude(pk=centre.pk).filter(name__iexact=name.strip()).exists():
        raise Refused("Un centre porte déjà ce nom.")
    centre.name, centre.phone, centre.hours = name.strip(), phone.strip(), hours.strip()
    centre.address, centre.postcode, centre.city = address.strip(), _postcode(postcode), city.strip()
    centre.save()
    return centre


def _postcode(text: str) -> str:
    try:
        return clean_postcode(text)
    except BadValue as bad:
        raise Refused(str(bad)) from bad


@command("commune.add", allowed=policy.may_administer)
def add_commune(*, actor: Actor, centre: Centre, name: str = "", postcode: str = "") -> Commune:
    """A centre answers for one more commune, or for every postcode that begins so."""
    name, postcode = name.strip(), postcode.strip()
    if not name and not postcode:
        raise Refused("Donnez une commune, ou les premiers chiffres d’un code postal.")
    if postcode and not (postcode.isascii() and postcode.isdigit() and len(postcode) <= 5):
        raise Refused("Un code postal, ou son début, ne contient que des chiffres, cinq au plus.")
    same = Commune.objects.visible_to(actor).filter(search=fold(name), postcode=postcode)
    if (other := same.select_related("centre").first()) is not None:
        raise Refused(f"C’est déjà {other.centre.name} qui répond pour ce secteur.")
    commune = Commune(centre=centre, name=name, search=fold(name)[:80], postcode=postcode)
    commune.save()
    return commune


@command("commune.remove", allowed=policy.may_administer)
def remove_commune(*, actor: Actor, commune: Commune) -> None:
    """The centre answers there no more; the workplaces already given to it stay its own."""
    commune.delete()


@command("term.add", allowed=policy.may_administer)
def add_term(*, actor: Actor, vocabulary: str, label: str, help: str = "") -> Term:
    """Offer one more word, at the end of its list. Its code is made from its label and never changes."""
    if vocabulary not in Vocabulary.values:
        raise Refused("Cette liste n’existe pas.")
    siblings = Term.objects.visible_to(actor).filter(vocabulary=vocabulary)
    _refuse_same_label(siblings, label)
    base = fold(label).upper().replace(" ", "_")[:36] or "TERM"
    taken = set(siblings.values_list("code", flat=True))
    code = next(c for n in range(1, 1000) if (c := base if n == 1 else f"{base}_{n}") not in taken)
    last = max(siblings.values_list("position", flat=True), default=0)
    term = Term(vocabulary=vocabulary, code=code, label=label.strip(), help=help.strip(), position=last + _STEP)
    term.save()
    return term


@command("term.edit", allowed=policy.may_administer)
def edit_term(*, actor: Actor, term: Term, label: str, help: str = "", active: bool = True) -> Term:
    """Reword a word, or stop offering it; what was written with it stays readable."""
    _refuse_same_label(Term.objects.visible_to(actor).filter(vocabulary=term.vocabulary).exclude(pk=term.pk), label)
    term.label, term.help, term.active = label.strip(), help.strip(), active
    term.save()
    return term


@command("term.move", allowed=policy.may_administer)
def move_term(*, actor: Actor, term: Term, up: bool) -> Term:
    """Offer a word one place earlier, or later."""
    rows = [*Term.objects.visible_to(actor).filter(vocabulary=term.vocabulary).select_for_update()]
    Term.objects.bulk_update(_moved(rows, term, up), ["position"])
    return term


def _refuse_same_label(siblings: QuerySet[Term], label: str) -> None:
    if not label.strip():
        raise Refused("Il manque le libellé.")
    if any(fold(other) == fold(label) for other in siblings.values_list("label", flat=True)):
        raise Refused("Ce libellé est déjà dans la liste.")


def _moved(rows: list[T], row: T, up: bool) -> list[T]:
    at = next(place for place, other in enumerate(rows) if other.pk == row.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for place, other in enumerate(rows, start=1):
        other.position = place * _STEP
    return rows


@command("number.add", allowed=policy.may_edit_crisis)
def add_number(*, actor: Actor, number: str, label: str, public: bool = False) -> CrisisNumber:
    """One more number to call; it is shown « à vérifier » until somebody has checked it."""
    row = CrisisNumber()
    positions = CrisisNumber.objects.visible_to(actor).values_list("position", flat=True)
    row.position = max(positions, default=0) + _STEP
    return _write_number(actor, row, number, label, public=public)


@command("number.edit", allowed=policy.may_edit_crisis)
def edit_number(
    *, actor: Actor, row: CrisisNumber, number: str, label: str, public: bool = False, active: bool = True
) -> CrisisNumber:
    """Correct a number, or show it no more. A number that changes is to be checked again."""
    if row.number != number.strip():
        row.checked_on = None
    row.active = active
    return _write_number(actor, row, number, label, public=public)


@command("number.check", allowed=policy.may_edit_crisis)
def check_number(*, actor: Actor, row: CrisisNumber) -> CrisisNumber:
    """Somebody called, or read the official page, today."""
    row.checked_on = timezone.localdate()
    row.save()
    return row


@command("number.move", allowed=policy.may_edit_crisis)
def move_number(*, actor: Actor, row: CrisisNumber, up: bool) -> CrisisNumber:
    """Show a number one place earlier, or later."""
    rows = [*CrisisNumber.objects.visible_to(actor).select_for_update()]
    CrisisNumber.objects.bulk_update(_moved(rows, row, up), ["position"])
    return row


def _write_number(actor: Actor, row: CrisisNumber, number: str, label: str, *, public: bool) -> CrisisNumber:
    number = " ".join(number.split())
    if not number or not set(number) <= set("0123456789 +") or not label.strip():
        raise Refused("Donnez un numéro (des chiffres) et ce à quoi il sert.")
    if CrisisNumber.objects.visible_to(actor).exclude(pk=row.pk).filter(number=number).exists():
        raise Refused("Ce numéro est déjà dans la liste.")
    row.number, row.label, row.public = number, label.strip(), public
    row.save()
    return row
