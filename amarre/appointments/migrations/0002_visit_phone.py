"""How to reach who goes on a visit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="phone",
            field=models.CharField("téléphone de qui y va", blank=True, default="", max_length=20),
            preserve_default=False,
        )
    ]
