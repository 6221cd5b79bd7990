"""Every table of the room, under one name; each is written in the `models_…` beside, by what it is about.

Read by the whole room and by the doors.
"""

from __future__ import annotations

from amarre.plans.models_goals import Action, Comment, Goal, Need, Progress
from amarre.plans.models_grids import Filling, GridSwitch, OwnGrid, OwnGridState
from amarre.plans.models_papers import Application, Budget, Document, DocumentFile, OwnProcedure, Scan
from amarre.plans.models_plan import Companion, PartOfPlan, Plan, Review, Version
from amarre.plans.models_talk import ChannelCheck, LookBackAnswer, Message, Opinion, WorkerChange

__all__ = [
    "Action",
    "Application",
    "Budget",
    "ChannelCheck",
    "Comment",
    "Companion",
    "Document",
    "DocumentFile",
    "Filling",
    "Goal",
    "GridSwitch",
    "LookBackAnswer",
    "Message",
    "Need",
    "Opinion",
    "OwnGrid",
    "OwnGridState",
    "OwnProcedure",
    "PartOfPlan",
    "Plan",
    "Progress",
    "Review",
    "Scan",
    "Version",
    "WorkerChange",
]
