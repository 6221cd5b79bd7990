"""Numbers are confirmed too; that a message was announced is kept by `core.Notice` alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL("drop function if exists look_backs_to_tell(date)", migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="plan",
            name="told_on",
        ),
        migrations.AddField(
            model_name="channelcheck",
            name="phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="numéro"),
        ),
        migrations.AlterField(
            model_name="channelcheck",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="adresse"),
        ),
        migrations.AddConstraint(
            model_name="channelcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone", ""), models.Q(("email", ""), _negated=True)),
                    models.Q(("companion", None), ("email", ""), models.Q(("phone", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plans_channelcheck_one_channel",
            ),
        ),
    ]
