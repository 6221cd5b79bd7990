"""The words of the PDP unit's meetings, and of interviews held with somebody else.

Read by the room `sharing` and the doors.
"""

from __future__ import annotations

from django.db import models

from amarre.sharing.states import PartyKind


class MeetingState(models.TextChoices):
    """Whether a meeting takes place."""

    PLANNED = "planned", "Prévue"
    HELD = "held", "Tenue"
    CANCELLED = "cancelled", "Annulée"


class Presence(models.TextChoices):
    """Whether somebody came."""

    PRESENT = "present", "Présent(e)"
    EXCUSED = "excused", "Excusé(e)"


class TogetherKind(models.TextChoices):
    """Why several people sit down with the person."""

    JOINT = "joint", "Entretien à plusieurs"
    MEDIATION = "mediation", "Médiation"


class TogetherState(models.TextChoices):
    """Whether it took place."""

    PLANNED = "planned", "Prévu"
    HELD = "held", "Tenu"
    CANCELLED = "cancelled", "Annulé"


class TogetherWith(models.TextChoices):
    """Who is there beside the person and the social worker."""

    PHYSICIAN = "physician", "Médecin, équipe de santé"
    EMPLOYER = "employer", "Employeur"
    PARTNER = "partner", "Partenaire (ESAT, job coach, association…)"


WITH_WHOM: dict[str, str] = {
    PartyKind.COLLEAGUE: TogetherWith.PHYSICIAN,
    PartyKind.EMPLOYER: TogetherWith.EMPLOYER,
    PartyKind.PARTNER: TogetherWith.PARTNER,
    PartyKind.OTHER: TogetherWith.PARTNER,
}
"""What the recipient of an agreement is at the table; a unit sits at none."""
