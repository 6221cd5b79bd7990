"""One question per page: how a journey goes on, back, to its check page, and away.

Read by the families of this door (`request`, `employer`), which say what is asked and in which words.
Everything is a form, its POST and a redirect: it works without JavaScript, with the back button and in two tabs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.intake.models import Solicitation
from amarre.intake.queries import centre_for
from amarre.organisations.models import Centre
from amarre.web.public import answers as kept
from amarre.web.public.answers import Values
from amarre.web.public.fields import postcode_in
from amarre.web.public.forms import PublicForm, SendForm
from amarre.web.public.limits import held_off
from amarre.web.public.passage import renew_passage
from amarre.web.public.words import Row, default_centre, urgent
from amarre.web.ui.drafts import Desk, open_desk
from amarre.web.ui.http import carry_out, done, page, status_of
from amarre.web.ui.scope import actor_of

QUICKEST = 4  # seconds from the first page to the last: nobody reads that fast
CHECKING = "verifier"


def _always(values: Values) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `asked`: whether it comes, given the answers; `done`: whether its answer is enough to send."""

    name: str
    form: type[PublicForm]
    number: int
    asked: Callable[[Values], bool] = _always
    done: Callable[[Values], bool] = _always
    text: str = ""  # the long text that is saved while it is typed


class Sent(NamedTuple):
    """What came of it: the reference and the centre that answers."""

    reference: str
    centre_id: int


@dataclass(frozen=True, slots=True)
class Journey:
    """Its pages in order, what the check page says, and what sending does."""

    key: str
    family: str
    steps: tuple[Step, ...]
    rows: Callable[[Actor, Values], list[Row]]
    send: Callable[[Actor, Values], Solicitation]

    @property
    def sent_key(self) -> str:
        """Where the reference is kept for the last page."""
        return f"{self.key}:sent"

    def url(self, name: str, *, checking: bool = False) -> str:
        """The address of one of its pages."""
        return reverse(f"public:{self.family}_{name}") + (f"?{CHECKING}=1" if checking else "")

    def step(self, name: str) -> Step:
        """One of its pages."""
        return next(step for step in self.steps if step.name == name)

    def path(self, values: Values) -> list[Step]:
        """The pages that come, given the answers."""
        return [step for step in self.steps if step.asked(values)]

    def questions(self, values: Values) -> int:
        """How many questions, given the answers; the pages of one question count once."""
        return max(step.number for step in self.path(values))

    def missing(self, values: Values) -> Step | None:
        """The first page without which nothing can be sent."""
        return next((step for step in self.path(values) if not step.done(values)), None)

    def after(self, step: Step, values: Values, *, checking: bool) -> str:
        """Where « Continuer » leads."""
        if checking:
            later = self.missing(values)
        else:
            later = next((s for s in self.path(values) if self.steps.index(s) > self.steps.index(step)), None)
        return self.url(later.name, checking=checking) if later else self.url("check")

    def before(self, step: Step, values: Values, *, checking: bool) -> str:
        """Where « Retour » leads."""
        if checking:
            return self.url("check")
        earlier = [s for s in self.path(values) if self.steps.index(s) < self.steps.index(step)]
        return self.url(earlier[-1].name if earlier else "start")


