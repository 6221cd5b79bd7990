"""Actions for teams: where each stands, asking for one, one on one page, withdrawing what one asked for.

Read by the URL configuration beside. Works-council members read and ask as employers do; what either asked is read by
the other once it is agreed. Never how many signed up.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.catalogue import THEMES
from amarre.collective.commands import ask_action, withdraw_action
from amarre.collective.models import Action, Offer, Session
from amarre.collective.queries import INCLUDED, sessions_of
from amarre.collective.states import SessionState
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.organisations.models import Contact
from amarre.web.employer.groups.families import ELSE, line_of, shelves, something_else
from amarre.web.employer.groups.forms import AskForm
from amarre.web.employer.groups.standing import Standing, standing_of, upcoming
from amarre.web.employer.mine import confirmed
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, note_read, page, refused, status_of, visible_or_404

_NEWEST = 50
_DESK = "employer-action:0"
"""One draft, whichever line of the catalogue is chosen: who changes their mind keeps their words."""


def standings(actor: Actor) -> list[Standing]:
    """What is asked or agreed for one's workplace, what awaits the reader first."""
    rows = Action.objects.visible_to(actor).for_employer().defer("report", "look_back")
    actions = [*rows.select_related("company", "establishment__company")[:_NEWEST]]
    sessions = sessions_of(actor, actions)
    return sorted((standing_of(row, sessions[row.pk]) for row in actions), key=lambda said: not said.asks)


def one(request: HttpRequest, pk: int) -> tuple[Actor, list[Contact], Action]:
    """An action that one sees, and in whose name one looks."""
    actor, contacts = confirmed(request)
    rows = Action.objects.visible_to(actor).for_employer()
    return (
        actor,
        contacts,
        visible_or_404(rows.select_related("company", "establishment__company", "contact", "centre"), pk=pk),
    )


def action_list(request: HttpRequest) -> HttpResponse:
    """What one's workplace asked for or agreed, then what is over."""
    actor, _ = confirmed(request)
    found = standings(actor)
    note_read(request, "action.list", count=len(found), own=True)
    context = {
        "going": [said for said in found if said.going_on],
        "over": [said for said in found if not said.going_on],
    }
    return page(request, "employer/groups/list.html", context)


def action_new(request: HttpRequest) -> HttpResponse:
    """The catalogue, by families."""
    actor, _ = confirmed(request)
    offers = [*Offer.objects.visible_to(actor)]
    context = {"shelves": shelves(offers), "other": something_else(offers)}
    return page(request, "employer/groups/catalogue.html", context)


def action_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the catalogue, and the wish for it in one's own words."""
    actor, contacts = confirmed(request)
    offer = visible_or_404(Offer.objects.visible_to(actor), pk=pk)
    desk = drafts.open_desk(request, actor, _DESK)
    form = AskForm(contacts, request.POST or desk.initial())

    def act(data: dict[str, Any]) -> Action:
        said = {name: data[name] for name in ("need", "wished", "expected")}
        return ask_action(actor=actor, contact=form.contact(), offer=offer, **said)

    made = carry_out(request, form, act, desk=desk)
    if made is not None:
        return done(request, _url(made), "Votre demande est partie. Le service social vous appelle pour en parler.")
    context = {
        "line": line_of(offer), "form": form, "desk": desk, "included": INCLUDED, "sensitive": _is_sensitive(offer),
        "other": offer.code == ELSE,
    }  # fmt: skip
    return page(request, "employer/groups/ask.html", context, status=status_of(request))


def _is_sensitive(offer: Offer) -> bool:
    return offer.theme in THEMES and THEMES[offer.theme].sensitive


def action(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, what is agreed, when and where; what one can do."""
    actor, contacts, row = one(request, pk)
    note_read(request, "action.read", row, own=True)
    sessions: list[Session] = sessions_of(actor, [row])[row.pk]
    mine = row.contact_id in {contact.pk for contact in contacts}
    context = {
        "row": row,
        "said": standing_of(row, sessions),
        "sessions": sessions,
        "planned": [s for s in sessions if s.state == SessionState.PLANNED],
        "next": upcoming(sessions),
        "mine": mine,
        "may_withdraw": mine and row.is_asked,
        "included": INCLUDED,
    }
    return page(request, "employer/groups/action.html", context)


def action_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked twice, since it does not come back; before the agreement, by whoever asked."""
    actor, contacts, row = one(request, pk)
    if not row.is_asked or row.contact_id not in {contact.pk for contact in contacts}:
        raise Http404
    if request.method == "POST":
        try:
            withdraw_action(actor=actor, action=row)
        except Refused as refusal:
            return refused(request, _url(row), str(refusal))
        return done(request, reverse("employer:action_list"), "Votre demande est retirée.")
    note_read(request, "action.read", row, own=True)
    return page(request, "employer/groups/withdraw.html", {"row": row})


def _url(row: Action) -> str:
    return reverse("employer:action", args=[row.pk])
