"""The steps of the crisis protocol are a list of words that the service edits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_search")]

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
                ],
                max_length=20,
                verbose_name="liste",
            ),
        )
    ]
