"""The list of companies, the page of one, and the forms that write them.

Read by the URL configuration beside. Every staff member reads; those who meet people or take their calls write.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.policy import may_propose
from amarre.collective.queries import actions_of
from amarre.core.actor import Actor
from amarre.organisations import commands
from amarre.organisations.identifiers import spaced_siret
from amarre.organisations.models import Company, Establishment
from amarre.organisations.policy import may_import, may_write_companies
from amarre.organisations.policy_contacts import may_keep_contacts
from amarre.organisations.queries import centres, search_companies
from amarre.web.staff.companies import forms as f
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link

_PER_PAGE, _PLACES_PER_PAGE, _CITIES, _ACTIONS = 25, 50, 3, 10
_PLACE = ("sign", "address", "postcode", "city", "naf", "headcount", "centre")


def company_list(request: HttpRequest) -> HttpResponse:
    """Companies by name, commune or number; those of one centre when asked."""
    actor = actor_of(request)
    words, centre = request.GET.get("q", "").strip(), request.GET.get("centre", "")
    rows = search_companies(actor, words, centre_id=int(centre) if centre.isdecimal() else None)
    found = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "lines": _lines(actor, list(found.object_list)),
        "words": words,
        "centre": centre,
        "centres": centres(actor),
        "may_write": may_write_companies(actor),
        "may_import": may_import(actor),
    }
    return page(request, "staff/companies/list.html", context, part="results")


def _lines(actor: Actor, companies: list[Company]) -> list[dict[str, Any]]:
    """Each company with where it is; one query for all its workplaces."""
    cities: dict[int, list[str]] = defaultdict(list)
    places = Establishment.objects.visible_to(actor).filter(company__in=companies, active=True).order_by("city")
    for company_id, city in places.values_list("company_id", "city"):
        cities[company_id].append(city)
    lines = []
    for company in companies:
        known = list(dict.fromkeys(filter(None, cities[company.pk])))
        more = f" et {len(known) - _CITIES} autres communes" if len(known) > _CITIES + 1 else ""
        shown = known[:_CITIES] if more else known
        number = spaced_siret(company.siren)
        where = ", ".join(shown) + more
        lines.append({"row": company, "number": number, "where": where, "count": len(cities[company.pk])})
    return lines


def company_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One company and its workplaces."""
    actor = actor_of(request)
    company = visible_or_404(Company.objects.visible_to(actor), pk=pk)
    places = Establishment.objects.visible_to(actor).filter(company=company).select_related("company", "centre")
    found = Paginator(places.order_by("-active", "city", "pk"), _PLACES_PER_PAGE).get_page(request.GET.get("page"))
    member = Badge("Adhérente", "green") if company.is_member else Badge("N’est plus adhérente", "rope")
    actions = [*actions_of(actor, company)[:_ACTIONS]]
    if actions:
        note_read(request, "action.list", count=len(actions), own=True)
    context = {
        "company": company,
        "found": found,
        "lines": [{"row": place, "number": spaced_siret(place.siret)} for place in found.object_list],
        "crumbs": [Link("Entreprises", reverse("staff:company_list")), Link(company.name)],
        "identity": " · ".join(filter(None, (f"SIREN {spaced_siret(company.siren)}", company.legal_form))),
        "badges": [member],
        "may_write": may_write_companies(actor),
        "may_keep_contacts": may_keep_contacts(actor),
        "actions": actions,
        "may_propose": may_propose(actor),
    }
    return page(request, "staff/companies/company.html", context)


def company_new(request: HttpRequest) -> HttpResponse:
    """Write down a company that is not in the list, with its first workplace."""
    actor = _writer(request)
    form = f.NewCompanyForm(actor, request.POST or None)
    made = carry_out(request, form, lambda data: commands.create_company(actor=actor, **data))
    if made is not None:
        return done(request, reverse("staff:company", args=[made.pk]), f"{made.name} est dans la liste.")
    known = _known(actor, request.POST.get("siret", ""))
    context = {
        "form": form,
        "title": "Nouvelle entreprise",
        "identity": "Le SIRET et la raison sociale suffisent. Le reste peut venir plus tard.",
        "verb": "Enregistrer l’entreprise",
        "crumbs": [Link("Entreprises", reverse("staff:company_list")), Link("Nouvelle entreprise")],
        "known": known,
    }
    return page(request, "staff/companies/form.html", context, status=status_of(request))


def _known(actor: Actor, siret: str) -> Company | None:
    """The company that this SIRET belongs to, when it is in the list already."""
    number = "".join(filter(str.isdecimal, siret))[:9]
    return Company.objects.visible_to(actor).filter(siren=number).first() if len(number) == 9 else None


def company_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a company, or say that its membership ended."""
    actor = actor_of(request)
    company = visible_or_404(Company.objects.visible_to(actor), pk=pk)
    _writer(request)
    names = ("name", "legal_form", "member_since", "member_until")
    form = f.CompanyForm(request.POST or None, initial={name: getattr(company, name) for name in names})
    if carry_out(request, form, lambda data: commands.edit_company(actor=actor, company=company, **data)):
        return done(request, reverse("staff:company", args=[company.pk]), "C’est enregistré.")
    context = {
        "form": form,
        "title": f"Modifier {company.name}",
        "identity": f"SIREN {spaced_siret(company.siren)}. Il ne change pas : c’est lui qui la désigne.",
        "verb": "Enregistrer",
        "crumbs": _crumbs(company, "Modifier"),
    }
    return page(request, "staff/companies/form.html", context, status=status_of(request))


def establishment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a workplace to a company."""
    actor = actor_of(request)
    company = visible_or_404(Company.objects.visible_to(actor), pk=pk)
    _writer(request)
    form = f.NewPlaceForm(actor, request.POST or None)
    made = carry_out(request, form, lambda data: commands.add_establishment(actor=actor, company=company, **data))
    if made is not None:
        return done(request, reverse("staff:company", args=[company.pk]), "L’établissement est dans la liste.")
    context = {
        "form": form,
        "title": "Nouvel établissement",
        "identity": f"{company.name} · son SIRET commence par {spaced_siret(company.siren)}",
        "verb": "Enregistrer l’établissement",
        "crumbs": _crumbs(company, "Nouvel établissement"),
    }
    return page(request, "staff/companies/form.html", context, status=status_of(request))


def establishment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a workplace, or close it."""
    actor = actor_of(request)
    place = visible_or_404(Establishment.objects.visible_to(actor).select_related("company"), pk=pk)
    _writer(request)
    initial = {name: getattr(place, name) for name in (*_PLACE, "active")}
    form = f.EditPlaceForm(actor, request.POST or None, initial=initial)
    edit = commands.edit_establishment
    if carry_out(request, form, lambda data: edit(actor=actor, establishment=place, **data)):
        return done(request, reverse("staff:company", args=[place.company_id]), "C’est enregistré.")
    context = {
        "form": form,
        "title": "Modifier l’établissement",
        "identity": f"{place.company.name} · SIRET {spaced_siret(place.siret)}",
        "verb": "Enregistrer",
        "crumbs": _crumbs(place.company, "Modifier l’établissement"),
    }
    return page(request, "staff/companies/form.html", context, status=status_of(request))


def _writer(request: HttpRequest) -> Actor:
    """The actor, who keeps the list; 403 for anybody else."""
    actor = actor_of(request)
    if not may_write_companies(actor):
        raise PermissionDenied
    return actor


def _crumbs(company: Company, here: str) -> list[Link]:
    return [
        Link("Entreprises", reverse("staff:company_list")),
        Link(company.name, reverse("staff:company", args=[company.pk])),
        Link(here),
    ]