def start(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The page before the first question: who reads, what is kept, and whom to call now."""
    actor = actor_of(request)
    begun = bool(kept.read(actor, journey.key))
    if not kept.anything(actor):
        renew_passage(request)
    context = {
        "first_url": journey.url(journey.steps[0].name),
        "check_url": journey.url("check"),
        "erase_url": journey.url("erase"),
        "begun": begun,
        "urgent": urgent(actor),
        **default_centre(actor),
    }
    return page(request, f"public/{journey.family}/start.html", context)


def ask(request: HttpRequest, journey: Journey, name: str) -> HttpResponse:
    """One question: shown, answered, and on to the next."""
    actor, step = actor_of(request), journey.step(name)
    values, checking = kept.read(actor, journey.key), CHECKING in request.GET
    desk = open_desk(request, actor, f"{journey.key}:{step.name}") if step.text else None
    form = step.form(*_posted(request), actor=actor, initial=values | _resumed(actor, step, desk, values))
    _hold_off(request, form)

    def keep(_: dict[str, Any]) -> Values:
        first = {} if "started" in values else {"started": form.opened_at()}
        written = {f"{step.name}_at": time.time()} if step.text else {}
        return kept.merge(actor, journey.key, first | form.answers() | written)

    merged = carry_out(request, form, keep, desk=desk)
    if merged is not None:
        return done(request, journey.after(step, merged, checking=checking))
    context = {
        "form": form,
        "desk": desk,
        "step": step,
        "questions": journey.questions(values),
        "values": values,
        "back_url": journey.before(step, values, checking=checking),
        **default_centre(actor),
    }
    return page(request, f"public/{journey.family}/{name}.html", context, status=_status(request))


def check(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Everything that was answered, each with its link, and the button that sends."""
    actor = actor_of(request)
    values = kept.read(actor, journey.key)
    if not values:
        if kept.read(actor, journey.sent_key):
            return done(request, journey.url("sent"))
        return page(request, "public/gone.html", {"start_url": journey.url("start"), **default_centre(actor)})
    missing = journey.missing(values)
    if missing:
        return done(request, journey.url(missing.name, checking=True))
    form = SendForm(*_posted(request), actor=actor)
    _hold_off(request, form)
    if carry_out(request, form, lambda _: _send(actor, journey)) is not None:
        return done(request, journey.url("sent"))
    last = journey.path(values)[-1]
    context = {
        "form": form,
        "values": values,
        "rows": [(row, journey.url(row.step, checking=True)) for row in journey.rows(actor, values)],
        "back_url": journey.url(last.name),
        "erase_url": journey.url("erase"),
        **default_centre(actor),
    }
    return page(request, f"public/{journey.family}/check.html", context, status=_status(request))


def sent(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The last page: reference, what comes next, whom to call."""
    actor = actor_of(request)
    values = kept.read(actor, journey.sent_key)
    if not values:
        return done(request, journey.url("start"))
    centre = Centre.objects.visible_to(actor).filter(pk=values["centre"]).first()
    context = {"values": values, "centre": centre, "erase_url": journey.url("erase"), "urgent": urgent(actor)}
    return page(request, f"public/{journey.family}/sent.html", context)


def erase(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Forget everything that was typed here, once the person has said so."""
    actor = actor_of(request)
    if request.method != "POST":
        back_url = journey.url("check" if kept.read(actor, journey.key) else "start")
        return page(request, "public/erase.html", {"back_url": back_url})
    kept.erase(actor)
    renew_passage(request)
    return page(request, "public/erased.html", {"start_url": journey.url("start")})


def _send(actor: Actor, journey: Journey) -> bool:
    """Send what is kept, once: another tab that was quicker has sent it already, and that is fine."""
    values = kept.hold(actor, journey.key)
    if not values:
        return True
    if journey.missing(values):
        raise Refused("Une réponse a changé dans une autre page. Rechargez cette page, puis relisez.")
    if time.time() - float(values.get("started", 0)) < QUICKEST:
        raise Refused("C’est allé très vite. Relisez vos réponses, puis appuyez encore une fois sur le bouton.")
    solicitation = journey.send(actor, values)
    kept.forget(actor, journey.key)
    # The centre that is shown follows from the commune alone: were it found by the company's name, an unexpected
    # centre would say that the company is a member.
    postcode, commune = postcode_in(values.get("city", ""))
    shown = centre_for(city=commune, postcode=postcode)
    last = {"reference": solicitation.reference, "centre": shown, "about": solicitation.about}
    reachable = bool(solicitation.phone or solicitation.email)
    kept.merge(actor, journey.sent_key, last | {"reachable": reachable, "reasons": values.get("reasons", [])})
    return True


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _hold_off(request: HttpRequest, form: PublicForm) -> None:
    if held_off(request):
        form.full_clean()
        form.hold_off()


def _status(request: HttpRequest) -> int:
    return 429 if held_off(request) else status_of(request)


def _resumed(actor: Actor, step: Step, desk: Desk | None, values: Values) -> Values:
    """The words that were being typed and not sent yet, when they are newer than those that were."""
    if desk is None or desk.resumed_at is None:
        return {}
    late = desk.resumed_at.timestamp() < float(values.get(f"{step.name}_at", 0))
    words = "".join(desk.values.get(step.text, []))
    if late or not words or not kept.anything(actor):
        desk.resumed_at = None
        return {}
    return {step.text: words}
