"""The headline of a day: what could be it, with reasons, and the editor's choice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk import acts
from matrixsite.desk.acts import Act
from matrixsite.desk.pages import parts_of
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, show
from matrixsite.site.urls import HEADLINES


def headline(request: Request) -> Response:
    """The form of a day."""
    return _form(request, {})


def save_headline(request: Request) -> Response:
    """The editor's choice; nothing else ever writes one."""
    back = f"/headline?day={_day(request)}"
    return save(request, headline_act(request), back, lambda values: _form(request, values))


def headline_act(request: Request) -> Act:
    """What the form says."""
    form = request.state.form
    words = {name: form.get(name, "").strip() for name in ("ref", "reason", "picker")}
    return acts.set_headline(
        _day(request), words["ref"], words["reason"], words["picker"], form.get("body", "")
    )


def _form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, day, sent = desk_of(request), _day(request), request.state.form
    file = desk.folder.read(f"headlines/{day.isoformat()}.md")
    front, body = parts_of(file.text) if file.text else ("", "")
    tree = yaml.safe_load(front) or {}
    chosen = sent.get("ref") or request.query_params.get("ref") or tree.get("pick") or ""
    entry = desk.entries([chosen]).get(chosen) if chosen else None
    return show(
        request,
        "headline",
        (409 if "conflict" in values else 422) if sent else 200,
        day=day,
        ref=chosen,
        entry=entry,
        reason=sent.get("reason", tree.get("reason") or ""),
        picker=sent.get("picker", tree.get("picker") or request.state.session.editor),
        body=sent.get("body", body),
        candidates=desk.candidates(day),
        page=HEADLINES,
        days=[one.date for one in desk.content().headlines[:14]],
        **{"seen": file.digest, "problems": [], "conflict": None, **values},
    )


def _day(request: Request) -> date:
    text = request.state.form.get("day") or request.query_params.get("day", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return desk_of(request).today
