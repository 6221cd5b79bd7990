"""The words of a case: states, roles of members, urgency, kinds and modes of notes.

Read by the room `cases` and the doors. Source: process model, domain reference § 5.1 and § 5.3.
"""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a case stands."""

    TAKEN = "taken", "Pris en charge"
    FIRST_INTERVIEW = "first_interview_done", "Premier entretien fait"
    IN_PROGRESS = "in_progress", "Suivi en cours"
    ON_HOLD = "on_hold", "En attente"
    CLOSED = "closed", "Clos"


OPEN_STATES = (State.TAKEN, State.FIRST_INTERVIEW, State.IN_PROGRESS, State.ON_HOLD)


class Urgency(models.TextChoices):
    """Targets that the service sets itself, in days from the day of receipt."""

    U1 = "U1", "U1 · danger, le jour même"
    U2 = "U2", "U2 · droits en jeu, 2 jours ouvrés"
    U3 = "U3", "U3 · bientôt, 7 jours"
    U4 = "U4", "U4 · normal, 15 jours"


class MemberRole(models.TextChoices):
    """Why somebody is in a case."""

    LEAD = "lead", "référent(e)"
    CO_LEAD = "co_lead", "co-référent(e)"
    STAND_IN = "stand_in", "suppléant(e)"
    TRAINEE = "trainee", "stagiaire"


class NoteKind(models.TextChoices):
    """What a line of the case's story is."""

    INTERVIEW = "interview", "Entretien"
    NOTE = "note", "Note"
    CALL = "call", "Appel ou message"
    STEP = "step", "Démarche"
    CRISIS = "crisis", "Alerte"


class Mode(models.TextChoices):
    """How the meeting took place."""

    OFFICE = "office", "Au bureau"
    WORKPLACE = "workplace", "Dans l’entreprise"
    HOME = "home", "À domicile"
    ESAT = "esat", "En ESAT"
    PHONE = "phone", "Par téléphone"
    VIDEO = "video", "En visio"
    JOINT = "joint", "À plusieurs"
