"""The questions behind a code: three at the end; of a training, also what one knows, before and after.

Read by the URL configuration beside. Must not know who answers: what says that this browser has answered already is a
cookie that names nobody and goes back to these pages alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.commands_evaluation import answer_evaluation
from amarre.collective.queries_public import Questions, questions_page
from amarre.collective.states import Moment
from amarre.web.public.groups.base import opens_nothing, shown
from amarre.web.public.groups.forms import QuestionsForm
from amarre.web.public.limits import held_off
from amarre.web.ui.http import actor_of, carry_out, done

AGAIN = "encore"
_COOKIE = "amarre_avis_{}"
_KEPT = timedelta(days=14)
Asked = dict[str, Sequence[str]]


def questions(request: HttpRequest, code: str) -> HttpResponse:
    """The three questions; of a training, the two moments to choose from."""
    found = questions_page(code)
    if found is None:
        return opens_nothing(request, "public/groups/questions_closed.html")
    if found.knowledge:
        return shown(request, "public/groups/moments.html", {"found": found, "code": code}, centre_id=found.centre_id)
    return _ask(request, code, found, Moment.END, {Moment.END: found.questions})


def before(request: HttpRequest, code: str) -> HttpResponse:
    """Before a training: what one knows."""
    found = questions_page(code)
    if found is None or not found.knowledge:
        return opens_nothing(request, "public/groups/questions_closed.html")
    return _ask(request, code, found, Moment.BEFORE, {Moment.BEFORE: found.knowledge})


def after(request: HttpRequest, code: str) -> HttpResponse:
    """After it: the same, and the three questions."""
    found = questions_page(code)
    if found is None or not found.knowledge:
        return opens_nothing(request, "public/groups/questions_closed.html")
    return _ask(request, code, found, Moment.AFTER, {Moment.AFTER: found.knowledge, Moment.END: found.questions})


def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank you; there also when the questions have closed meanwhile."""
    found = questions_page(code)
    context = {"again_url": reverse("public:groups_questions", args=[code])}
    return shown(request, "public/groups/thanks.html", context, centre_id=found.centre_id if found else None)


def _ask(request: HttpRequest, code: str, found: Questions, moment: Moment, asked: Asked) -> HttpResponse:
    cookie, root = _COOKIE.format(moment.value), reverse("public:groups_questions", args=[code])
    thanked = reverse("public:groups_thanks", args=[code])
    already = cookie in request.COOKIES and AGAIN not in request.GET
    if already and request.method == "POST":  # pressed twice, or sent again by the browser
        return done(request, thanked)
    actor, sentences = actor_of(request), [s for group in asked.values() for s in group]
    form = QuestionsForm(request.POST if request.method == "POST" else None, actor=actor, sentences=sentences)
    if held_off(request):
        form.full_clean()
        form.hold_off()

    def send(_: object) -> bool:
        levels = form.levels()
        for when, group in asked.items():
            answer_evaluation(actor=actor, code=code, levels=levels[: len(group)], moment=when)
            levels = levels[len(group) :]
        return True

    if carry_out(request, form, send):
        response = done(request, thanked)
        response.set_cookie(
            cookie, "1", max_age=_KEPT, path=root, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return response
    context = {"found": found, "form": form, "moment": moment.value, "already": already, "again": f"?{AGAIN}=1"}
    return shown(request, "public/groups/questions.html", context, centre_id=found.centre_id)
