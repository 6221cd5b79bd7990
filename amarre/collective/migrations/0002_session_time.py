"""A session holds its leaders' time in the agenda."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collective", "0001_initial"), ("appointments", "0002_visit_phone")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="appointment",
            field=models.OneToOneField(
                "appointments.Appointment",
                django.db.models.deletion.PROTECT,
                null=True,
                related_name="+",
                verbose_name="temps de l’équipe",
            ),
        )
    ]
