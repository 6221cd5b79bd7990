"""Questions between the health team and the social service that name nobody.

Read by the URL configuration beside. Whoever asked and whoever was asked, and nobody else.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.intake.policy import may_refer
from amarre.sharing import queries_health as queries
from amarre.sharing.commands_health import answer_question, ask_question
from amarre.sharing.models import Question
from amarre.sharing.policy_health import may_answer_question, may_talk
from amarre.sharing.reread_health import before_asking, mark
from amarre.web.staff.health.forms import AnswerForm, QuestionForm, RereadForm
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link


def question_list(request: HttpRequest) -> HttpResponse:
    """What waits for me, then the rest; no word of any question."""
    actor = _talker(request)
    waiting, others = queries.questions(actor)
    note_read(request, "question.list", count=len(waiting) + len(others))
    return page(request, "staff/health/questions.html", {"waiting": waiting, "others": others, "me": actor.user_id})


def question_new(request: HttpRequest) -> HttpResponse:
    """Ask."""
    actor = _talker(request)
    people, centres = queries.askable(actor)
    whom = {f"colleague-{c.pk}": c for c in people}
    services = {f"centre-{c.pk}": c for c in centres}
    groups: list[tuple[str, Any]] = [(k, f"Tout le service social, {c.name}") for k, c in services.items()]
    groups += [(k, c.name) for k, c in whom.items()]
    desk = drafts.open_desk(request, actor, "question")
    form = QuestionForm(groups, request.POST or desk.initial())

    def ask(data: dict[str, Any]) -> Question:
        to, centre = whom.get(data["whom"]), services.get(data["whom"])
        return ask_question(actor=actor, text=data["text"], to=to, centre=centre)

    remarks = before_asking(request.POST.get("text", ""))
    if _reread(request, form, remarks) and carry_out(request, form, ask, desk=desk) is not None:
        return done(request, reverse("staff:question_list"), "Votre question est partie.")
    crumbs = [Link("Questions", reverse("staff:question_list")), Link("Poser une question")]
    context = {"form": form, "desk": desk, "remarks": remarks, "crumbs": crumbs, "sends": may_refer(actor)}
    return page(request, "staff/health/question_new.html", context, status=status_of(request))


def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question and its answer; a POST answers."""
    actor = _talker(request)
    rows = Question.objects.visible_to(actor).select_related("asked_by", "to", "centre", "answered_by")
    row = visible_or_404(rows, pk=pk)
    note_read(request, "question.read", row)
    crumbs = [Link("Questions", reverse("staff:question_list")), Link(row.asked_by.name)]
    context: dict[str, Any] = {"row": row, "crumbs": crumbs, "me": actor.user_id}
    if may_answer_question(actor, row) and (row.answered_at is None or request.method == "POST"):
        desk = drafts.open_desk(request, actor, f"question:{row.pk}")
        form = AnswerForm(request.POST or desk.initial())
        remarks = before_asking(request.POST.get("answer", ""))

        def answer(data: dict[str, Any]) -> Question:
            return answer_question(actor=actor, question=row, answer=data["answer"])

        if _reread(request, form, remarks) and carry_out(request, form, answer, desk=desk) is not None:
            return done(request, reverse("staff:question", args=[row.pk]), "Votre réponse est partie.")
        context |= {"form": form, "desk": desk, "remarks": remarks}
    return page(request, "staff/health/question.html", context, status=status_of(request) if "form" in context else 200)


def _reread(request: HttpRequest, form: RereadForm, remarks: list[Any]) -> bool:
    """Whether there is nothing to look at again, or it was looked at."""
    if remarks and mark(remarks) != request.POST.get("reread", ""):
        form.show_again(mark(remarks))
        return False
    return True


def _talker(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_talk(actor):
        raise PermissionDenied
    return actor
