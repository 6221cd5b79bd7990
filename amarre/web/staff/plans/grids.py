"""Grids of a case: begun, filled together or from one's own point of view, compared over time.

Read by the URL configuration beside. Saved at each answer; one that calls the urgent protocol brings it up at once.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.commands import Refused
from amarre.organisations.queries import crisis_numbers
from amarre.plans import commands_grids, instruments, paper
from amarre.plans.instruments import Item
from amarre.plans.models import Filling
from amarre.plans.queries_grids import Read, compare, fillings, offered, opened
from amarre.plans.states import FillingMode, Side
from amarre.web.staff.plans.base import Here, here, here_to_write
from amarre.web.staff.plans.charts import line_chart
from amarre.web.ui.files import attachment
from amarre.web.ui.gridforms import GridForm
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404

_MODES = [
    (FillingMode.TOGETHER, Side.PERSON, "Remplir ensemble"),
    (FillingMode.WORKER, Side.WORKER, "De mon point de vue"),
    (FillingMode.ALONE, Side.PERSON, "La demander à la personne"),
]


def grid_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was filled, and what can be."""
    at = here(request, pk, "grid.read")
    found = fillings(at.actor, at.plan) if at.plan else []
    begun: dict[str, list[Read]] = {}
    for read in reversed(found):
        begun.setdefault(read.grid.code, []).append(read)
    context = at.head("plan_grids", begun=begun, offered=offered(at.actor), modes=_MODES)
    return page(request, "staff/plans/grids.html", context)


