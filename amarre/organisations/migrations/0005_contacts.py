"""Contacts of employers, the advice that they ask for, and its themes."""

import django.db.models.deletion
from django.db import migrations, models

import amarre.core.ids
import amarre.core.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_signed_out"),
        ("organisations", "0004_active_establishments"),
    ]

    operations = [
        migrations.AlterField(
            model_name="term",
            name="vocabulary",
            field=models.CharField(
                choices=[
                    ("problem", "Problèmes"),
                    ("moment", "Moments de la vie au travail"),
                    ("employment", "Situations d’emploi"),
                    ("outcome", "Issues"),
                    ("closing_reason", "Raisons de clôture"),
                    ("place", "Lieux"),
                    ("refusal_reason", "Raisons de ne pas donner suite"),
                    ("handover_reason", "Raisons de passer la main"),
                    ("employer_reason", "Motifs neutres d’un employeur ou d’un tiers"),
                    ("employee_reason", "Motifs d’une personne"),
                    ("crisis_step", "Étapes en cas d’urgence"),
                    ("advice_theme", "Thèmes d’un conseil à un employeur"),
                ],
                max_length=20,
                verbose_name="liste",
            ),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hr", "Direction ou ressources humaines"),
                            ("manager", "Responsable d’équipe"),
                            ("disability_officer", "Référent(e) handicap"),
                            ("works_council", "Élu(e) du comité social et économique (CSE)"),
                        ],
                        max_length=20,
                        verbose_name="qualité",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("function", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                ("invited_at", models.DateTimeField(verbose_name="invité(e) le")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmé(e) le")),
                (
                    "checked_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("switchboard", "Rappelé(e) par le standard de l’entreprise"),
                            ("met", "Rencontré(e) dans l’entreprise ou au centre"),
                            ("known", "Déjà connu(e) du service"),
                            ("letter", "Désigné(e) par un courrier de l’entreprise"),
                        ],
                        max_length=20,
                        verbose_name="vérifié comment",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="accès fini le")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                        verbose_name="confirmé(e) par",
                    ),
                ),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.establishment",
                        verbose_name="établissement",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                        verbose_name="invité(e) par",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("theme", models.CharField(max_length=40, verbose_name="thème")),
                ("question", amarre.core.sealed.SealedTextField(editable=True, verbose_name="question")),
                ("asked_at", models.DateTimeField(verbose_name="posée le")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Posée"),
                            ("taken", "Quelqu’un s’en occupe"),
                            ("answered", "Répondue"),
                            ("closed", "Terminée"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("answer", amarre.core.sealed.SealedTextField(editable=True, null=True, verbose_name="réponse")),
                ("minutes", models.PositiveSmallIntegerField(null=True, verbose_name="temps passé, en minutes")),
                ("answered_on", models.DateField(null=True, verbose_name="répondue le")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.centre",
                        verbose_name="centre",
                    ),
                ),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.establishment",
                        verbose_name="établissement",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                        verbose_name="prise par",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.contact",
                        verbose_name="posée par",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("establishment", "email"),
                name="organisations_contact_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_how", ""), ("confirmed_at", None)),
                    models.Q(("confirmed_at__isnull", False), models.Q(("checked_how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="organisations_contact_checked",
            ),
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(fields=["centre", "state"], name="organisations_advice_queue"),
        ),
    ]
