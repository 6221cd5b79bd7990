"""Every write of a question between colleagues and of a fact sheet.

Read by the staff's door. A question tells whoever was asked that a message waits, and no more. Must not know HTTP.
"""

from __future__ import annotations

from django.utils import timezone

from amarre.accounts.models import Colleague
from amarre.core import notices
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.organisations.models import Centre
from amarre.sharing import policy_health as policy
from amarre.sharing.models import FactSheet, Question


@command("question.ask", allowed=policy.may_talk)
def ask_question(*, actor: Actor, text: str, to: Colleague | None = None, centre: Centre | None = None) -> Question:
    """Ask a colleague of the other profession, or the social service of a centre, about nobody in particular."""
    if not text.strip():
        raise Refused("Écrivez votre question.")
    if (to is None) == (centre is None):
        raise Refused("Choisissez à qui vous posez la question.")
    if to is not None and not _across(actor, to):
        raise Refused("Choisissez une personne du service social ou de l’équipe de santé, qui travaille ici.")
    if centre is not None and not (actor.has("health_team") and centre.active):
        raise Refused("Choisissez à qui vous posez la question.")
    question = Question(asked_by_id=actor.account_id, to=to, centre=centre, text=text.strip(), asked_at=timezone.now())
    question.save(force_insert=True)
    if to is not None:
        notices.announce(notices.Kind.ACCOUNT, to.pk, key=f"question:{question.pk}")
    return question


def _across(actor: Actor, to: Colleague) -> bool:
    """Somebody of the other profession, whose account is open."""
    reached = {r for mine, r in (("health_team", "social_worker"), ("social_worker", "health_team")) if actor.has(mine)}
    return to.is_active and to.pk != actor.user_id and not reached.isdisjoint(to.roles)


@command("question.answer", allowed=policy.may_answer_question)
def answer_question(*, actor: Actor, question: Question, answer: str) -> Question:
    """Answer, once."""
    if not answer.strip():
        raise Refused("La réponse est vide.")
    rows = Question.objects.visible_to(actor).waiting_for(actor).select_for_update(of=("self",))
    row = rows.filter(pk=question.pk).first()
    if row is None:
        raise Refused("Quelqu’un a déjà répondu. Rechargez la page pour lire la réponse.")
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), actor.account_id, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    notices.announce(notices.Kind.ACCOUNT, row.asked_by_id, key=f"question:{row.pk}")
    return row


@command("sheet.write", allowed=policy.may_write_sheets)
def write_sheet(*, actor: Actor, title: str, body: str, audience: str) -> FactSheet:
    """Write a sheet; nobody else reads it before it is published."""
    _check(title, body)
    sheet = FactSheet(
        title=title.strip(), body=body.strip(), audience=audience, author_id=actor.account_id,
        reviewed_on=timezone.localdate(),
    )  # fmt: skip
    sheet.save(force_insert=True)
    return sheet


@command("sheet.edit", allowed=policy.may_write_sheets)
def edit_sheet(*, actor: Actor, sheet: FactSheet, title: str, body: str, audience: str) -> FactSheet:
    """Correct a sheet: it was read again today."""
    _check(title, body)
    sheet.title, sheet.body, sheet.audience = title.strip(), body.strip(), audience
    sheet.reviewed_on = timezone.localdate()
    sheet.save(update_fields=["title", "body", "audience", "reviewed_on"])
    return sheet


@command("sheet.publish", allowed=policy.may_write_sheets)
def publish_sheet(*, actor: Actor, sheet: FactSheet) -> FactSheet:
    """Show it to its audience."""
    if sheet.published_on is not None:
        raise Refused("Cette fiche est déjà publiée.")
    sheet.published_on = timezone.localdate()
    sheet.save(update_fields=["published_on"])
    return sheet


@command("sheet.withdraw", allowed=policy.may_write_sheets)
def withdraw_sheet(*, actor: Actor, sheet: FactSheet) -> FactSheet:
    """Take it back: only those who write sheets still read it."""
    if sheet.published_on is None:
        raise Refused("Cette fiche n’est pas publiée.")
    sheet.published_on = None
    sheet.save(update_fields=["published_on"])
    return sheet


@command("sheet.review", allowed=policy.may_write_sheets)
def review_sheet(*, actor: Actor, sheet: FactSheet) -> FactSheet:
    """Say that it was read again today, and that it still holds."""
    if sheet.reviewed_on == timezone.localdate():
        raise Refused("Cette fiche a déjà été relue aujourd’hui.")
    sheet.reviewed_on = timezone.localdate()
    sheet.save(update_fields=["reviewed_on"])
    return sheet


def _check(title: str, body: str) -> None:
    if not title.strip() or not body.strip():
        raise Refused("Une fiche a un titre et un texte.")
