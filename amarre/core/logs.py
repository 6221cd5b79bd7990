"""Logs that quote nobody.

Read by the settings, before anything else is loaded: it imports nothing of ours. Must not know requests.
"""

from __future__ import annotations

import logging


class NoContentFilter(logging.Filter):
    """Keeps values out of the log: a database error quotes the row, so only its kind is written."""

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
        return True
