"""Which grids the social workers may use, and the grids that the service writes itself.

Read by the URL configuration beside. Kept by the service admin and the coordinator. A published version never changes.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.plans import commands_grids, instruments
from amarre.plans.models import OwnGrid, OwnGridState
from amarre.plans.policy import may_keep_grids
from amarre.plans.queries_grids import offered
from amarre.web.staff.settings.gridforms import HeadForm, ItemForm, ScoringForm, code_of
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_HEAD = ("title", "purpose", "instruction", "source", "licence")


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_keep_grids(actor):
        raise PermissionDenied
    return actor


def _crumbs(*more: Link) -> list[Link]:
    return [Link("Réglages", reverse("staff:settings")), Link("Grilles", reverse("staff:settings_grids")), *more]


def grid_list(request: HttpRequest) -> HttpResponse:
    """Every grid: on or off, ours or shipped; those that may not be shipped, and why."""
    actor = _keeper(request)
    form = HeadForm(request.POST or None)

    def act(data: dict[str, Any]) -> OwnGrid:
        return commands_grids.draft_grid(actor=actor, code=code_of(data["title"]), definition=_head({}, data))

    row = carry_out(request, form, act)
    if row is not None:
        return done(request, reverse("staff:settings_grid", args=[row.pk]), "La grille est en préparation.")
    context = {
        "offered": offered(actor),
        "own": list(OwnGrid.objects.visible_to(actor)),
        "missing": instruments.NOT_SHIPPED,
        "form": form,
        "crumbs": [*_crumbs()[:1], Link("Grilles")],
    }
    return page(request, "staff/settings/grids.html", context, status=status_of(request))


@require_POST
def grid_switch(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a grid to the social workers, or not."""
    actor = _keeper(request)
    sentence = "C’est enregistré."
    try:
        commands_grids.switch_grid(actor=actor, code=code, enabled="on" in request.POST)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("staff:settings_grids"), sentence)


def _head(definition: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The head of a definition, with the rest as it is."""
    titles = [line.strip() for line in data["sections"].splitlines() if line.strip()]
    kept = {s["title"]: s["code"] for s in definition.get("sections", [])}
    sections = [{"code": kept.get(title) or code_of(title), "title": title[:120]} for title in titles]
    named = {name: data[name] for name in _HEAD}
    return {"items": [], "scoring": {"kind": "none"}, "bands": [], **definition, **named,
            "language": "fr", "short": data["title"][:30], "notice": "", "sections": sections}  # fmt: skip


def _draft(request: HttpRequest, pk: int) -> tuple[Actor, OwnGrid]:
    actor = _keeper(request)
    return actor, visible_or_404(OwnGrid.objects.visible_to(actor), pk=pk)


def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its words, its questions, its calculation; tried by the checker before it is published."""
    actor, row = _draft(request, pk)
    draft = row.state == OwnGridState.DRAFT
    values = {name: row.definition.get(name, "") for name in _HEAD}
    values["sections"] = "\n".join(s["title"] for s in row.definition.get("sections", []))
    form = HeadForm(request.POST or None, initial=values)
    kept = None
    if draft:
        kept = carry_out(request, form, lambda d: _save(actor, row, _head(row.definition, d)))
    if kept is not None:
        return done(request, reverse("staff:settings_grid", args=[pk]), "C’est enregistré.")
    context = {
        "row": row, "form": form, "draft": draft, "items": row.definition.get("items", []),
        "fault": _fault(row) if draft else "", "crumbs": _crumbs(Link(row.definition.get("title", row.code))),
    }  # fmt: skip
    return page(request, "staff/settings/grid.html", context, status=status_of(request) if draft else 200)


def _fault(row: OwnGrid) -> str:
    """What still keeps it from being published."""
    try:
        instruments.parse(row.definition, own=True)
    except instruments.Malformed as error:
        return str(error)
    return ""


def _save(actor: Actor, row: OwnGrid, definition: dict[str, Any]) -> OwnGrid:
    """Raises `Refused` for a version that is published."""
    if row.state != OwnGridState.DRAFT:
        raise Refused("Cette version est publiée\u00a0: elle ne change plus. Écrivez-en une nouvelle.")
    return commands_grids.draft_grid(actor=actor, code=row.code, definition=definition)


def grid_item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One question: written, corrected, taken away. The number after the last one adds a question."""
    actor, row = _draft(request, pk)
    items = list(row.definition.get("items", []))
    if row.state != OwnGridState.DRAFT or not 1 <= number <= len(items) + 1:
        raise Http404
    old = items[number - 1] if number <= len(items) else None
    form = ItemForm(
        row.definition.get("sections", []), request.POST or None, initial=ItemForm.values(old) if old else {}
    )
    back = reverse("staff:settings_grid", args=[pk])
    if request.method == "POST" and "remove" in request.POST and old:
        del items[number - 1]
        _save(actor, row, {**row.definition, "items": _numbered(items)})
        return done(request, back, "La question est retirée.")

    def act(_data: dict[str, Any]) -> OwnGrid:
        said = form.definition(number)
        return _save(actor, row, {**row.definition, "items": [*items[: number - 1], said, *items[number:]]})

    if carry_out(request, form, act):
        return done(request, back, "La question est enregistrée.")
    title = f"Question {number}"
    context = {"form": form, "title": title, "back": back, "removable": old is not None,
               "crumbs": _crumbs(Link(row.definition.get("title", row.code), back), Link(title))}  # fmt: skip
    return page(request, "staff/settings/grid_part.html", context, status=status_of(request))


def _numbered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers follow each other; a condition on a question that went away goes with it."""
    numbers = {item["number"]: place for place, item in enumerate(items, 1)}
    found = []
    for place, item in enumerate(items, 1):
        kept = {**item, "number": place}
        shown = item.get("shown_if")
        if shown:
            kept.pop("shown_if")
            if shown["item"] in numbers:
                kept["shown_if"] = {**shown, "item": numbers[shown["item"]]}
        found.append(kept)
    return found


def grid_scoring(request: HttpRequest, pk: int) -> HttpResponse:
    """How the answers count."""
    actor, row = _draft(request, pk)
    if row.state != OwnGridState.DRAFT:
        raise Http404
    form = ScoringForm(request.POST or None, initial=ScoringForm.values(row.definition))
    back = reverse("staff:settings_grid", args=[pk])
    if carry_out(request, form, lambda _d: _save(actor, row, {**row.definition, **form.definition()})):
        return done(request, back, "Le calcul est enregistré.")
    context = {"form": form, "title": "Le calcul", "back": back,
               "crumbs": _crumbs(Link(row.definition.get("title", row.code), back), Link("Le calcul"))}  # fmt: skip
    return page(request, "staff/settings/grid_part.html", context, status=status_of(request))


@require_POST
def grid_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish for good, withdraw, or begin the next version."""
    actor, row = _draft(request, pk)
    sentence, to = "La grille est publiée\u00a0: elle ne change plus.", pk
    try:
        if "withdraw" in request.POST:
            commands_grids.withdraw_grid(actor=actor, grid=row)
            sentence = "La grille n’est plus proposée. Ce qui a été rempli reste lisible."
        elif "next" in request.POST:
            to = commands_grids.draft_grid(actor=actor, code=row.code, definition=row.definition).pk
            sentence = "Une nouvelle version est en préparation."
        else:
            commands_grids.publish_grid(actor=actor, grid=row)
    except Refused as refusal:
        sentence = str(refusal)
    return done(request, reverse("staff:settings_grid", args=[to]), sentence)
