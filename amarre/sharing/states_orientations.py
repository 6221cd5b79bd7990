"""The words of an orientation: where it stands, and why a partner says no.

Read by the room `sharing` and the doors.
"""

from __future__ import annotations

from django.db import models


class OrientationState(models.TextChoices):
    """Where an orientation stands, as the partner's acts and answers say."""

    SENT = "sent", "Envoyée"
    SEEN = "seen", "Ouverte"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    STARTED = "started", "Commencée"
    ENDED = "ended", "Terminée"


class RefusalReason(models.TextChoices):
    """Why a partner cannot: a code that is counted; the words beside it are sealed in the answer."""

    FULL = "full", "Pas de place pour le moment"
    AREA = "area", "Hors de notre secteur"
    CONDITIONS = "conditions", "Ne remplit pas nos conditions"
    OTHER_HELP = "other_help", "Une autre structure aidera mieux"
    NO_CONTACT = "no_contact", "Nous n’avons pas pu joindre la personne"
    OTHER = "other", "Autre raison"


WAITING = (OrientationState.SENT, OrientationState.SEEN)
