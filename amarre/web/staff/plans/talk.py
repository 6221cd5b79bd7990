"""Messages with the person, and what they thought of the help they had.

Read by the URL configuration beside.
"""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.commands import Refused
from amarre.people.queries import account_of
from amarre.plans import commands_talk, queries
from amarre.plans.models import Opinion
from amarre.plans.states import Side
from amarre.web.staff.plans.base import here
from amarre.web.ui import drafts
from amarre.web.ui.http import carry_out, done, page, status_of

_ASKED = {
    "listened": "S’est senti(e) écouté(e)",
    "decided": "A décidé de ce qui le ou la concerne",
    "helped": "Situation meilleure",
}
_SAID = {"yes": "oui", "partly": "en partie", "no": "non"}


class MessageForm(forms.Form):
    """A message to the person."""

    body = forms.CharField(
        label="Votre message", max_length=8_000, widget=forms.Textarea({"rows": 5}),
        help_text="Un courriel neutre dit seulement qu’un message attend.",
    )  # fmt: skip


def messages(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written; writing; saying that one has read."""
    at = here(request, pk, "message.read")
    url = reverse("staff:plan_messages", args=[at.case.pk])
    if request.method == "POST" and "read" in request.POST and at.plan:
        try:
            commands_talk.mark_read(actor=at.actor, plan=at.plan)
        except Refused:
            return done(request, url)
        return done(request, url, "C’est noté\u00a0: lu.")
    desk = drafts.open_desk(request, at.actor, f"plan-message:{at.case.pk}")
    form = MessageForm(request.POST or desk.initial())
    if carry_out(request, form, lambda d: commands_talk.send_message(actor=at.actor, plan=at.begun(), **d), desk=desk):
        return done(request, url, "Message envoyé.")
    rows = list(queries.messages(at.actor, at.plan)) if at.plan else []
    context = at.head(
        "plan_messages", rows=rows, form=form, desk=desk, me=at.actor.user_id,
        unread=any(m.side == Side.PERSON and m.read_at is None for m in rows),
        account=account_of(at.actor, at.case.person) if at.case.person else None,
        opinions=[(o, _words(o)) for o in Opinion.objects.visible_to(at.actor).of(at.plan)] if at.plan else [],
    )  # fmt: skip
    return page(request, "staff/plans/messages.html", context, status=status_of(request))


def _words(opinion: Opinion) -> list[tuple[str, str]]:
    said = json.loads(opinion.answers)
    rows = [(label, _SAID.get(said[name], said[name])) for name, label in _ASKED.items() if name in said]
    return [*rows, *([("Ses mots", said["words"])] if said.get("words") else [])]
