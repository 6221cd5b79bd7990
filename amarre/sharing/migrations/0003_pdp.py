"""Meetings of the PDP unit, and interviews held with somebody else."""

import django.db.models.deletion
from django.db import migrations, models

import amarre.core.ids
import amarre.core.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_mail_sms_key"),
        ("cases", "0001_initial"),
        ("people", "0006_no_clear_note"),
        ("sharing", "0002_health"),
    ]

    operations = [
        migrations.CreateModel(
            name="JointInterview",
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
                        choices=[("joint", "Entretien à plusieurs"), ("mediation", "Médiation")],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Prévu"), ("held", "Tenu"), ("cancelled", "Annulé")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "agreed",
                    amarre.core.sealed.SealedTextField(editable=True, verbose_name="ce que nous avons convenu de dire"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.colleague"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="InterviewParty",
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
                            ("physician", "Médecin, équipe de santé"),
                            ("employer", "Employeur"),
                            ("partner", "Partenaire (ESAT, job coach, association…)"),
                        ],
                        max_length=10,
                        verbose_name="qualité",
                    ),
                ),
                ("words", amarre.core.sealed.SealedTextField(editable=True, verbose_name="qui")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.agreement"
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.jointinterview"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Prévue"), ("held", "Tenue"), ("cancelled", "Annulée")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    amarre.core.sealed.SealedTextField(
                        blank=True, editable=True, null=True, verbose_name="mot sur l’ordre du jour"
                    ),
                ),
                (
                    "convened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.colleague"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.unit"),
                ),
            ],
            options={
                "ordering": ["-on", "-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "anonymous",
                    amarre.core.sealed.SealedTextField(
                        editable=True, null=True, verbose_name="la question, sans nommer personne"
                    ),
                ),
                ("put_at", models.DateTimeField()),
                (
                    "put_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.colleague"
                    ),
                ),
                (
                    "transmission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.transmission",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.jointinterview",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.agendaitem",
                    ),
                ),
                (
                    "transmission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.transmission"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nom et fonction")),
                (
                    "presence",
                    models.CharField(
                        choices=[("present", "Présent(e)"), ("excused", "Excusé(e)")],
                        default="present",
                        max_length=8,
                        verbose_name="présence",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sharing.meeting"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                    ),
                ),
            ],
            options={
                "ordering": ["presence", "id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", amarre.core.sealed.SealedTextField(editable=True, verbose_name="ce qui est décidé")),
                (
                    "who_words",
                    amarre.core.sealed.SealedTextField(
                        editable=True, null=True, verbose_name="qui, hors de la cellule"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="pour le")),
                ("done_on", models.DateField(null=True, verbose_name="fait le")),
                ("written_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.agendaitem"
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.colleague"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("who__isnull", False), ("who_words__isnull", True)),
                            models.Q(("who", None), ("who_words__isnull", False)),
                            _connector="OR",
                        ),
                        name="sharing_decision_who",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="jointinterview",
            index=models.Index(fields=["case", "-on"], name="sharing_joint_case"),
        ),
        migrations.AddConstraint(
            model_name="interviewparty",
            constraint=models.UniqueConstraint(fields=("interview", "agreement"), name="sharing_interviewparty_once"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["unit", "on"], name="sharing_meeting_unit"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anonymous__isnull", True), ("transmission__isnull", False)),
                    models.Q(("anonymous__isnull", False), ("transmission", None)),
                    _connector="OR",
                ),
                name="sharing_agendaitem_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("transmission__isnull", False)),
                fields=("meeting", "transmission"),
                name="sharing_agendaitem_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("interview", None), ("item__isnull", False)),
                    models.Q(("interview__isnull", False), ("item", None)),
                    _connector="OR",
                ),
                name="sharing_minutes_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), ("user__isnull", False)),
                    models.Q(("name__gt", ""), ("user", None)),
                    _connector="OR",
                ),
                name="sharing_participant_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("meeting", "user"), name="sharing_participant_once"
            ),
        ),
    ]
