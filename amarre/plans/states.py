"""The words of a plan: sides, owners, states of goals, actions, versions and documents.

Read by the room `plans` and the doors. Sources: process model, domain reference § 5.2 and § 5.5.
"""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """Whose view it is: the two are never mixed."""

    PERSON = "person", "la personne"
    WORKER = "worker", "l’assistant(e) de service social"


class Owner(models.TextChoices):
    """Whose part it is."""

    PERSON = "person", "La personne"
    WORKER = "worker", "Le service social"
    BOTH = "both", "Les deux"
    THIRD = "third", "Quelqu’un d’autre"


class GoalState(models.TextChoices):
    """Where a goal stands."""

    PROPOSED = "proposed", "Proposé"
    UNDER_WAY = "under_way", "En cours"
    REACHED = "reached", "Atteint"
    PARTLY = "partly", "Atteint en partie"
    ABANDONED = "abandoned", "Abandonné"
    DECLINED = "declined", "Pas retenu"


LIVE_GOALS = (GoalState.PROPOSED, GoalState.UNDER_WAY)


class ActionState(models.TextChoices):
    """Whether it was done."""

    OPEN = "open", "À faire"
    DONE = "done", "Fait"
    NOT_DONE = "not_done", "Pas fait"


class VersionState(models.TextChoices):
    """What the person said of a frozen plan."""

    PROPOSED = "proposed", "Proposé, en attente de réponse"
    AGREED = "agreed", "D’accord"
    DECLINED = "declined", "Pas d’accord"
    REPLACED = "replaced", "Remplacé"


class AnswerMode(models.TextChoices):
    """How the person said so."""

    SPACE = "space", "Dans son espace"
    PAPER = "paper", "Sur papier, signé"
    ORAL = "oral", "À l’oral, entendu par le service social"


class AnsweredBy(models.TextChoices):
    """Who agreed, where the law protects the person. To check for each measure."""

    PERSON = "person", "La personne elle-même"
    ASSISTED = "assisted", "La personne, avec l’assistance de son curateur"
    GUARDIAN = "guardian", "Le tuteur, après avoir demandé l’avis de la personne"


class Regime(models.TextChoices):
    """Legal protection of an adult; who agrees to what is shown « à vérifier », never enforced."""

    NONE = "", "Pas de mesure de protection connue"
    SAFEGUARD = "safeguard", "Sauvegarde de justice"
    ASSISTED = "assisted", "Curatelle simple"
    REINFORCED = "reinforced", "Curatelle renforcée"
    GUARDIANSHIP = "guardianship", "Tutelle"
    FAMILY = "family", "Habilitation familiale"


class HandedHow(models.TextChoices):
    """How the written plan was given."""

    HAND = "hand", "En main propre"
    LARGE = "large", "En gros caractères, en main propre"
    LETTER = "letter", "Par courrier"
    SPACE = "space", "Dans son espace, avec un courriel neutre"


class ReviewKind(models.TextChoices):
    """Why one looks at the plan again."""

    PERIODIC = "periodic", "Point d’étape"
    MILESTONE = "milestone", "Étape de la loi ou de la vie"
    RELAPSE = "relapse", "La situation a changé"
    BALANCE = "balance", "Bilan de fin"


class FillingMode(models.TextChoices):
    """How a grid is filled."""

    TOGETHER = "together", "Ensemble"
    WORKER = "worker", "Par moi, de mon point de vue"
    ALONE = "alone", "Par la personne, à son rythme"


class CompanionKind(models.TextChoices):
    """Why somebody close is there."""

    TRUSTED = "trusted", "Personne de confiance"
    RELATIVE = "relative", "Proche"


class Part(models.TextChoices):
    """A part of the plan to which somebody close may be invited."""

    GOALS = "goals", "Mes objectifs et qui fait quoi"
    PROCEDURES = "procedures", "Mes démarches"
    DOCUMENTS = "documents", "Mes documents"
