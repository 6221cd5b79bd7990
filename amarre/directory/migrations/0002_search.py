"""Indexes of the search: trigrams for words, and inside lists of codes; built by hand, they are PostgreSQL's own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            create index directory_structure_trgm on directory_structure using gin (search gin_trgm_ops);
            create index directory_service_trgm on directory_service using gin (search gin_trgm_ops);
            create index directory_service_themes on directory_service using gin (themes);
            """,
            "drop index directory_structure_trgm; drop index directory_service_trgm;"
            " drop index directory_service_themes",
        )
    ]
