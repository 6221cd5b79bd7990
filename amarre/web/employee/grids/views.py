"""A grid at my own pace: one question per page, saved at each answer; any question may be refused.

Read by the URL configuration beside.
"""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amarre.core.actor import Actor
from amarre.plans import commands_grids, instruments
from amarre.plans.instruments import Item
from amarre.plans.models import Filling, Plan
from amarre.plans.queries_grids import Read, fillings, opened, said
from amarre.plans.states import Side
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.ui.gridforms import ItemForm
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404


def grid_list(request: HttpRequest) -> HttpResponse:
    """What waits for me, and what I answered; what my worker wrote of me too."""
    actor, mine = my_plan(request, "grid.read")
    context = {"found": fillings(actor, mine), "worker": worker_of(request, mine)}
    return page(request, "employee/grids/list.html", context)


def _mine(request: HttpRequest, pk: int) -> tuple[Actor, Plan, Read]:
    actor, mine = my_plan(request, "grid.read")
    rows = Filling.objects.visible_to(actor).of(mine).filter(side=Side.PERSON).select_related("plan")
    return actor, mine, opened(actor, visible_or_404(rows, pk=pk))


def _asked(read: Read) -> list[Item]:
    return [item for item in instruments.asked(read.grid, read.answers) if not item.sensitive]


def grid(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on where I stopped; read my answers again when it is finished."""
    _actor, mine, read = _mine(request, pk)
    following = next((i for i in _asked(read) if i.number not in read.answers), None)
    rows = [(item, said(item, read.answers.get(item.number))) for item in _asked(read)]
    context = {"read": read, "following": following, "rows": rows, "worker": worker_of(request, mine)}
    return page(request, "employee/grids/grid.html", context)


def grid_item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One question."""
    actor, _mine_plan, read = _mine(request, pk)
    asked = _asked(read)
    place = next((n for n, item in enumerate(asked) if item.number == number), None)
    if place is None or read.filling.finished_on is not None:
        raise Http404
    item = asked[place]
    form = ItemForm(item, request.POST or None, value=read.answers.get(number))
    if carry_out(
        request, form, lambda d: commands_grids.answer(actor=actor, filling=read.filling, answers={number: d["raw"]})
    ):
        return _after(request, actor, read.filling, number)
    back = (
        reverse("employee:grid_item", args=[pk, asked[place - 1].number])
        if place
        else reverse("employee:grid", args=[pk])
    )
    context = {"read": read, "item": item, "form": form, "at": place + 1, "of": len(asked), "back": back}
    return page(request, "employee/grids/item.html", context, status=status_of(request))


def _after(request: HttpRequest, actor: Actor, filling: Filling, number: int) -> HttpResponse:
    """The next question, the end, or at once somebody to call."""
    read = opened(actor, Filling.objects.visible_to(actor).select_related("plan").get(pk=filling.pk))
    item = read.grid.item(number)
    if item.urgent_from is not None and instruments.urgent(read.grid, {number: read.answers.get(number)}):
        return done(request, reverse("employee:urgent"))
    later = [i for i in _asked(read) if i.number > number]
    if later:
        return done(request, reverse("employee:grid_item", args=[filling.pk, later[0].number]))
    return done(request, reverse("employee:grid_finish", args=[filling.pk]))


def grid_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Check my answers, and say that it is finished."""
    actor, _mine_plan, read = _mine(request, pk)
    if read.filling.finished_on is not None:
        return done(request, reverse("employee:grid", args=[pk]))
    form = forms.Form(request.POST if request.method == "POST" else None)
    if carry_out(request, form, lambda _data: commands_grids.finish(actor=actor, filling=read.filling)):
        return done(request, reverse("employee:grid", args=[pk]), _("Merci. Vos réponses sont enregistrées."))
    rows = [(item, said(item, read.answers.get(item.number))) for item in _asked(read)]
    context = {"read": read, "rows": rows, "form": form}
    return page(request, "employee/grids/finish.html", context, status=status_of(request))
