"""Every write about rights applications, the budget and documents.

Read by the doors. Must not know HTTP; a file comes as bytes and leaves sealed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from amarre.core import antivirus, uploads
from amarre.core.actor import Actor, Door
from amarre.core.commands import Refused, command
from amarre.plans import policy, procedures
from amarre.plans.commands import require_going_on
from amarre.plans.models import Application, Budget, Document, DocumentFile, OwnProcedure, Plan, Scan, Version
from amarre.plans.policy import side_of
from amarre.plans.procedures import ProcedureState
from amarre.plans.queries_papers import procedure_of
from amarre.plans.states import Owner

DATES = (
    "filed_on", "receipt_on", "complement_asked_on", "complement_due_on", "complement_sent_on", "answer_expected_on",
    "decided_on", "notified_on", "starts_on", "event_on", "valid_from", "valid_until", "appeal_until", "appealed_on",
)  # fmt: skip
_PAST = (
    "filed_on",
    "receipt_on",
    "complement_asked_on",
    "complement_sent_on",
    "decided_on",
    "notified_on",
    "appealed_on",
)
MOST_LINES = 60
MOST_DOCUMENTS = 200


class ApplicationChanged(Refused):
    """Somebody else changed the application since the page was opened."""

    def __init__(self, application: Application) -> None:
        super().__init__(
            "Cette démarche a été modifiée pendant que vous l’aviez ouverte. Vos réponses sont toujours là\u00a0: "
            "comparez-les avec ce qui est enregistré, puis enregistrez de nouveau."
        )
        self.application = application


@command("procedure.open", allowed=policy.may_build)
def open_application(
    *, actor: Actor, plan: Plan, procedure: str, title: str = "", owner: str = Owner.BOTH,
    renews: Application | None = None,
) -> Application:  # fmt: skip
    """Begin a rights application from the catalogue; `renews` is the one whose right comes to its end."""
    require_going_on(actor, plan)
    if procedure_of(actor, procedure) is None:
        raise Refused("Cette démarche n’est pas au catalogue.")
    if renews is not None and renews.plan_id != plan.pk:
        raise Refused("La démarche à renouveler n’est pas de ce projet.")
    application = Application(
        plan=plan, procedure=procedure, title=title.strip() or None, owner=owner, renews=renews, at=timezone.now()
    )
    application.save()
    return application


def _check_dates(dates: Mapping[str, date | None], state: str) -> None:
    today = timezone.localdate()
    if any((day := dates.get(name)) is not None and day > today for name in _PAST):
        raise Refused("Une des dates passées est dans l’avenir. Corrigez-la.")
    filed, decided = dates.get("filed_on"), dates.get("decided_on")
    if filed and decided and decided < filed:
        raise Refused("La décision est datée d’avant le dépôt. Corrigez l’une des deux dates.")
    start, end = dates.get("valid_from"), dates.get("valid_until")
    if start and end and end < start:
        raise Refused("La fin du droit est avant son début. Corrigez l’une des deux dates.")
    if state not in (ProcedureState.PREPARING, ProcedureState.DROPPED) and not filed:
        raise Refused("Indiquez le jour du dépôt.")
    decisions = (ProcedureState.DECIDED_GRANTED, ProcedureState.DECIDED_REFUSED, ProcedureState.DECIDED_PARTLY)
    if state in decisions and not decided:
        raise Refused("Indiquez le jour de la décision.")


def _held(actor: Actor, plan: Plan, application: Application) -> Application:
    rows = Application.objects.visible_to(actor).select_for_update(of=("self",)).of(plan)
    current = rows.filter(pk=application.pk).first()
    if current is None:
        raise Refused("Cette démarche n’est pas de ce projet.")
    return current


@command("procedure.move", allowed=policy.may_build)
def move_application(
    *, actor: Actor, plan: Plan, application: Application, version: int, state: str,
    dates: Mapping[str, date | None], owner: str = Owner.BOTH, title: str = "", words: str = "",
    money: Mapping[str, str] | None = None,
) -> Application:  # fmt: skip
    """Write where the application stands; dates that are known prevail over computed ones."""
    current = _held(actor, plan, application)
    if current.version != version:
        raise ApplicationChanged(current)
    _check_dates(dates, state)
    current.state, current.owner = state, owner
    for name in DATES:
        setattr(current, name, dates.get(name))
    current.title, current.words = title.strip() or None, words.strip() or None
    kept = {name: value for name, value in (money or {}).items() if value}
    current.money = json.dumps(kept, ensure_ascii=False) if kept else None
    current.version += 1
    current.save()
    return current


@command("procedure.gather", allowed=policy.may_build)
def gather(*, actor: Actor, plan: Plan, application: Application, gathered: Sequence[str]) -> Application:
    """Tick the papers that are there; a paper of the list, or none."""
    current = (
        Application.objects.visible_to(actor).of(plan).select_for_update(of=("self",)).filter(pk=application.pk).first()
    )
    if current is None:
        raise Refused("Cette démarche n’est pas de ce projet.")
    known = procedure_of(actor, current.procedure)
    codes = {document.code for document in known.documents} if known else set()
    current.gathered = [code for code in gathered if code in codes]
    current.save(update_fields=["gathered"])
    return current


@command("procedure.rewrite", allowed=policy.may_keep_grids)
def rewrite_procedure(*, actor: Actor, code: str, definition: Mapping[str, Any]) -> OwnProcedure:
    """The service corrects an entry of the catalogue, with its source and the day on which it was checked."""
    try:
        parsed = procedures.parse({**definition, "code": code})
    except procedures.Malformed as error:
        raise Refused(str(error)) from error
    row = OwnProcedure(code=code, definition=procedures.unparse(parsed), at=timezone.now(), by_id=actor.account_id)
    row.save()
    return row


@command("budget.write", allowed=policy.may_build)
def write_budget(
    *, actor: Actor, plan: Plan, on: date, adults: int, children: int, lines: Sequence[tuple[str, str, Decimal]],
    label: str = "", budget: Budget | None = None, version: int | None = None,
) -> Budget:  # fmt: skip
    """The household's money on a day; `lines` are (resource|charge|debt, label, euros a month)."""
    require_going_on(actor, plan)
    if not lines:
        raise Refused("Écrivez au moins une ressource, une charge ou une dette.")
    if len(lines) > MOST_LINES:
        raise Refused(f"Pas plus de {MOST_LINES} lignes\u00a0: regroupez-en quelques-unes.")
    if any(amount < 0 for _, _, amount in lines):
        raise Refused("Un montant s’écrit sans signe moins\u00a0: une charge ou une dette est déjà retirée.")
    row = budget or Budget(plan=plan, author_id=actor.account_id)
    if budget is not None:
        row = Budget.objects.visible_to(actor).of(plan).select_for_update(of=("self",)).get(pk=budget.pk)
        if version is not None and version != row.version:
            raise Refused(
                "Ce budget a été modifié ailleurs pendant que vous l’écriviez. Rechargez-le dans un autre onglet."
            )
        row.version += 1
    row.on, row.label, row.adults, row.children = on, label.strip(), adults, children
    row.lines = json.dumps([[kind, words, str(amount)] for kind, words, amount in lines], ensure_ascii=False)
    row.save()
    return row


