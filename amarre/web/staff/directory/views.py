"""The directory: search by need, words, place and public; the sheet of a structure, and the one that is handed over.

Read by the URL configuration beside. An address here holds codes and a commune that somebody typed, never anything
about anybody; the sheet that is printed carries nothing about the person it is given to.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.directory.imports_schema import labels as schema_labels
from amarre.directory.models import PartnerContact, Service, Structure
from amarre.directory.needs import needs
from amarre.directory.policy import may_edit_structure, may_import, may_invite, may_write
from amarre.directory.queries import Place, Search, nearness, place_of, search, services_of
from amarre.web.staff.directory.words import Words, hours, offer, source, words
from amarre.web.ui.http import actor_of, page, visible_or_404
from amarre.web.ui.parts import Badge, Link

_PER_PAGE, _SERVICES_SHOWN = 20, 3
DISTANCES = (5, 10, 25, 50)


def directory(request: HttpRequest) -> HttpResponse:
    """Structures that answer, the nearest first."""
    actor, said = actor_of(request), words(actor_of(request))
    asked = _asked(actor, request)
    found = Paginator(search(actor, asked), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "found": found,
        "lines": lines(actor, list(found.object_list), asked.place, said),
        "where": request.GET.get("lieu", "").strip(),
        "needs": [(code, said.problems.get(code, code)) for code in needs()],
        "kinds": sorted(said.kinds.items(), key=lambda pair: pair[1]),
        "publics": list(schema_labels("publics").items()),
        "distances": DISTANCES,
        "theme": schema_labels("themes").get(asked.theme, ""),
        "others": [Link(name, _again(request, lieu=name)) for name in (asked.place.others if asked.place else ())],
        "anything": any((asked.words, asked.need, asked.theme, asked.public, asked.kind, asked.place, asked.withdrawn)),
        "may_write": may_write(actor),
        "may_import": may_import(actor),
    }
    return page(request, "staff/directory/list.html", context)


def _asked(actor: Actor, request: HttpRequest) -> Search:
    """What the address asks; a code that nobody knows is no filter."""
    get = request.GET.get
    within = get("distance", "")
    return Search(
        words=get("q", "").strip()[:100],
        need=code if (code := get("besoin", "")) in needs() else "",
        theme=code if (code := get("theme", "")) in schema_labels("themes") else "",
        public=code if (code := get("public", "")) in schema_labels("publics") else "",
        kind=get("type", "")[:40],
        place=place_of(actor, get("lieu", "")[:100]),
        within=int(within) if within in map(str, DISTANCES) else None,
        withdrawn=get("retirees") == "oui",
    )


def _again(request: HttpRequest, **changed: str) -> str:
    """The same search, but for one field."""
    kept = {name: value for name, value in request.GET.items() if value and name != "page"}
    return f"{reverse('staff:directory')}?{urlencode(kept | changed)}"


def lines(actor: Actor, structures: list[Structure], place: Place | None, said: Words) -> list[dict[str, Any]]:
    """Each structure with what it offers and how near it is; one query for all the services."""
    offered = services_of(actor, structures)
    return [
        {
            "row": structure,
            "kind": said.kind(structure) if structure.kind != "OTHER" else "",
            "near": nearness(structure, place),
            "offered": offered[structure.pk][:_SERVICES_SHOWN],
            "more": max(0, len(offered[structure.pk]) - _SERVICES_SHOWN),
        }
        for structure in structures
    ]


def structure(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of a structure; with `?imprimer`, the one that is handed to somebody."""
    actor, said = actor_of(request), words(actor_of(request))
    row = visible_or_404(Structure.objects.visible_to(actor), pk=pk)
    services = Service.objects.visible_to(actor).filter(structure=row)
    current = [service for service in services if service.withdrawn_on is None]
    context: dict[str, Any] = {
        "structure": row,
        "kind": said.kind(row),
        "hours": hours(row.opening_hours),
        "source": source(row),
        "offers": [offer(service) for service in current],
    }
    if "imprimer" in request.GET:
        return page(request, "staff/directory/sheet.html", context)
    context |= {
        "gone": [service for service in services if service.withdrawn_on is not None],
        "contacts": list(PartnerContact.objects.visible_to(actor).filter(structure=row, ended_on=None)),
        "crumbs": [Link("Annuaire", reverse("staff:directory")), Link(row.name)],
        "badges": _badges(row),
        "may_write": may_write(actor),
        "may_edit": may_edit_structure(actor, row),
        "may_invite": may_invite(actor),
    }
    return page(request, "staff/directory/structure.html", context)


def _badges(row: Structure) -> list[Badge]:
    """What must be known before sending somebody there."""
    found = []
    if row.withdrawn_on:
        found.append(Badge("retirée", "red"))
    if row.is_stale:
        found.append(Badge("à vérifier avant d’y envoyer quelqu’un", "rope"))
    return found
