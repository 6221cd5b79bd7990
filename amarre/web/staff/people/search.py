"""The search of the top bar: my own cases, people, companies, side by side.

Read by the URL configuration beside. The door composes: people and companies are known to the whole staff, cases are
those of which the reader is a member, and nobody learns from this page that another case exists.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.cases.queries import find_my_cases
from amarre.core.actor import Actor
from amarre.organisations.identifiers import spaced_siret
from amarre.organisations.queries import search_companies
from amarre.people.policy import may_write_people
from amarre.people.queries import search_people
from amarre.web.staff.people.words import lines_of
from amarre.web.ui.http import actor_of, note_read, page

_CASES, _PEOPLE, _COMPANIES = 10, 15, 8


def search(request: HttpRequest) -> HttpResponse:
    """Everything the words point to, among what the reader may see."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()
    context = {"words": words, "search_words": words, **(_found(request, actor, words) if words else {})}
    return page(request, "staff/people/search.html", context)


def _found(request: HttpRequest, actor: Actor, words: str) -> dict[str, object]:
    cases = find_my_cases(actor, words, _CASES) if actor.has("social_worker") else []
    hits = search_people(actor, words, _PEOPLE)
    companies = [*search_companies(actor, words)[:_COMPANIES]]
    note_read(request, "person.list", count=len(hits))
    if cases:
        note_read(request, "case.list", count=len(cases), own=True)
    return {
        "cases": cases,
        "people": lines_of(hits),
        "more_people": len(hits) == _PEOPLE,
        "companies": [{"row": row, "number": spaced_siret(row.siren)} for row in companies],
        "more_companies": len(companies) == _COMPANIES,
        "new_url": reverse("staff:person_new") if may_write_people(actor) else "",
        "nothing": not (cases or hits or companies),
    }
