"""Structures, their services, whom one knows there, and what imports did."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import amarre.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_signed_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("file_name", models.CharField(max_length=200, verbose_name="fichier")),
                ("format", models.CharField(max_length=20, verbose_name="format")),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Structure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.CharField(default="local", max_length=60, verbose_name="source")),
                ("source_id", models.CharField(max_length=160, verbose_name="identifiant dans la source")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("kind", models.CharField(default="OTHER", max_length=40, verbose_name="type de partenaire")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                ("finess", models.CharField(blank=True, max_length=9, verbose_name="FINESS")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="commune")),
                ("city_search", models.CharField(blank=True, max_length=100)),
                ("insee", models.CharField(blank=True, max_length=5, verbose_name="code INSEE de la commune")),
                ("postcode", models.CharField(blank=True, max_length=5, verbose_name="code postal")),
                ("department", models.CharField(blank=True, max_length=3, verbose_name="département")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("website", models.URLField(blank=True, max_length=400, verbose_name="site")),
                ("opening_hours", models.CharField(blank=True, max_length=300, verbose_name="horaires")),
                ("description", models.CharField(blank=True, max_length=10000, verbose_name="description")),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="réseaux",
                    ),
                ),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="mise à jour le")),
                ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="importée le")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="retirée le")),
                ("search", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(fields=["city_search"], name="directory_structure_city"),
                    models.Index(fields=["department"], name="directory_structure_dep"),
                    models.Index(fields=["kind"], name="directory_structure_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id"), name="directory_structure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.CharField(default="local", max_length=60, verbose_name="source")),
                ("source_id", models.CharField(max_length=160, verbose_name="identifiant dans la source")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("description", models.CharField(blank=True, max_length=10000, verbose_name="description")),
                ("type", models.CharField(blank=True, max_length=40, verbose_name="type")),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="thématiques",
                    ),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="publics",
                    ),
                ),
                (
                    "publics_words",
                    models.CharField(blank=True, max_length=1000, verbose_name="précisions sur les publics"),
                ),
                ("cost", models.CharField(blank=True, max_length=20, verbose_name="frais")),
                ("cost_words", models.CharField(blank=True, max_length=1000, verbose_name="précisions sur les frais")),
                ("conditions", models.CharField(blank=True, max_length=2000, verbose_name="conditions d’accès")),
                (
                    "ways_in",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="accueil",
                    ),
                ),
                (
                    "ways_to_ask",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="mobilisation",
                    ),
                ),
                (
                    "ask_words",
                    models.CharField(blank=True, max_length=1000, verbose_name="précisions sur la mobilisation"),
                ),
                ("ask_link", models.URLField(blank=True, max_length=400, verbose_name="lien de mobilisation")),
                (
                    "zone",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="zone",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("opening_hours", models.CharField(blank=True, max_length=300, verbose_name="horaires")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="mis à jour le")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="retiré le")),
                ("search", models.CharField(blank=True, max_length=200)),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="directory.structure",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(fields=("source", "source_id"), name="directory_service_once")],
            },
        ),
        migrations.CreateModel(
            name="PartnerContact",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=amarre.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("function", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                ("regular", models.BooleanField(default=False, verbose_name="partenaire régulier")),
                ("invited_at", models.DateTimeField(blank=True, null=True, verbose_name="invité(e) le")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="adresse vérifiée le")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="plus là depuis le")),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.colleague",
                    ),
                ),
                (
                    "structure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="directory.structure",
                        verbose_name="structure",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("user",),
                        name="directory_contact_one_account",
                    )
                ],
            },
        ),
    ]
