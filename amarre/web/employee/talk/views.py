"""Messages with my worker, my opinion at the end, news six and twelve months later.

Read by the URL configuration beside.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amarre.core.commands import Refused
from amarre.organisations.queries import choices
from amarre.plans import commands_talk, queries
from amarre.plans.models import Goal, Opinion
from amarre.plans.states import GoalState, Side
from amarre.web.employee.mine import my_plan, worker_of
from amarre.web.ui import drafts
from amarre.web.ui.fields import choice_field
from amarre.web.ui.http import carry_out, done, page, status_of

SCALE = [
    ("yes", gettext_lazy("Oui")),
    ("partly", gettext_lazy("En partie")),
    ("no", gettext_lazy("Non")),
]
BECAME = [
    ("reached", gettext_lazy("C’est fait")),
    ("partly", gettext_lazy("En partie")),
    ("not", gettext_lazy("Pas encore, ou plus d’actualité")),
]


class MessageForm(forms.Form):
    """A message."""

    use_required_attribute = False
    body = forms.CharField(label=gettext_lazy("Votre message"), max_length=8_000, widget=forms.Textarea({"rows": 5}))


class OpinionForm(forms.Form):
    """Four questions, all optional."""

    use_required_attribute = False
    listened = forms.ChoiceField(
        label=gettext_lazy("Vous êtes-vous senti(e) écouté(e) ?"), choices=SCALE, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    decided = forms.ChoiceField(
        label=gettext_lazy("Avez-vous décidé de ce qui vous concerne ?"), choices=SCALE, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    helped = forms.ChoiceField(
        label=gettext_lazy("Votre situation est-elle meilleure ?"), choices=SCALE, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Ce que vous voulez nous dire"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class LookBackForm(forms.Form):
    """Work, what became of each goal, and a few words."""

    use_required_attribute = False
    employment = forms.ChoiceField(label=gettext_lazy("Où en êtes-vous avec le travail ?"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Voulez-vous ajouter quelque chose ?"), max_length=4_000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, employment: list[tuple[str, str]], goals: list[Goal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        choice_field(self, "employment").choices = [("", _("Je préfère ne pas le dire")), *employment]
        for goal in goals:
            self.fields[f"goal_{goal.pk}"] = forms.ChoiceField(
                label=goal.title, choices=BECAME, required=False, widget=forms.RadioSelect
            )
        self.order_fields(["employment", *(f"goal_{g.pk}" for g in goals), "words"])

    def became(self) -> dict[str, str]:
        """What became of each goal, by its key."""
        return {str(g.pk): self.cleaned_data[f"goal_{g.pk}"] for g in self.goals if self.cleaned_data[f"goal_{g.pk}"]}


def messages(request: HttpRequest) -> HttpResponse:
    """What we wrote to each other; sending also says that I read."""
    actor, mine = my_plan(request, "message.read")
    desk = drafts.open_desk(request, actor, f"my-message:{mine.pk}")
    form = MessageForm(request.POST or desk.initial())
    if request.method == "POST" and "read" in request.POST:
        try:
            commands_talk.mark_read(actor=actor, plan=mine)
        except Refused:
            return done(request, reverse("employee:messages"))
        return done(request, reverse("employee:messages"), _("C’est noté."))
    if carry_out(request, form, lambda d: commands_talk.send_message(actor=actor, plan=mine, **d), desk=desk):
        return done(request, reverse("employee:messages"), _("Votre message est parti."))
    names = queries.names_of(mine)
    rows = list(queries.messages(actor, mine))
    context = {
        "rows": [(m, names.get(m.author_id or 0, "")) for m in rows],
        "unread": any(m.side == Side.WORKER and m.read_at is None for m in rows),
        "form": form,
        "desk": desk,
        "worker": worker_of(request, mine),
    }
    return page(request, "employee/talk/messages.html", context, status=status_of(request))


def opinion(request: HttpRequest) -> HttpResponse:
    """What I think of the help I had."""
    actor, mine = my_plan(request)
    desk = drafts.open_desk(request, actor, f"my-opinion:{mine.pk}")
    form = OpinionForm(request.POST or desk.initial())
    if carry_out(request, form, lambda d: commands_talk.give_opinion(actor=actor, plan=mine, answers=d), desk=desk):
        return done(request, reverse("employee:home"), _("Merci. Votre avis est enregistré."))
    given = Opinion.objects.visible_to(actor).of(mine).exists()
    return page(
        request, "employee/talk/opinion.html", {"form": form, "desk": desk, "given": given}, status=status_of(request)
    )


def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A short form, six or twelve months later."""
    actor, mine = my_plan(request)
    back = next((b for b in queries.my_look_backs() if b.id == pk and b.plan_id == mine.pk), None)
    if back is None:
        raise Http404
    kept = [GoalState.UNDER_WAY, GoalState.REACHED, GoalState.PARTLY]
    goals = list(Goal.objects.visible_to(actor).of(mine).filter(state__in=kept))
    desk = drafts.open_desk(request, actor, f"my-news:{back.id}")
    form = LookBackForm(choices(actor, "employment")["employment"], goals, request.POST or desk.initial())

    def act(data: dict[str, Any]) -> Any:
        return commands_talk.answer_look_back(
            actor=actor, plan=mine, look_back_id=back.id, employment=data["employment"], goals=form.became(),
            words=data["words"],
        )  # fmt: skip

    if carry_out(request, form, act, desk=desk):
        return done(request, reverse("employee:home"), _("Merci de vos nouvelles."))
    context = {"form": form, "desk": desk, "back": back, "worker": worker_of(request, mine)}
    return page(request, "employee/talk/look_back.html", context, status=status_of(request))
