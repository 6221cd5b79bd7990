"""The new command of `people`: what the person says of themselves. The others stand with `organisations`."""

from __future__ import annotations

from tests.trios import trio

trio(
    "person.say_channel",
    allowed=("ines", lambda w: {"person": w.person(), "channel": "sms", "channel_note": "clair-commande le soir"}),
    refused="yanis",
    failed=lambda w: {"person": w.person(), "channel": "phone", "do_not_call": True},
)