@require_POST
def grid_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a grid."""
    at = here_to_write(request, pk, "grid.read")
    code, mode = request.POST.get("code", ""), request.POST.get("mode", "")
    chosen = next(((m, side) for m, side, _ in _MODES if m == mode), None)
    back = reverse("staff:plan_grids", args=[at.case.pk])
    if chosen is None:
        return done(request, back, "Choisissez comment remplir la grille.")
    try:
        row = commands_grids.start_filling(actor=at.actor, plan=at.begun(), code=code, side=chosen[1], mode=chosen[0])
    except Refused as refusal:
        return done(request, back, str(refusal))
    if chosen[0] == FillingMode.ALONE:
        return done(request, back, "La grille attend la personne dans son espace.")
    return done(request, reverse("staff:plan_grid", args=[at.case.pk, row.pk]))


def _read(at: Here, filling_pk: int) -> Read:
    if at.plan is None:
        raise Http404
    row = visible_or_404(
        Filling.objects.visible_to(at.actor).of(at.plan).select_related("plan", "author"), pk=filling_pk
    )
    return opened(at.actor, row)


def _asked(read: Read, *, sensitive: bool) -> list[Item]:
    return [item for item in instruments.asked(read.grid, read.answers) if sensitive or not item.sensitive]


def grid(request: HttpRequest, pk: int, filling_pk: int) -> HttpResponse:
    """Fill a grid: each answer is kept as it is given; without JavaScript, the whole page at once."""
    at = here(request, pk, "grid.read")
    read = _read(at, filling_pk)
    sensitive = bool(request.GET.get("tout"))
    items = _asked(read, sensitive=sensitive)
    finished = read.filling.finished_on is not None
    form = GridForm(items, read.answers, request.POST or None)
    url = reverse("staff:plan_grid", args=[at.case.pk, read.filling.pk])
    row = None
    if not finished:
        row = carry_out(request, form, lambda d: commands_grids.answer(actor=at.actor, filling=read.filling, **d))
    if row is not None:
        after = _read(at, filling_pk)
        if after.urgent and not read.urgent:
            return done(request, reverse("staff:plan_grid_urgent", args=[at.case.pk, read.filling.pk]))
        return done(request, url, "Réponses enregistrées.")
    context = at.head(
        "plan_grids", read=read, form=form, finished=finished, hidden=any(i.sensitive for i in read.grid.items),
        sensitive=sensitive, parts=_parts(form, items, read),
    )  # fmt: skip
    return page(request, "staff/plans/grid.html", context, status=200 if finished else status_of(request))


def _parts(form: GridForm, items: list[Item], read: Read) -> list[tuple[Any, list[Any]]]:
    """Sections with their fields, in the order of the grid."""
    found: list[tuple[Any, list[Any]]] = []
    for section in (*read.grid.sections, None):
        code = section.code if section else ""
        fields = [form[f"q{item.number}"] for item in items if item.section == code]
        if fields:
            found.append((section, fields))
    return found


@require_POST
def grid_answer(request: HttpRequest, pk: int, filling_pk: int) -> HttpResponse:
    """One answer, kept at once (the page asks for it as soon as something is chosen)."""
    at = here_to_write(request, pk, "grid.read")
    read = _read(at, filling_pk)
    sent = [item for item in read.grid.items if f"q{item.number}" in request.POST]
    form = GridForm(sent, read.answers, request.POST)
    said, urgent = "", ""
    if form.is_valid():
        try:
            row = commands_grids.answer(actor=at.actor, filling=read.filling, **form.cleaned_data)
        except Refused as refusal:
            said = str(refusal)
        else:
            after = opened(at.actor, row)
            said = f"Enregistré\u00a0: {after.done} sur {after.of}"
            if after.urgent and not read.urgent:
                urgent = reverse("staff:plan_grid_urgent", args=[at.case.pk, filling_pk])
    else:
        said = "Cette réponse n’est pas possible."
    response = page(request, "staff/plans/grid_saved.html", {"said": said})
    if urgent:
        response["HX-Redirect"] = urgent
    return response


def grid_urgent(request: HttpRequest, pk: int, filling_pk: int) -> HttpResponse:
    """An answer speaks of danger: the protocol, before anything else. Nothing is sent to anybody."""
    at = here(request, pk, "grid.read")
    read = _read(at, filling_pk)
    context = at.head("plan_grids", read=read, numbers=crisis_numbers(at.actor))
    return page(request, "staff/plans/urgent.html", context)


@require_POST
def grid_finish(request: HttpRequest, pk: int, filling_pk: int) -> HttpResponse:
    """It is finished; what was not answered stays so."""
    at = here_to_write(request, pk, "grid.read")
    read = _read(at, filling_pk)
    sentence = "Grille terminée."
    try:
        commands_grids.finish(actor=at.actor, filling=read.filling)
    except Refused as refusal:
        return done(request, reverse("staff:plan_grid", args=[at.case.pk, filling_pk]), str(refusal))
    return done(request, reverse("staff:plan_grid_compare", args=[at.case.pk, read.grid.code]), sentence)


def grid_compare(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One grid over time, side by side; the person's view and the worker's apart; drawn, and as a table."""
    at = here(request, pk, "grid.read")
    found = compare(at.actor, at.plan, code) if at.plan else None
    if found is None:
        raise Http404
    context = at.head("plan_grids", found=found, chart=line_chart(found))
    return page(request, "staff/plans/compare.html", context)


def grid_paper(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The grid on paper, blank, for somebody who prefers it."""
    at = here(request, pk, "grid.read")
    chosen = next((o.grid for o in offered(at.actor) if o.grid.code == code and o.enabled), None)
    if chosen is None:
        raise Http404
    items = [item for item in chosen.items if not item.sensitive]
    content = paper.grid_pdf(
        chosen.title, " ".join(filter(None, (chosen.instruction, chosen.source))), [(i.label, "") for i in items], "",
        choices=[_offered(item) for item in items],
    )  # fmt: skip
    return attachment(content, "grille.pdf", "application/pdf")


def _offered(item: Item) -> list[str]:
    kind = str(item.kind)
    if kind in ("text", "number"):
        return []
    if kind == "yes_no":
        return ["Oui", "Non", "Je préfère ne pas répondre"]
    if kind == "scale":
        return [str(value) for value in item.values]
    return [*(choice.label for choice in item.choices), "Je préfère ne pas répondre"]
