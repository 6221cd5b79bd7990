from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_notice"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(max_length=12),
        ),
    ]
