"""A trigram index for the search by name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "create index people_person_trgm on people_person using gin (search gin_trgm_ops)",
            "drop index people_person_trgm",
        )
    ]
