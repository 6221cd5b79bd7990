"""Rights applications, the household's budget, documents.

Read by the case's members and by the person; applications and documents by a relative who was invited to them.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from amarre.core.models import Walled
from amarre.core.sealed import SealedBinaryField, SealedTextField
from amarre.plans.models_plan import PartOfPlan
from amarre.plans.policy_rows import (
    ApplicationQuerySet,
    BudgetQuerySet,
    DocumentFileQuerySet,
    DocumentQuerySet,
    OwnProcedureQuerySet,
)
from amarre.plans.procedures import ProcedureState
from amarre.plans.states import Owner, Side


class OwnProcedure(Walled):
    """A procedure of the catalogue as this service rewrote it, without a release; the newest row of a code counts."""

    code = models.CharField("code", max_length=40)
    definition = models.JSONField("contenu")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")

    objects = OwnProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-id"]


class Application(PartOfPlan):
    """A rights application (démarche): what was gathered, filed, asked, decided; its dates come up by themselves."""

    procedure = models.CharField("démarche", max_length=40)
    title = SealedTextField("précision", null=True, blank=True)
    state = models.CharField(max_length=20, choices=ProcedureState.choices, default=ProcedureState.PREPARING)
    owner = models.CharField("qui s’en occupe", max_length=6, choices=Owner.choices, default=Owner.BOTH)
    filed_on = models.DateField("déposée le", null=True)
    receipt_on = models.DateField("accusé de réception le", null=True)
    complement_asked_on = models.DateField("complément demandé le", null=True)
    complement_due_on = models.DateField("complément à rendre avant le", null=True)
    complement_sent_on = models.DateField("complément envoyé le", null=True)
    answer_expected_on = models.DateField("réponse attendue le", null=True)
    decided_on = models.DateField("décision le", null=True)
    notified_on = models.DateField("décision reçue le", null=True)
    starts_on = models.DateField("début prévu le", null=True)
    event_on = models.DateField("fait qui ouvre le droit, le", null=True)
    valid_from = models.DateField("valable du", null=True)
    valid_until = models.DateField("valable jusqu’au", null=True)
    appeal_until = models.DateField("recours possible jusqu’au", null=True)
    appealed_on = models.DateField("recours déposé le", null=True)
    gathered = ArrayField(models.CharField(max_length=40), default=list, verbose_name="pièces réunies")
    money = SealedTextField("montants", null=True, blank=True)
    words = SealedTextField("notes", null=True, blank=True)
    renews = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="plans_application_valid",
            )
        ]


class Budget(PartOfPlan):
    """The household's money on a day: resources, charges, debts; amounts are sealed, in euros a month."""

    on = models.DateField("à la date du")
    label = SealedTextField("en deux mots", blank=True)
    adults = models.PositiveSmallIntegerField("adultes", default=1, validators=[MaxValueValidator(20)])
    children = models.PositiveSmallIntegerField("enfants", default=0, validators=[MaxValueValidator(20)])
    lines = SealedTextField("lignes")
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=Q(adults__gte=1), name="plans_budget_somebody")]


class Scan(models.TextChoices):
    """What the antivirus said."""

    CLEAN = "clean", "Analysé"
    OFF = "off", "Pas d’antivirus configuré"
    PENDING = "pending", "Analyse en attente"
    INFECTED = "infected", "Refusé par l’antivirus"


class Document(PartOfPlan):
    """A letter, a form, a photograph of one; its bytes are sealed in a table of their own."""

    title = SealedTextField("titre")
    kind = models.CharField("format", max_length=20)
    size = models.PositiveIntegerField("taille (octets)")
    side = models.CharField("envoyé par", max_length=6, choices=Side.choices)
    author = models.ForeignKey("accounts.Colleague", models.PROTECT, null=True, related_name="+")
    application = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    scan = models.CharField(max_length=8, choices=Scan.choices)
    removed_on = models.DateField("retiré le", null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    @property
    def may_be_opened(self) -> bool:
        """Not before the antivirus has found it clean, unless the house has none."""
        return self.scan in (Scan.CLEAN, Scan.OFF)

    @property
    def file_name(self) -> str:
        """The title with the ending of its format."""
        ending = ".pdf" if self.kind == "application/pdf" else ".jpg"
        return self.title if self.title.lower().endswith(ending) else f"{self.title}{ending}"


class DocumentFile(Walled):
    """The bytes of a document."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="+")
    body = SealedBinaryField("contenu")

    objects = DocumentFileQuerySet.as_manager()
