"""Trigram indexes for the search by name; built by hand because the expression is PostgreSQL's own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            create index organisations_company_trgm on organisations_company using gin (search gin_trgm_ops);
            create index organisations_establishment_trgm on organisations_establishment
              using gin (search gin_trgm_ops);
            """,
            "drop index organisations_company_trgm; drop index organisations_establishment_trgm",
        )
    ]
