"""The service's year of collective actions on one page, and the same as a workbook.

Read by the URL configuration beside. Nothing in it counts anybody whom the service accompanies.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from amarre.collective.queries_year import Year, year_of
from amarre.core.actor import Actor
from amarre.core.tables_out import Sheet, write_workbook
from amarre.web.staff.collective.base import tabs
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, note_read, page

_FIRST = 2000
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_COLUMNS = ("Actions", "Séances", "Personnes présentes", "Séances non comptées", "Réponses", "Plutôt utile")


def _asked(request: HttpRequest) -> int:
    said, this = request.GET.get("annee", ""), timezone.localdate().year
    return int(said) if said.isdecimal() and _FIRST <= int(said) <= this else this


def _made(actor: Actor, of: int) -> Year:
    made = year_of(actor, of)
    for line, name in zip(made.months, _MONTHS, strict=True):
        line.label = name.capitalize()
    return made


def year(request: HttpRequest) -> HttpResponse:
    """By theme, by company, by month."""
    actor, of = actor_of(request), _asked(request)
    made = _made(actor, of)
    note_read(request, "action.list", count=len(made.rows), own=True)
    context = {
        "tabs": tabs("collective_year"),
        "made": made,
        "tables": [
            ("Par thème", made.themes),
            ("Par entreprise", made.companies),
            ("Par mois", [line for line in made.months if line.sessions]),
        ],
        "before": of - 1,
        "after": of + 1 if of < timezone.localdate().year else None,
    }
    return page(request, "staff/collective/year.html", context)


def workbook(request: HttpRequest, of: int) -> HttpResponse:
    """The same, to take away."""
    actor = actor_of(request)
    if not _FIRST <= of <= timezone.localdate().year:
        raise Http404
    made = _made(actor, of)
    note_read(request, "action.list", count=len(made.rows), own=True)
    groups = (("Thèmes", made.themes), ("Entreprises", made.companies), ("Mois", made.months), ("Année", [made.total]))
    sheets = [
        Sheet(name, (name, *_COLUMNS), [
            (line.label, line.actions, line.sessions, line.people, line.uncounted, line.answers, line.useful)
            for line in lines
        ])
        for name, lines in groups
    ]  # fmt: skip
    rows = [
        (row.action.title, row.action.theme_label, row.action.company.name, session.day, session.head_count)
        for row in made.rows for session in row.sessions
    ]  # fmt: skip
    sheets.append(Sheet("Séances", ("Action", "Thème", "Entreprise", "Jour", "Personnes présentes"), rows))
    return attachment(write_workbook(sheets), f"actions-collectives-{of}.xlsx", _KIND)
