"""What goes to standard error: sentences for people, or with --log-json a JSON object a line for machines."""

from __future__ import annotations

import json
import logging
import sys

_as_json = False


def start_telling(*, as_json: bool) -> None:
    """Decide the form, and send what is logged the same way."""
    global _as_json
    _as_json = as_json
    root = logging.getLogger()
    if not any(isinstance(handler, _Told) for handler in root.handlers):
        root.addHandler(_Told(logging.WARNING))


def tell(event: str, message: str, **fields: object) -> None:
    """One event: people read the message alone."""
    line = {"event": event, "message": message, **fields}
    print(json.dumps(line, ensure_ascii=False) if _as_json else message, file=sys.stderr)


class _Told(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        message = f"{record.levelname.lower()}: {record.getMessage()}"
        if _as_json:
            tell("log", record.getMessage(), level=record.levelname.lower(), trace=trace)
        else:
            tell("log", f"{message}\n{trace}" if trace else message)
