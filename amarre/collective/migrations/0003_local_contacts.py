"""What is announced of an action stands with the action: its aim, for whom, on working time or not, whom to name."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

FILL = """
update collective_action a set aim = o.aim, audience = o.audience from collective_offer o where o.id = a.offer_id
"""


class Migration(migrations.Migration):
    dependencies = [("collective", "0002_session_time")]

    operations = [
        migrations.AddField(
            "action",
            "aim",
            models.CharField(blank=True, default="", max_length=400, verbose_name="but"),
            preserve_default=False,
        ),
        migrations.AddField(
            "action",
            "audience",
            models.CharField(blank=True, default="", max_length=200, verbose_name="pour qui"),
            preserve_default=False,
        ),
        migrations.AddField(
            "action",
            "on_work_time",
            models.BooleanField(default=False, verbose_name="sur le temps de travail"),
        ),
        migrations.AddField(
            "action",
            "local_contacts",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=160),
                blank=True,
                default=list,
                size=None,
                verbose_name="structures à connaître",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
