"""The types of partners are words of the service's own, like its problems."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_contacts"),
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
                    ("partner_kind", "Types de partenaires"),
                    ("advice_theme", "Thèmes d’un conseil à un employeur"),
                ],
                max_length=20,
                verbose_name="liste",
            ),
        ),
    ]
