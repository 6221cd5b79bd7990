"""Every table of the room, under one name; each family has its file.

Read by the commands, the queries and the doors.
"""

from amarre.sharing.models_agreements import Addressed, Agreement, Ground, LawException, Unit, UnitMember
from amarre.sharing.models_health import FactSheet, Question
from amarre.sharing.models_letters import Letter, LetterFile, LetterTemplate
from amarre.sharing.models_transmissions import AccessLink, Answer, Transmission

__all__ = [
    "AccessLink",
    "Addressed",
    "Agreement",
    "Answer",
    "FactSheet",
    "Ground",
    "LawException",
    "Letter",
    "LetterFile",
    "LetterTemplate",
    "Question",
    "Transmission",
    "Unit",
    "UnitMember",
]
