"""The service's own materials, and what was tried at work.

Read by staff; what was tried, by the contacts of the establishment too. Must not know any employee: a working condition
belongs to a post, never to somebody.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from amarre.collective.policy import ImprovementQuerySet, MaterialFileQuerySet, MaterialQuerySet
from amarre.collective.states import TrialState
from amarre.core.models import Walled
from amarre.core.sealed import SealedBinaryField, SealedTextField


class Material(Walled):
    """One version of a file of the service: a poster, slides, a leaflet. The newest of a series counts."""

    series = models.BigIntegerField()
    version = models.PositiveSmallIntegerField("version", default=1)
    title = models.CharField("titre", max_length=160)
    theme = models.CharField("thème", max_length=40, blank=True)
    kind = models.CharField("format", max_length=20)
    size = models.PositiveIntegerField("taille (octets)")
    added_on = models.DateField("ajouté le")
    added_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="ajouté par")
    withdrawn_on = models.DateField("retiré le", null=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["title", "series", "-version"]
        constraints = [models.UniqueConstraint(fields=["series", "version"], name="collective_material_version")]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        """The title, its version and the ending of its format."""
        return f"{self.title} v{self.version}{'.pdf' if self.kind == 'application/pdf' else '.jpg'}"


class MaterialFile(Walled):
    """The bytes of a material."""

    material = models.OneToOneField(Material, models.CASCADE, related_name="+")
    body = SealedBinaryField("contenu")

    objects = MaterialFileQuerySet.as_manager()


class Improvement(Walled):
    """Something of work that was looked at, tried, and kept or not: the company's log of it."""

    company = models.ForeignKey("organisations.Company", models.PROTECT, related_name="+", verbose_name="entreprise")
    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, null=True, related_name="+", verbose_name="établissement"
    )
    action = models.ForeignKey("collective.Action", models.PROTECT, null=True, related_name="+", verbose_name="action")
    title = models.CharField("ce dont il s’agit", max_length=160)
    observation = SealedTextField("ce qui a été observé")
    idea = SealedTextField("l’idée", null=True)
    indicators = SealedTextField("ce qu’on regardera", null=True)
    result = SealedTextField("ce que cela a donné", null=True)
    with_whom = models.CharField("avec", max_length=160, blank=True)
    trial_from = models.DateField("essai du", null=True)
    trial_until = models.DateField("essai jusqu’au", null=True)
    state = models.CharField("état", max_length=8, choices=TrialState.choices, default=TrialState.IDEA)
    opened_on = models.DateField("noté le")
    opened_by = models.ForeignKey("accounts.Colleague", models.PROTECT, related_name="+", verbose_name="noté par")
    ended_on = models.DateField("conclu le", null=True)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trial_from=None) | Q(trial_until__gte=F("trial_from")), name="collective_improvement_trial"
            ),
        ]

    def __str__(self) -> str:
        return self.title
