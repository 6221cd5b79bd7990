"""The words of the single way out: recipients, purposes, agreements, transmissions, answers, bases of law.

Read by the room `sharing` and the doors. Sources: domain reference § 4.3 (secrecy), § 4.4 (agreement per recipient and
per purpose), § 5.2 (`consent_given`, `consent_withdrawn`).
"""

from __future__ import annotations

from django.db import models


class PartyKind(models.TextChoices):
    """Whose hands something goes into."""

    COLLEAGUE = "colleague", "Équipe de santé au travail"
    UNIT = "unit", "Cellule PDP"
    EMPLOYER = "employer", "Employeur"
    PARTNER = "partner", "Partenaire"
    OTHER = "other", "Autre destinataire"


class Purpose(models.TextChoices):
    """What for: one agreement, one purpose."""

    RETURN = "return", "Préparer le retour au travail"
    POST = "post", "Adapter le poste, les horaires ou le contrat"
    OTHER_JOB = "other_job", "Chercher un autre poste ou un autre métier"
    RIGHTS = "rights", "Faire valoir des droits"
    MONEY = "money", "Obtenir une aide financière"
    SUPPORT = "support", "Trouver un appui près de chez soi"
    UNIT = "unit", "En parler à la cellule de maintien en emploi"
    TOGETHER = "together", "Se voir à plusieurs"
    FOLLOWED = "followed", "Dire que l’accompagnement est en cours, sans dire pourquoi"
    OTHER = "other", "Autre but, à préciser"


class AgreementState(models.TextChoices):
    """What the person said."""

    PROPOSED = "proposed", "En attente de réponse"
    GIVEN = "given", "Donné"
    DECLINED = "declined", "Refusé"
    WITHDRAWN = "withdrawn", "Repris"


class GivenHow(models.TextChoices):
    """How the person said yes."""

    SPACE = "space", "Dans son espace"
    SCREEN = "screen", "Signé à l’écran"
    PAPER = "paper", "Signé sur papier"
    ORAL = "oral", "À l’oral"


class By(models.TextChoices):
    """Who did it: the person, or the worker on their word."""

    PERSON = "person", "la personne"
    WORKER = "worker", "l’assistant(e) de service social, sur sa parole"


class Kind(models.TextChoices):
    """What is expected of the recipient."""

    WORD = "word", "Information"
    REQUEST = "request", "Demande"
    ORIENTATION = "orientation", "Orientation"
    ITEM = "item", "Point de réunion"
    MINUTES = "minutes", "Compte rendu"


class Topic(models.TextChoices):
    """What a request is about: a solution found together with whoever can make it true."""

    POST = "post", "Le poste"
    HOURS = "hours", "Les horaires"
    CONTRACT = "contract", "Le contrat"
    EQUIPMENT = "equipment", "Du matériel"
    TRIAL = "trial", "Un essai"
    OTHER = "other", "Autre chose"


class TransmissionState(models.TextChoices):
    """A draft is the members' alone; sent, its words are frozen."""

    DRAFT = "draft", "À vérifier"
    SENT = "sent", "Envoyée"
    RECALLED = "recalled", "Rappelée avant lecture"


class Carrier(models.TextChoices):
    """How it gets there. All of them carry the same frozen words."""

    INBOX = "inbox", "Dans son espace Amarre"
    LINK = "link", "Par un lien et un code"
    LETTER = "letter", "Par un courrier"


class AnswerKind(models.TextChoices):
    """What the recipient says."""

    WORDS = "words", "Réponse"
    ACCEPTED = "accepted", "Accepté"
    REFUSED = "refused", "Refusé"
    DISCUSS = "discuss", "À discuter"
    STARTED = "started", "Commencé"
    ENDED = "ended", "Terminé"


class LawBasis(models.TextChoices):
    """Why the law lets something be said without an agreement."""

    MINOR = "minor", "Danger pour un mineur (CASF L411-3\u00a0; CP 226-14, 1°)"
    VULNERABLE = "vulnerable", "Danger pour une personne hors d’état de se protéger (CP 226-14, 1°)"
    WEAPON = "weapon", "Personne dangereuse détenant ou cherchant une arme\u00a0: au préfet (CP 226-14, 4°)"
    PERIL = "peril", "Assistance à une personne en péril (CP 223-6)"


class ReviewOutcome(models.TextChoices):
    """What the one who re-read an exception says of it."""

    RIGHT = "right", "L’exception était fondée"
    DISCUSS = "discuss", "À reprendre en équipe"
