"""How often a session moved and when, and when a place was taken: what a message and a waiting list need."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collective", "0003_local_contacts")]

    operations = [
        migrations.AlterModelOptions(name="seat", options={"ordering": ["made_at", "id"]}),
        migrations.AddField("session", "sequence", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("session", "changed_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AddField("seat", "made_at", models.DateTimeField(default=django.utils.timezone.now)),
    ]
