"""The desk's pages: templates, their words in two languages, and what every page shows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from matrixsite.desk.desk import Desk
from matrixsite.errors import Problem
from matrixsite.site.words import Words

TEMPLATES = Path(__file__).with_name("templates")
SAID = "desk-said"  # the cookie that carries a sentence over a redirect


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about what was just done; `undo` is the number of the save that it can take back."""

    text: str
    undo: int = 0


@cache
def words(language: str) -> Words:
    """The desk's words: Chinese stands in templates and code, English is looked up."""
    if language.startswith("zh"):
        return Words({})
    return Words(json.loads((files("matrixsite.desk") / "words" / "en.json").read_text(encoding="utf-8")))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def desk_of(request: Request) -> Desk:
    """The desk that the request is for."""
    desk: Desk = request.app.state.desk
    return desk


def say(request: Request, text: str, /, **values: object) -> str:
    """A sentence in the editor's language."""
    return words(request.state.session.language)(text, **values)


def show(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """A page of the desk."""
    session, desk = request.state.session, desk_of(request)
    said = _said(request)
    text = (
        _environment()
        .get_template(f"{template}.html")
        .render(
            _=words(session.language),
            session=session,
            site=desk.settings.site,
            path=request.url.path,
            said=said,
            accounts=desk.accounts,
            **values,
        )
    )
    response = HTMLResponse(text, status)
    if said:
        response.delete_cookie(SAID, path="/", samesite="strict", httponly=True)
    return response


def go(path: str, said: str = "", undo: int = 0, **query: str) -> Response:
    """On to another page, which says what was done."""
    filled = {name: value for name, value in query.items() if value}
    response = RedirectResponse(path + (f"?{urlencode(filled)}" if filled else ""), 303)
    if said:
        value = quote(json.dumps([said, undo]))
        response.set_cookie(SAID, value, max_age=60, path="/", samesite="strict", httponly=True)
    return response


def _said(request: Request) -> Said | None:
    """A cookie anybody may have set: only text and a number come out of it."""
    try:
        text, undo = json.loads(unquote(request.cookies.get(SAID, "")))
    except (ValueError, TypeError):
        return None
    return Said(str(text)[:300], undo if isinstance(undo, int) else 0)


def problems_of(problems: Sequence[Problem]) -> list[Mapping[str, object]]:
    """What is wrong, for a page: place, reason, mend."""
    return [
        {"file": one.file, "line": one.line, "field": one.field, "reason": one.reason, "mend": one.mend}
        for one in problems
    ]
