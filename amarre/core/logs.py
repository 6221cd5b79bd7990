"""Logs that quote nobody.

Read by the settings, before anything else is loaded: it imports nothing of ours. Must not know requests.
"""

from __future__ import annotations

import logging
import re

_SECRET_PATH = re.compile(r"(/(?:lien|rdv|agenda|actions/place)/)[^/\s?\"']+")


class NoContentFilter(logging.Filter):
    """Keeps values out of the log: a database error quotes the row, so only its kind is written.

    The address of a link holds its secret: what stands after `/lien/`, `/rdv/`, `/agenda/` or
    `/actions/place/` is not written either.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):  # quotes what it refuses
            record.msg, record.args = "request refused", ()
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            where = ""
            while trace is not None:
                code = trace.tb_frame.f_code
                where, trace = f"{code.co_filename}:{trace.tb_lineno}", trace.tb_next
            record.msg, record.args = f"{record.msg} [{kind.__name__} at {where}]", record.args
            record.exc_info, record.exc_text = None, None
        if _SECRET_PATH.search(f"{record.msg}{record.args}"):
            record.msg, record.args = _SECRET_PATH.sub(r"\1…", record.getMessage()), ()
        return True
