"""An establishment closes, it is not deleted; companies are listed by name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_crisis_step")]

    operations = [
        migrations.AddField(
            model_name="establishment",
            name="active",
            field=models.BooleanField(default=True, verbose_name="ouvert"),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(fields=["name"], name="organisations_company_name"),
        ),
    ]