@command("budget.remove", allowed=policy.may_build)
def remove_budget(*, actor: Actor, plan: Plan, budget: Budget) -> None:
    """A budget that was written by mistake goes away."""
    if budget.plan_id != plan.pk:
        raise Refused("Ce budget n’est pas de ce projet.")
    budget.delete()


_SCANS = {
    antivirus.Verdict.CLEAN: Scan.CLEAN, antivirus.Verdict.OFF: Scan.OFF,
    antivirus.Verdict.UNAVAILABLE: Scan.PENDING, antivirus.Verdict.INFECTED: Scan.INFECTED,
}  # fmt: skip


@command("document.add", allowed=policy.may_take_part)
def add_document(
    *, actor: Actor, plan: Plan, name: str, content: bytes, title: str = "", application: Application | None = None
) -> Document:
    """Keep a file: checked by its content, images without their metadata, sealed; nobody opens it before its scan."""
    require_going_on(actor, plan)
    if application is not None and application.plan_id != plan.pk:
        raise Refused("Cette démarche n’est pas de ce projet.")
    if Document.objects.visible_to(actor).of(plan).filter(removed_on=None).count() >= MOST_DOCUMENTS:
        raise Refused("Il y a déjà beaucoup de documents ici. Retirez-en avant d’en ajouter.")
    clean = uploads.clean(name, content)
    scan = _SCANS[antivirus.scan(clean.content)]
    if scan == Scan.INFECTED:
        raise Refused("L’antivirus refuse ce fichier. Il n’est pas gardé. Prenez plutôt une photo du papier.")
    document = Document(
        plan=plan, title=title.strip() or clean.name, kind=clean.kind, size=len(clean.content), side=side_of(actor),
        author_id=actor.account_id if actor.door == Door.STAFF else None, application=application, at=timezone.now(),
        scan=scan,
    )  # fmt: skip
    document.save()
    DocumentFile(document=document, body=clean.content).save()
    return document


def _kept(actor: Actor, document: Document) -> Document:
    rows = Document.objects.visible_to(actor).select_for_update(of=("self",)).select_related("plan")
    return rows.get(pk=document.pk)


@command("document.scan", allowed=policy.may_read_document)
def scan_again(*, actor: Actor, document: Document) -> Document:
    """Ask the antivirus again about a file that waits; one that it refuses is destroyed."""
    current = _kept(actor, document)
    if current.scan != Scan.PENDING:
        raise Refused("Ce document est déjà analysé.")
    kept = DocumentFile.objects.visible_to(actor).filter(document=current).first()
    if kept is None:
        raise Refused("Ce document n’est plus là.")
    scan = _SCANS[antivirus.scan(kept.body)]
    if scan == Scan.PENDING:
        raise Refused("L’antivirus ne répond pas encore. Le document est gardé\u00a0; réessayez dans quelques minutes.")
    if scan == Scan.INFECTED:
        kept.delete()
        current.removed_on = timezone.localdate()
    current.scan = scan
    current.save(update_fields=["scan", "removed_on"])
    return current


@command("document.remove", allowed=policy.may_remove_document)
def remove_document(*, actor: Actor, document: Document) -> Document:
    """Take back what one sent: the file is destroyed, the line stays and says when."""
    current = _kept(actor, document)
    if current.removed_on is not None:
        raise Refused("Ce document est déjà retiré.")
    if Version.objects.visible_to(actor).of(current.plan).filter(proof=current).exists():
        raise Refused("Ce document prouve un accord\u00a0: il reste avec le projet.")
    for kept in DocumentFile.objects.visible_to(actor).filter(document=current):
        kept.delete()
    current.removed_on = timezone.localdate()
    current.save(update_fields=["removed_on"])
    return current
