"""How to reach me, who opened my file, those close to me, my data, another worker, asking again.

Read by the URL configuration beside.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amarre.audit.commands import ask_for_data
from amarre.audit.models import DataRequest, Entry
from amarre.intake.commands import submit_solicitation
from amarre.intake.states import Source
from amarre.organisations.queries import choices
from amarre.people.commands import say_channel
from amarre.people.models import Person
from amarre.plans import commands_space, commands_talk, queries
from amarre.plans.models import Companion, Plan, WorkerChange
from amarre.sharing.queries import my_agreements, with_employer
from amarre.web.employee.me import forms
from amarre.web.employee.me.lines import told
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of, visible_or_404

_NEWEST = 200


def _myself(plan: Plan) -> Person:
    if plan.person is None:
        raise Http404
    return plan.person


def reach(request: HttpRequest) -> HttpResponse:
    """How and when I may be contacted."""
    actor, mine = my_plan(request)
    me = _myself(mine)
    names = ("channel", "do_not_call", "do_not_notify", "channel_note", "language", "interpreter")
    form = forms.ReachForm(request.POST or None, initial={name: getattr(me, name) for name in names})
    if carry_out(request, form, lambda d: say_channel(actor=actor, person=me, **d)):
        return done(request, reverse("employee:home"), _("C’est noté. Ceux qui pourraient vous appeler le voient."))
    context = {"form": form, "person": me, "worker": worker_of(request, mine)}
    return page(request, "employee/me/reach.html", context, status=status_of(request))


def who(request: HttpRequest) -> HttpResponse:
    """Who opened my file, and when; who else knows what."""
    actor, mine = my_plan(request)
    lines = list(Entry.objects.visible_to(actor)[:_NEWEST])
    names = queries.names_of(mine)
    days = [
        (day, list(rows)) for day, rows in groupby(told(lines, names), key=lambda line: timezone.localdate(line.at))
    ]
    context = {
        "days": days,
        "companions": queries.companions(actor, mine),
        "told_employer": with_employer(my_agreements(actor, mine)),
        "worker": worker_of(request, mine),
    }
    return page(request, "employee/me/who.html", context)


def companion_list(request: HttpRequest) -> HttpResponse:
    """Those close to me, and what they see."""
    actor, mine = my_plan(request)
    context = {"found": queries.companions(actor, mine), "parts": dict(forms.PARTS), "worker": worker_of(request, mine)}
    return page(request, "employee/me/companions.html", context)


def companion_new(request: HttpRequest) -> HttpResponse:
    """Name a trusted person, or invite a relative to a part."""
    actor, mine = my_plan(request)
    form = forms.CompanionForm(request.POST or None)
    if carry_out(request, form, lambda d: commands_space.name_companion(actor=actor, plan=mine, **d)):
        return done(request, reverse("employee:companion_list"), _("C’est noté."))
    context = {"form": form, "worker": worker_of(request, mine)}
    return page(request, "employee/me/companion_new.html", context, status=status_of(request))


def companion(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what somebody close sees, or take everything back."""
    actor, mine = my_plan(request)
    row = visible_or_404(Companion.objects.visible_to(actor).of(mine).filter(until=None).select_related("plan"), pk=pk)
    form = forms.ShareForm(request.POST or None, initial={"parts": row.parts})
    back = reverse("employee:companion_list")
    if request.method == "POST" and "end" in request.POST:
        commands_space.end_companion(actor=actor, companion=row)
        return done(request, back, _("C’est repris. Cette personne ne voit plus rien."))
    if carry_out(request, form, lambda d: commands_space.share_with(actor=actor, companion=row, **d)):
        return done(request, back, _("C’est noté."))
    return page(request, "employee/me/companion.html", {"form": form, "row": row}, status=status_of(request))


def data(request: HttpRequest) -> HttpResponse:
    """Ask for my data, or that something be corrected; read the answers."""
    actor, mine = my_plan(request)
    desk = drafts.open_desk(request, actor, f"my-data:{mine.pk}")
    form = forms.DataForm(request.POST or desk.initial())
    if carry_out(request, form, lambda d: ask_for_data(actor=actor, name=_myself(mine).full_name, **d), desk=desk):
        return done(request, reverse("employee:data"), _("Votre demande est partie. La réponse arrive ici."))
    found = list(DataRequest.objects.visible_to(actor).order_by("-asked_at"))
    context = {"form": form, "desk": desk, "found": found, "worker": worker_of(request, mine)}
    return page(request, "employee/me/data.html", context, status=status_of(request))


def another(request: HttpRequest) -> HttpResponse:
    """Ask for another worker; my worker does not read it."""
    actor, mine = my_plan(request)
    form = forms.AnotherForm(request.POST or None)
    if carry_out(
        request, form, lambda d: commands_talk.ask_for_another_worker(actor=actor, plan=mine, words=d["words"])
    ):
        return done(request, reverse("employee:home"), _("C’est demandé. La responsable vous répond."))
    waiting = WorkerChange.objects.visible_to(actor).of(mine).filter(settled_at=None).first()
    return page(request, "employee/me/another.html", {"form": form, "waiting": waiting}, status=status_of(request))


def again(request: HttpRequest) -> HttpResponse:
    """Ask for help again: what I said of myself is not asked twice."""
    actor, mine = my_plan(request)
    me, worker = _myself(mine), worker_of(request, mine)
    desk = drafts.open_desk(request, actor, f"my-request:{mine.pk}")
    form = forms.AgainForm(choices(actor, "employee_reason")["employee_reason"], request.POST or desk.initial())

    def act(data: dict[str, Any]) -> Any:
        if worker is None:
            raise Http404
        return submit_solicitation(
            actor=actor, source=Source.EMPLOYEE, centre_id=worker.centre_id, first_name=me.first_name,
            last_name=me.last_name, phone=me.phone, email=me.email, contact_note=me.channel_note or "",
            do_not_call=me.do_not_call, city=me.city, reasons=data["reasons"], words=data["words"],
        )  # fmt: skip

    row = carry_out(request, form, act, desk=desk)
    if row is not None:
        sentence = _("Votre demande est arrivée. Votre référence : %(reference)s.") % {"reference": row.reference}
        return done(request, reverse("employee:home"), sentence)
    return page(request, "employee/me/again.html", {"form": form, "desk": desk}, status=status_of(request))
