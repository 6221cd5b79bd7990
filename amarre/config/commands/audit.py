"""`amarre audit`: the journal has neither been cut nor rewritten."""

import argparse

from amarre.config.commands.base import DONE, REFUSED, FrenchParser, django_as, say


def add(parser: FrenchParser) -> None:
    """Declare the commands."""
    actions = parser.family("audit", "Le journal de ce qui a été fait et lu.")
    actions.command("verify", "Recalcule toute la chaîne des sceaux du journal.", verify)


def verify(arguments: argparse.Namespace) -> int:
    """Recompute the chain, as the owner."""
    with django_as("owner", "audit verify"):
        from amarre.audit.chain import verify as verify_chain

        verdict = verify_chain()
    say(f"{verdict.seals} sceau(x), {verdict.entries} ligne(s) scellée(s), {verdict.unsealed} en attente.")
    for fault in verdict.faults:
        say(f"  {fault}")
    say("Le journal est altéré." if verdict.faults else "Le journal est intact.")
    return REFUSED if verdict.faults else DONE
