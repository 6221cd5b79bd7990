"""The shared cache that rate limits need (Django's own table shape)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            create table core_cache (
                cache_key varchar(255) primary key,
                value text not null,
                expires timestamp with time zone not null
            );
            create index core_cache_expires on core_cache (expires);
            """,
            "drop table core_cache",
        )
    ]
