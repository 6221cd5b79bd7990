"""A definition of a procedure, understood: every field checked, the first bad one named and how to mend it.

Read by `procedures`. The same reader takes the files that are shipped and the rows that the service edits in a form.
Must not know where a definition comes from.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

from django.db.models import TextChoices

from amarre.plans.procedures_fields import Malformed, Row
from amarre.plans.procedures_types import (
    Counting,
    Delay,
    Direction,
    Document,
    Means,
    Origin,
    Procedure,
    ProcedureState,
    Status,
    Unit,
)

__all__ = ["DEFAULT_STATES", "Malformed", "parse", "unparse"]

S = ProcedureState
DEFAULT_STATES: dict[Means, tuple[ProcedureState, ...]] = {
    Means.SILENCE_REJECTS: (S.FILED, S.RECEIPT, S.COMPLEMENT),
    Means.SILENCE_ACCEPTS: (S.FILED, S.RECEIPT, S.COMPLEMENT),
    Means.ANSWER_EXPECTED: (S.FILED, S.RECEIPT, S.COMPLEMENT),
    Means.APPEAL_BEFORE: (S.DECIDED_REFUSED, S.DECIDED_PARTLY),
    Means.COMPLEMENT_BEFORE: (S.COMPLEMENT,),
    Means.RENEW_FROM: (S.DECIDED_GRANTED, S.DECIDED_PARTLY),
    Means.RENEW_BEFORE: (S.DECIDED_GRANTED, S.DECIDED_PARTLY),
    Means.FILE_BEFORE: (S.PREPARING,),
    Means.ENDS_BY: (S.DECIDED_GRANTED, S.DECIDED_PARTLY),
    Means.RIGHT_FROM: (S.DECIDED_GRANTED, S.DECIDED_PARTLY),
}
WORKING = (Counting.OUVRABLE, Counting.OUVRE)
MOST = {Unit.DAYS: 3660, Unit.MONTHS: 360, Unit.WORKING_DAYS: 1000}
MOST_DELAYS, MOST_DOCUMENTS = 20, 40
LONGEST_SHORT, LONGEST_LABEL = 30, 120
_CODE, _RULE = re.compile(r"[a-z][a-z0-9_]{0,39}"), re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_THEME = re.compile(r"[A-Z][A-Z_]{0,29}")
_OF_THE_LIST = {"documents_source", "documents_status"}


def parse(definition: object) -> Procedure:
    """The procedure that a mapping defines. Raises `Malformed`, and nothing else."""
    row = Row("Démarche", definition, _known(Procedure) | _OF_THE_LIST)
    code = row.code("code", _CODE, "en minuscules, par exemple «\u202frqth\u202f»")
    row.where = f"Démarche «\u202f{code}\u202f»"
    documents, delays = _documents(row), _delays(row)
    checked_on = row.day("checked_on")
    if checked_on is None:
        raise row.bad("checked_on", "manque", "Donnez le jour où la fiche a été relue, par exemple 2026-11-21.")
    valid_from, valid_to = row.period()
    return Procedure(
        code=code,
        label=row.text("label", longest=LONGEST_LABEL),
        short=row.text("short", longest=LONGEST_SHORT),
        what=row.text("what"),
        decider=row.text("decider"),
        decider_source=row.text("decider_source"),
        decider_status=row.choice("decider_status", Status, Status.TO_CHECK),
        documents=documents,
        delays=delays,
        duration_hint=row.text("duration_hint", default=""),
        duration_source=row.text("duration_source", default=""),
        duration_status=row.choice("duration_status", Status, Status.TO_CHECK),
        appeal=row.text("appeal", default=""),
        appeal_source=row.text("appeal_source", default=""),
        appeal_status=row.choice("appeal_status", Status, Status.TO_CHECK),
        theme=row.code("theme", _THEME, "celui d’un problème, par exemple «\u202fHEALTH_WORK\u202f»"),
        source=row.text("source"),
        status=row.choice("status", Status, Status.TO_CHECK),
        checked_on=checked_on,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _known(kind: type[Procedure | Document | Delay]) -> set[str]:
    return {_written(field.name) for field in fields(kind)}


def _written(name: str) -> str:
    """`from` is a word of Python: the field has another name there."""
    return "from" if name == "origin" else name


def unparse(procedure: Procedure) -> dict[str, object]:
    """The definition of a procedure, in values that JSON keeps; `parse` gives the same procedure back."""
    return {
        **_plain(procedure),
        "documents": [_plain(document) for document in procedure.documents],
        "delays": [_plain(delay) for delay in procedure.delays],
    }


def _plain(thing: Procedure | Document | Delay) -> dict[str, object]:
    row: dict[str, object] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, TextChoices):
            value = value.value
        elif isinstance(value, date):
            value = value.isoformat()
        elif field.name == "states":
            value = [state.value for state in value]
        row[_written(field.name)] = value
    return row


def _documents(row: Row) -> tuple[Document, ...]:
    """The papers to gather; one without a source of its own takes the one of the list."""
    source = row.text("documents_source", default="[K] usage")
    status = row.choice("documents_status", Status, Status.TO_CHECK)
    made = []
    for place, item in enumerate(row.items("documents", MOST_DOCUMENTS), start=1):
        paper = Row(f"{row.where}, document n°\u00a0{place}", item, _known(Document))
        made.append(
            Document(
                code=paper.code("code", _CODE, "en minuscules, par exemple «\u202fpayslips\u202f»"),
                label=paper.text("label", longest=LONGEST_LABEL * 2),
                source=paper.text("source", default=source),
                status=paper.choice("status", Status, status),
            )
        )
    row.once("documents", [document.code for document in made])
    return tuple(made)


def _delays(row: Row) -> tuple[Delay, ...]:
    made = [_delay(row.where, place, item) for place, item in enumerate(row.items("delays", MOST_DELAYS), start=1)]
    row.once("delays", [delay.id for delay in made])
    return tuple(made)


def _delay(where: str, place: int, item: object) -> Delay:
    row = Row(f"{where}, délai n°\u00a0{place}", item, _known(Delay))
    rule = row.code("id", _RULE, "en majuscules, par exemple «\u202fMDPH_4M\u202f»")
    row.where = f"{where}, délai «\u202f{rule}\u202f»"
    unit, means = row.choice("unit", Unit), row.choice("means", Means)
    direction, counting = row.choice("direction", Direction, Direction.AFTER), row.choice("counting", Counting)
    status, checked_on = row.choice("status", Status), row.day("checked_on")
    # Jours ouvrables and ouvrés are themselves to check: no text was read for them (domain reference § 2.0).
    doubted = Status.TO_CHECK if counting in WORKING else Status.VERIFIED
    valid_from, valid_to = row.period()
    delay = Delay(
        id=rule,
        origin=row.choice("from", Origin),
        amount=row.amount("amount", MOST[unit]),
        unit=unit,
        direction=direction,
        means=means,
        article=row.text("article", default="", longest=LONGEST_LABEL * 2),
        source=row.text("source"),
        status=status,
        counting=counting,
        counting_status=row.choice("counting_status", Status, doubted),
        states=row.states("states", DEFAULT_STATES[means]),
        label=row.text("label", default="", longest=LONGEST_LABEL),
        origin_label=row.text("origin_label", default="", longest=LONGEST_LABEL),
        note=row.text("note", default=""),
        first_day_counts=row.flag("first_day_counts"),
        valid_from=valid_from,
        valid_to=valid_to,
        checked_on=checked_on,
    )
    _agree(row, delay)
    return delay


def _agree(row: Row, delay: Delay) -> None:
    """Fields that are good each and wrong together."""
    if delay.status == Status.VERIFIED and delay.checked_on is None:
        raise row.bad(
            "checked_on", "manque", "Un délai vérifié dit quel jour\u202f; sinon, marquez-le «\u202fto_check\u202f»."
        )
    if delay.status == Status.VERIFIED and not delay.article:
        raise row.bad(
            "article", "manque", "Un délai vérifié dit quel article\u202f; sinon, marquez-le «\u202fto_check\u202f»."
        )
    if (delay.unit == Unit.WORKING_DAYS) != (delay.counting in WORKING):
        raise row.bad(
            "counting", "ne va pas avec l’unité", "C-OUVRABLE et C-OUVRE vont avec working_days, et elle seule."
        )
    if delay.direction == Direction.BEFORE and (delay.counting == Counting.EXT or delay.first_day_counts):
        raise row.bad(
            "direction", "ne va pas avec le reste", "Le report et le premier jour compté vont avec «\u202fafter\u202f»."
        )
