"""« Ne pas notifier », a number confirmed for SMS, and the note on how to reach somebody put under seal.

The old notes are sealed by whoever migrates, as the owner, with the installation's keyring; where there is a note and
no keyring, this stops and nothing is changed. The clear column goes in the next migration.
"""

from django.db import migrations, models

import amarre.core.sealed

PLACE = "people_person.channel_note"


def seal(apps, schema_editor):
    """Each note, for its own row; without a note no key is needed, so that a new database needs none."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select id, channel_note_clear from people_person where channel_note_clear <> ''")
        notes = cursor.fetchall()
        if not notes:
            return
        ring = amarre.core.sealed.keyring()
        cursor.executemany(
            "update people_person set channel_note = %s where id = %s",
            [(bytes(ring.seal(note, f"{PLACE}:{key}")), key) for key, note in notes],
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_personaccount")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="do_not_notify",
            field=models.BooleanField(default=False, verbose_name="ne pas notifier"),
        ),
        migrations.AddField(
            model_name="person",
            name="phone_confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="numéro confirmé pour les SMS"),
        ),
        migrations.RenameField(model_name="person", old_name="channel_note", new_name="channel_note_clear"),
        migrations.AddField(
            model_name="person",
            name="channel_note",
            field=amarre.core.sealed.SealedTextField(
                blank=True, editable=True, null=True, verbose_name="consigne pour joindre"
            ),
        ),
        migrations.RunPython(seal),
    ]
