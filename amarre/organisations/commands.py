"""Every write about companies and their establishments. A company ends its membership, a workplace closes: no deletion.

Read by the staff door. The service's settings and the import have modules of their own. Must not know HTTP.
"""

from __future__ import annotations

from datetime import date

from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.organisations import policy
from amarre.organisations.identifiers import BadValue, clean_naf, clean_postcode, clean_siret, spaced_siret
from amarre.organisations.models import Centre, Company, Establishment
from amarre.organisations.queries import Areas


@command("company.create", allowed=policy.may_write_companies)
def create_company(
    *,
    actor: Actor,
    siret: str,
    name: str,
    legal_form: str = "",
    sign: str = "",
    naf: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    headcount: str = "",
    centre: Centre | None = None,
) -> Company:
    """Write a company and its first workplace. The centre, when none is given, is the one that answers there."""
    number = _number(siret)
    known = Company.objects.visible_to(actor).filter(siren=number[:9]).first()
    if known is not None:
        raise Refused(f"Cette entreprise est déjà connue\u00a0: {known.name}. Ajoutez-y l’établissement.")
    company = Company(siren=number[:9], name=_said(name, "la raison sociale"), legal_form=legal_form.strip())
    company.refresh_search()
    company.save()
    place = Establishment(company=company, siret=number)
    _describe(actor, place, company, sign, naf, address, postcode, city, headcount, centre)
    return company


@command("company.edit", allowed=policy.may_write_companies)
def edit_company(
    *,
    actor: Actor,
    company: Company,
    name: str,
    legal_form: str = "",
    member_since: date | None = None,
    member_until: date | None = None,
) -> Company:
    """Correct a company. Its SIREN is what it is known by, and stays."""
    if member_since and member_until and member_until < member_since:
        raise Refused("L’adhésion ne peut pas finir avant d’avoir commencé.")
    renamed = company.name != name.strip()
    company.name, company.legal_form = _said(name, "la raison sociale"), legal_form.strip()
    company.member_since, company.member_until = member_since, member_until
    company.refresh_search()
    company.save()
    if renamed:
        places = [*Establishment.objects.visible_to(actor).filter(company=company)]
        for place in places:
            place.refresh_search(company.name)
        Establishment.objects.bulk_update(places, ["search"], batch_size=500)
    return company


@command("establishment.add", allowed=policy.may_write_companies)
def add_establishment(
    *,
    actor: Actor,
    company: Company,
    siret: str,
    sign: str = "",
    naf: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    headcount: str = "",
    centre: Centre | None = None,
) -> Establishment:
    """Add a workplace to a company; its SIRET begins with the company's SIREN."""
    number = _number(siret)
    if number[:9] != company.siren:
        siren = spaced_siret(company.siren)
        raise Refused(f"Ce SIRET n’est pas de cette entreprise\u00a0: il devrait commencer par {siren}.")
    if Establishment.objects.visible_to(actor).filter(siret=number).exists():
        raise Refused("Cet établissement est déjà dans la liste.")
    place = Establishment(company=company, siret=number)
    return _describe(actor, place, company, sign, naf, address, postcode, city, headcount, centre)


@command("establishment.edit", allowed=policy.may_write_companies)
def edit_establishment(
    *,
    actor: Actor,
    establishment: Establishment,
    sign: str = "",
    naf: str = "",
    address: str = "",
    postcode: str = "",
    city: str = "",
    headcount: str = "",
    centre: Centre | None = None,
    active: bool = True,
) -> Establishment:
    """Correct a workplace, or close it: it is then offered no more, and stays where it was written."""
    establishment.active = active
    company = establishment.company
    return _describe(actor, establishment, company, sign, naf, address, postcode, city, headcount, centre)


def _describe(
    actor: Actor,
    place: Establishment,
    company: Company,
    sign: str,
    naf: str,
    address: str,
    postcode: str,
    city: str,
    headcount: str,
    centre: Centre | None,
) -> Establishment:
    """Write everything about a workplace but its number."""
    try:
        place.naf, place.postcode = clean_naf(naf), clean_postcode(postcode)
    except BadValue as bad:
        raise Refused(str(bad)) from bad
    place.sign, place.address, place.city = sign.strip(), address.strip(), city.strip()
    place.headcount = headcount.strip()
    place.centre_id = centre.pk if centre else Areas(actor).centre_of(place.city, place.postcode)
    place.refresh_search(company.name)
    place.save()
    return place


def _number(siret: str) -> str:
    try:
        return clean_siret(siret)
    except BadValue as bad:
        raise Refused(str(bad)) from bad


def _said(text: str, what: str) -> str:
    if not text.strip():
        raise Refused(f"Il manque {what}.")
    return text.strip()
