"""The clear column of the notes goes; what it held is sealed since the migration before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reach")]

    operations = [migrations.RemoveField(model_name="person", name="channel_note_clear")]
