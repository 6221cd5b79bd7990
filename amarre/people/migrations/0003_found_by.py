"""People are also found by e-mail and by date of birth (duplicates)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["email"], name="people_person_email", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddIndex(model_name="person", index=models.Index(fields=["birth_date"], name="people_person_birth")),
    ]
