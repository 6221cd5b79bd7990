"""The catalogue, the actions, and the doorway to the other tables of the room.

Read by staff; by an employer's contacts the actions of their establishment, but for the words of before the agreement.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from amarre.collective.catalogue import THEMES
from amarre.collective.models_evaluation import Finding as Finding
from amarre.collective.models_evaluation import Tally as Tally
from amarre.collective.models_sessions import Animator as Animator
from amarre.collective.models_sessions import Attendance as Attendance
from amarre.collective.models_sessions import Seat as Seat
from amarre.collective.models_sessions import Session as Session
from amarre.collective.models_shelf import Improvement as Improvement
from amarre.collective.models_shelf import Material as Material
from amarre.collective.models_shelf import MaterialFile as MaterialFile
from amarre.collective.policy import ActionQuerySet, OfferQuerySet
from amarre.collective.states import ASKED, ActionKind, ActionState, Asker, EvaluationState
from amarre.core.models import Walled
from amarre.core.sealed import SealedTextField


class Offer(Walled):
    """One line of the catalogue. Its code never changes; the service rewords it, closes it, adds its own."""

    code = models.CharField("code", max_length=40, unique=True)
    kind = models.CharField("forme", max_length=20, choices=ActionKind.choices)
    theme = models.CharField("thème", max_length=40)
    title = models.CharField("titre", max_length=160)
    aim = models.CharField("but", max_length=400)
    audience = models.CharField("pour qui", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("durée, en minutes", default=60)
    material = models.CharField("matériel", max_length=300, blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, verbose_name="langues")
    questions = ArrayField(models.CharField(max_length=200), default=list, verbose_name="questions de la fin")
    knowledge = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name="questions d’avant et d’après"
    )
    signs = models.BooleanField("feuille d’émargement", default=False)
    position = models.PositiveIntegerField("ordre", default=100)
    active = models.BooleanField("proposé", default=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(questions__len=3), name="collective_offer_three_questions"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def theme_label(self) -> str:
        """The theme, in French."""
        return THEMES[self.theme].label if self.theme in THEMES else self.theme


class Action(Walled):
    """What is done for one company: from a wish to a look-back. No person is in it."""

    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+", verbose_name="du catalogue")
    kind = models.CharField("forme", max_length=20, choices=ActionKind.choices)
    theme = models.CharField("thème", max_length=40)
    title = models.CharField("titre", max_length=160)
    aim = models.CharField("but", max_length=400, blank=True)
    audience = models.CharField("pour qui", max_length=200, blank=True)
    company = models.ForeignKey("organisations.Company", models.PROTECT, related_name="+", verbose_name="entreprise")
    establishment = models.ForeignKey(
        "organisations.Establishment", models.PROTECT, null=True, related_name="+", verbose_name="établissement"
    )
    centre = models.ForeignKey("organisations.Centre", models.PROTECT, related_name="+", verbose_name="centre")
    asker = models.CharField("demandée par", max_length=20, choices=Asker.choices)
    contact = models.ForeignKey(
        "organisations.Contact", models.PROTECT, null=True, related_name="+", verbose_name="contact"
    )
    asked_on = models.DateField("demandée le")
    wished = models.CharField("souhaitée quand", max_length=120, blank=True)
    lead = models.ForeignKey(
        "accounts.Colleague", models.PROTECT, null=True, related_name="+", verbose_name="suivie par"
    )
    need = SealedTextField("besoin, tel que dit", null=True)
    discussion = SealedTextField("besoin, après discussion", null=True)
    discussed_on = models.DateField("discutée le", null=True)
    state = models.CharField("état", max_length=12, choices=ActionState.choices, default=ActionState.REQUESTED)
    agreed_on = models.DateField("convenue le", null=True)
    agreed_with = models.CharField("convenue avec", max_length=120, blank=True)
    expected = models.PositiveSmallIntegerField("personnes attendues", null=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    access = models.CharField("accès", max_length=200, blank=True)
    interpreter = models.CharField("interprète", max_length=120, blank=True)
    accessibility = models.CharField("accessibilité", max_length=200, blank=True)
    on_work_time = models.BooleanField("sur le temps de travail", default=False)
    told_on = models.DateField("annoncée le", null=True)
    local_contacts = ArrayField(
        models.CharField(max_length=160), default=list, blank=True, verbose_name="structures à connaître"
    )
    sensitive = models.BooleanField(default=False)
    discreet = models.BooleanField(default=False)
    signs = models.BooleanField("feuille d’émargement", default=False)
    questions = ArrayField(models.CharField(max_length=200), default=list, verbose_name="questions de la fin")
    knowledge = ArrayField(models.CharField(max_length=200), default=list, verbose_name="questions d’avant et d’après")
    evaluation = models.CharField(max_length=6, choices=EvaluationState.choices, default=EvaluationState.NONE)
    evaluation_code = models.CharField(max_length=16, blank=True)
    evaluation_until = models.DateField("réponses jusqu’au", null=True)
    follow_ups = models.PositiveSmallIntegerField("sollicitations après l’action", null=True)
    report = SealedTextField("compte rendu", null=True)
    report_on = models.DateField("compte rendu remis le", null=True)
    look_back_due = models.DateField("bilan à trois mois, prévu le", null=True)
    look_back_on = models.DateField("bilan à trois mois, fait le", null=True)
    look_back = SealedTextField("ce qui a changé", null=True)
    closed_on = models.DateField("terminée le", null=True)
    ended_reason = models.CharField("raison", max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["company"], name="collective_action_company"),
            models.Index(fields=["state"], name="collective_action_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(discreet=False) | Q(evaluation="none", follow_ups=None),
                name="collective_action_discreet",
            ),
            models.CheckConstraint(
                condition=(Q(evaluation="open") & ~Q(evaluation_code=""))
                | (~Q(evaluation="open") & Q(evaluation_code="")),
                name="collective_action_code",
            ),
            models.UniqueConstraint(
                fields=["evaluation_code"], condition=~Q(evaluation_code=""), name="collective_action_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def theme_label(self) -> str:
        """The theme, in French."""
        return THEMES[self.theme].label if self.theme in THEMES else self.theme

    @property
    def is_asked(self) -> bool:
        """Not agreed yet, and not ended."""
        return self.state in ASKED

    @property
    def where(self) -> str:
        """The workplace, or the company as a whole."""
        return str(self.establishment or self.company)
