"""For the problems and needs of a case, what is near: codes go into the search, and nothing about anybody.

Read by the URL configuration beside. The case is opened, and that is written down; the place one looks from is the
centre's commune, not the person's; a link made here holds the code of a need and no more.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.directory.needs import wanted
from amarre.directory.queries import place_of, suggest
from amarre.plans.models import Need
from amarre.web.staff.directory.views import lines
from amarre.web.staff.directory.words import words
from amarre.web.staff.plans.base import Here, here
from amarre.web.ui.http import page


def case_directory(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom one may be sent to, for each problem of the case."""
    at = here(request, pk)
    said = words(at.actor)
    centre = at.case.assignment.centre
    place = place_of(at.actor, f"{centre.city} {centre.postcode}")
    codes = _problems(at)
    found = suggest(at.actor, codes, place=place)
    shown: list[dict[str, Any]] = [
        {
            "label": said.problems.get(one.problem, one.problem),
            "lines": lines(at.actor, one.structures, place, said),
            "url": f"{reverse('staff:directory')}?{urlencode({'besoin': one.problem})}",
        }
        for one in found
    ]
    shown_codes = {one.problem for one in found}
    context = {
        "found": shown,
        "place": place,
        "others": [said.problems.get(code, code) for code in codes if code not in shown_codes and not wanted(code)],
        "known": bool(codes),
    }
    return page(request, "staff/directory/suggestions.html", at.head("case_directory", **context))


def _problems(at: Here) -> list[str]:
    """The codes of the case's situation, the main one first, then those of the plan's needs."""
    situation = getattr(at.case, "situation", None)
    codes = [situation.main_problem, *situation.problems] if situation else []
    if at.plan is not None:
        needs = Need.objects.visible_to(at.actor).filter(plan=at.plan).exclude(problem="")
        codes += needs.values_list("problem", flat=True)
    return [*dict.fromkeys(filter(None, codes))]
