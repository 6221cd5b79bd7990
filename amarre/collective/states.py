"""The words of collective actions, and what comes next in each.

Read by the room `collective` and the doors. Pure.
"""

from __future__ import annotations

from django.db import models


class ActionKind(models.TextChoices):
    """The shapes of an action (domain reference, § 5.8)."""

    INFORMATION = "information_session", "Réunion d’information"
    AWARENESS = "awareness", "Sensibilisation"
    WORKSHOP = "workshop", "Atelier"
    STAND = "stand", "Stand"
    WEBINAR = "webinar", "Réunion à distance"
    TRAINING = "manager_training", "Formation d’encadrants"
    GROUP_SUPPORT = "group_support", "Groupe de soutien"
    CRISIS_SUPPORT = "crisis_support", "Soutien après un événement grave"


class Asker(models.TextChoices):
    """Who asked for an action."""

    EMPLOYER = "employer", "L’employeur"
    WORKS_COUNCIL = "works_council", "Le comité social et économique (CSE)"
    HEALTH_TEAM = "health_team", "L’équipe de santé au travail"
    SERVICE = "service", "Le service social le propose"


class ActionState(models.TextChoices):
    """Where an action stands. Told and looked back on are days, not states: they may wait."""

    REQUESTED = "requested", "Demandée"
    DISCUSSED = "discussed", "Besoin discuté"
    AGREED = "agreed", "Convenue"
    HELD = "held", "Tenue"
    ACCOUNTED = "accounted", "Compte rendu remis"
    CLOSED = "closed", "Terminée"
    REFUSED = "refused", "Sans suite"
    WITHDRAWN = "withdrawn", "Retirée"


ASKED = (ActionState.REQUESTED, ActionState.DISCUSSED)
GOING_ON = (*ASKED, ActionState.AGREED, ActionState.HELD, ActionState.ACCOUNTED)


class SessionState(models.TextChoices):
    """Where a session stands."""

    PLANNED = "planned", "Prévue"
    HELD = "held", "Tenue"
    CANCELLED = "cancelled", "Annulée"


class SeatState(models.TextChoices):
    """A place in a session, or the hope of one."""

    TAKEN = "taken", "Inscrit(e)"
    WAITING = "waiting", "Sur la liste d’attente"


class Signature(models.TextChoices):
    """How somebody signed in at a training."""

    PAPER = "paper", "Feuille signée à la main"
    TICKED = "ticked", "Présence cochée par l’animateur ou l’animatrice"


class EvaluationState(models.TextChoices):
    """Where the questions of an action stand. Nothing is shown while they are open; closed once, closed for good."""

    NONE = "none", "Pas d’évaluation"
    OPEN = "open", "Réponses en cours"
    SHOWN = "shown", "Résultats"
    SILENT = "silent", "Trop peu de réponses"


class Moment(models.TextChoices):
    """When the questions are asked."""

    END = "end", "À la fin"
    BEFORE = "before", "Avant la formation"
    AFTER = "after", "Après la formation"


class Share(models.TextChoices):
    """How many answered rather yes, in words: all that leaves the service."""

    ALMOST_ALL = "almost_all", "presque tout le monde"
    MOST = "most", "la plupart"
    HALF = "half", "environ la moitié"
    SOME = "some", "une minorité"
    FEW = "few", "presque personne"


class TrialState(models.TextChoices):
    """Where an idea for work stands."""

    IDEA = "idea", "Idée"
    TRIAL = "trial", "À l’essai"
    KEPT = "kept", "Gardé"
    DROPPED = "dropped", "Abandonné"


LEVELS = ((1, "Pas du tout"), (2, "Plutôt non"), (3, "Plutôt oui"), (4, "Tout à fait"))
"""The four answers to every question; 3 and 4 are « rather yes »."""

LANGUAGES = (
    ("fr", "Français"), ("fr-simple", "Français simple"), ("lsf", "Langue des signes"), ("en", "Anglais"),
    ("ar", "Arabe"), ("pt", "Portugais"), ("es", "Espagnol"), ("tr", "Turc"), ("uk", "Ukrainien"),
)  # fmt: skip
"""What a session may be held in."""
