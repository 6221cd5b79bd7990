"""The words of an employer's contact and of the advice they ask for.

Read by the room `organisations` and the doors.
"""

from __future__ import annotations

from django.db import models


class ContactKind(models.TextChoices):
    """What a contact does for their establishment."""

    HR = "hr", "Direction ou ressources humaines"
    MANAGER = "manager", "Responsable d’équipe"
    DISABILITY_OFFICER = "disability_officer", "Référent(e) handicap"
    WORKS_COUNCIL = "works_council", "Élu(e) du comité social et économique (CSE)"


class CheckedHow(models.TextChoices):
    """How somebody of the service made sure that a contact is who they say."""

    SWITCHBOARD = "switchboard", "Rappelé(e) par le standard de l’entreprise"
    MET = "met", "Rencontré(e) dans l’entreprise ou au centre"
    KNOWN = "known", "Déjà connu(e) du service"
    LETTER = "letter", "Désigné(e) par un courrier de l’entreprise"


class AdviceState(models.TextChoices):
    """Where a question stands."""

    ASKED = "asked", "Posée"
    TAKEN = "taken", "Quelqu’un s’en occupe"
    ANSWERED = "answered", "Répondue"
    CLOSED = "closed", "Terminée"


COLLECTIVE_THEMES = frozenset({"COLLECTIVE"})
"""Themes on which a works council asks for advice: those that speak of a group."""
