"""The words of a solicitation: states, sources, results of attempts.

Read by the room `intake` and the doors. Source: process model, domain reference § 5.1 and § 5.2.
"""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a solicitation stands."""

    RECEIVED = "received", "Reçue"
    ACKNOWLEDGED = "acknowledged", "Lue"
    AWAITING = "awaiting_agreement", "Accord à demander"
    ACCEPTED = "accepted", "Accord donné"
    TAKEN = "taken", "Prise en charge"
    ANSWERED = "one_shot_closed", "Répondue"
    REDIRECTED = "out_of_scope_referred", "Réorientée"
    REFUSED = "not_pursued", "Sans suite"
    REFUSED_BY_PERSON = "refused_by_person", "Non souhaitée"
    NO_ANSWER = "no_answer", "Sans réponse"
    DUPLICATE = "duplicate", "En double"


OPEN_STATES = (State.RECEIVED, State.ACKNOWLEDGED, State.AWAITING, State.ACCEPTED)


class Source(models.TextChoices):
    """Who asked."""

    EMPLOYEE = "employee", "La personne elle-même"
    EMPLOYER_HR = "employer_hr", "Employeur, ressources humaines"
    MANAGER = "manager", "Responsable hiérarchique"
    PHYSICIAN = "occupational_physician", "Médecin du travail"
    NURSE = "nurse", "Infirmier ou infirmière"
    PSYCHOLOGIST = "psychologist", "Psychologue du travail"
    ERGONOMIST = "ergonomist", "Ergonome"
    PDP_UNIT = "pdp_unit", "Cellule PDP"
    WORKS_COUNCIL = "works_council", "CSE"
    DISABILITY_OFFICER = "disability_officer", "Référent handicap"
    PARTNER = "partner", "Partenaire extérieur"
    FAMILY = "family", "Proche"


EMPLOYER_SOURCES = (Source.EMPLOYER_HR, Source.MANAGER, Source.DISABILITY_OFFICER, Source.WORKS_COUNCIL)
HEALTH_SOURCES = (Source.PHYSICIAN, Source.NURSE, Source.PSYCHOLOGIST, Source.ERGONOMIST)
"""Members of the health team, who send somebody with a few words, once the person has agreed."""


class About(models.TextChoices):
    """Somebody, or nobody in particular (advice for an employer)."""

    PERSON = "person", "Pour quelqu’un"
    ADVICE = "advice", "Un conseil, pour personne en particulier"


class AttemptResult(models.TextChoices):
    """What came of trying to reach the person for their agreement."""

    NOT_REACHED = "not_reached", "Pas jointe"
    MESSAGE = "message", "Message neutre laissé"
    AGREED = "agreed", "D’accord"
    REFUSED = "refused", "Ne souhaite pas"
