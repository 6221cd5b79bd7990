"""Every table of the room, under one name; each family has its file.

Read by the commands, the queries and the doors.
"""

from amarre.sharing.models_agreements import Addressed, Agreement, Ground, LawException, Unit, UnitMember
from amarre.sharing.models_health import FactSheet, Question
from amarre.sharing.models_letters import Letter, LetterFile, LetterTemplate
from amarre.sharing.models_meetings import AgendaItem, Decision, Meeting, Minutes, Participant
from amarre.sharing.models_orientations import Orientation
from amarre.sharing.models_together import InterviewParty, JointInterview
from amarre.sharing.models_transmissions import AccessLink, Answer, Transmission

__all__ = [
    "AccessLink",
    "Addressed",
    "AgendaItem",
    "Agreement",
    "Answer",
    "Decision",
    "FactSheet",
    "Ground",
    "InterviewParty",
    "JointInterview",
    "LawException",
    "Letter",
    "LetterFile",
    "LetterTemplate",
    "Meeting",
    "Minutes",
    "Orientation",
    "Participant",
    "Question",
    "Transmission",
    "Unit",
    "UnitMember",
]
