"""The words of a rights application (démarche): its states, its dated rules, its documents.

Read by `procedures`, which is what the rest of the room imports. Must not know tables, files and doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models


class ProcedureState(models.TextChoices):
    """Where an application stands."""

    PREPARING = "preparing", "à préparer"
    FILED = "filed", "déposée"
    RECEIPT = "receipt", "reçue"
    COMPLEMENT = "complement", "complément demandé"
    DECIDED_GRANTED = "decided_granted", "accordée"
    DECIDED_REFUSED = "decided_refused", "refusée"
    DECIDED_PARTLY = "decided_partly", "accordée en partie"
    APPEALED = "appealed", "recours"
    ENDED = "ended", "terminée"
    DROPPED = "dropped", "abandonnée"


class Status(models.TextChoices):
    """Whether somebody read the text that a fact comes from."""

    VERIFIED = "verified", "vérifié"
    TO_CHECK = "to_check", "à vérifier"


class Origin(models.TextChoices):
    """The day that a delay is counted from."""

    FILED = "filed", "le dépôt de la demande"
    RECEIPT = "receipt", "la réception de la demande"
    COMPLEMENT_ASKED = "complement_asked", "la demande de complément"
    DECIDED = "decided", "la décision"
    NOTIFIED = "notified", "la notification de la décision"
    APPEALED = "appealed", "le recours"
    VALID_UNTIL = "valid_until", "la fin du droit"
    STARTS = "starts", "le début"
    EVENT = "event", "l’événement qui ouvre le délai"


class Unit(models.TextChoices):
    """What a delay is counted in."""

    DAYS = "days", "jours"
    MONTHS = "months", "mois"
    WORKING_DAYS = "working_days", "jours"


class Direction(models.TextChoices):
    """On which side of its origin a delay lies."""

    AFTER = "after", "après"
    BEFORE = "before", "avant"


class Means(models.TextChoices):
    """What the computed day means, in the words shown beside it."""

    SILENCE_REJECTS = "silence_rejects", "réponse attendue"
    SILENCE_ACCEPTS = "silence_accepts", "réponse attendue"
    ANSWER_EXPECTED = "answer_expected", "réponse attendue"
    APPEAL_BEFORE = "appeal_before", "recours possible jusqu’au"
    COMPLEMENT_BEFORE = "complement_before", "envoyer le complément"
    RENEW_FROM = "renew_from", "demander le renouvellement"
    RENEW_BEFORE = "renew_before", "demander le renouvellement avant le"
    FILE_BEFORE = "file_before", "faire la demande avant le"
    ENDS_BY = "ends_by", "fin au plus tard"
    RIGHT_FROM = "right_from", "droit ouvert"


class Counting(models.TextChoices):
    """The convention of counting (domain reference § 2.0)."""

    DAY = "C-DAY", "En jours calendaires\u202f; le jour de départ ne compte pas."
    EXT = "C-EXT", "En jours calendaires\u202f; un délai qui finit un jour non ouvré va au jour ouvré suivant."
    OUVRABLE = "C-OUVRABLE", "En jours ouvrables\u202f: du lundi au samedi, sans les jours fériés."
    OUVRE = "C-OUVRE", "En jours ouvrés\u202f: du lundi au vendredi, sans les jours fériés."


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to gather; practice, unless its source is a text that was read."""

    code: str
    label: str
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Delay:
    """A dated rule: so many days or months from a known day, what that day means, and who says so.

    `states` are those of the application in which the rule still makes sense. `checked_on` is the day of the text's
    version that was read, and None when nobody read it. `counting_status` doubts the way of counting alone.
    """

    id: str
    origin: Origin
    amount: int
    unit: Unit
    direction: Direction
    means: Means
    article: str
    source: str
    status: Status
    counting: Counting
    counting_status: Status
    states: tuple[ProcedureState, ...]
    label: str
    origin_label: str
    note: str
    first_day_counts: bool
    valid_from: date | None
    valid_to: date | None
    checked_on: date | None

    def in_force(self, on: date) -> bool:
        """Whether the rule applies to a delay that starts on this day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Procedure:
    """An application one can make: who decides, with which papers, within which delays.

    `checked_on` is the day on which the entry was last compared with its `source`. What is not verified carries its
    own status: the decider, the list of documents, how long the right lasts, the ways of appeal.
    """

    code: str
    label: str
    short: str
    what: str
    decider: str
    decider_source: str
    decider_status: Status
    documents: tuple[Document, ...]
    delays: tuple[Delay, ...]
    duration_hint: str
    duration_source: str
    duration_status: Status
    appeal: str
    appeal_source: str
    appeal_status: Status
    theme: str
    source: str
    status: Status
    checked_on: date
    valid_from: date | None
    valid_to: date | None

    def in_force(self, on: date) -> bool:
        """Whether the procedure is offered on this day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that are known about one application.

    `notified_on` is when the decision was received (else `decided_on` is taken); `starts_on`, the first day of a leave,
    a training or a trial; `event_on`, what the delay of some rules runs from (the opinion, the consolidation…).
    """

    filed_on: date | None = None
    receipt_on: date | None = None
    complement_asked_on: date | None = None
    complement_sent_on: date | None = None
    decided_on: date | None = None
    valid_until: date | None = None
    appealed_on: date | None = None
    notified_on: date | None = None
    starts_on: date | None = None
    event_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A day to keep in mind: what to do or expect, why, by which rule, and whether one can rely on it."""

    on: date
    what: str
    why: str
    rule_id: str
    firm: bool
