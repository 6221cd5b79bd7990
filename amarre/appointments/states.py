"""The words of a meeting: who may book, where it stands, what became of it.

Read by the room `appointments`, the rooms above it and the doors. Modes are those of a note (`cases.states.Mode`).
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from amarre.cases.states import Mode

MODES = (Mode.OFFICE, Mode.WORKPLACE, Mode.HOME, Mode.PHONE, Mode.VIDEO)
"""How one may meet; « à plusieurs » is said by who sits at the table."""
MODE_CHOICES = [(m.value, m.label) for m in MODES]
THERE, REMOTE = Mode.WORKPLACE, Mode.VIDEO
OUTSIDE = (Mode.WORKPLACE, Mode.HOME)
"""Where one goes to somebody: it takes travel, and somebody knows where the worker is."""
LINK_LASTS = timedelta(days=60)
OFFER_LASTS = timedelta(hours=4)
"""How long a place that was freed is kept for one person of the waiting list."""


class Who(models.TextChoices):
    """Who may book a kind of meeting."""

    WORKER = "worker", "l’assistant(e) de service social"
    SECRETARY = "secretary", "le secrétariat"
    PERSON = "person", "la personne, par un lien"


class AppointmentState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "Prévu"
    CANCELLED = "cancelled", "Annulé"


class BookingState(models.TextChoices):
    """Where somebody's place stands."""

    INVITED = "invited", "Doit choisir"
    BOOKED = "booked", "Réservé"
    CANCELLED = "cancelled", "Annulé"


class By(models.TextChoices):
    """Which side did it."""

    PERSON = "person", "la personne"
    SERVICE = "service", "le service"


class Reply(models.TextChoices):
    """What the person answers to a reminder."""

    COMING = "coming", "Je viens"
    NOT_COMING = "not_coming", "Je ne peux pas"


class Outcome(models.TextChoices):
    """What became of it; said in the case, nowhere else, and never held against anybody."""

    HAPPENED = "happened", "Il a eu lieu"
    ABSENT = "absent", "La personne n’est pas venue"
    PREVENTED = "prevented", "La personne avait un empêchement"
    OURS = "ours", "Nous avons eu un empêchement"


class OfferState(models.TextChoices):
    """What became of a place that was offered."""

    OPEN = "open", "Proposée"
    TAKEN = "taken", "Prise"
    DECLINED = "declined", "Refusée"
    EXPIRED = "expired", "Sans réponse"
