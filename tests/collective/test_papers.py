"""Papers of an action: one page whatever was typed, the same for everybody, nobody made visible."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
import segno
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from amarre.collective import commands, commands_evaluation, commands_sessions, papers, policy, told
from amarre.collective.links import questions_path, session_path
from amarre.collective.models import Action, Attendance, Session
from amarre.collective.queries import Account, Held, Said
from amarre.core.commands import Refused
from amarre.core.notices import door_url
from amarre.core.paper import Unprintable
from amarre.core.scope import acting_as
from amarre.organisations.models import Centre, CrisisNumber
from tests.cast import actor, as_owner
from tests.collective.acting import agreed, by, held, kept, planned, set_row

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
_A5, _A4 = (420, 595), (595, 842)


def pages(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages(pdf).pages))


def size_of(pdf: bytes) -> tuple[int, int]:
    box = pages(pdf).pages[0].mediabox
    return int(box.width), int(box.height)
