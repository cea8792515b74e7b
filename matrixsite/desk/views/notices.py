"""Notices of the site itself, and entries that are added by their address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk import acts
from matrixsite.desk.acts import Act
from matrixsite.desk.pages import parts_of
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, go, say, show
from matrixsite.editorial.notices import Level
from matrixsite.model import Media
from matrixsite.site.urls import notice_page

_ID = re.compile(r"[a-z0-9-]{1,60}")


def notices(request: Request) -> Response:
    """All of them, and the way to a new one."""
    desk = desk_of(request)
    return show(request, "notices", notices=desk.content().notices, today=desk.today)


def new_notice(request: Request) -> Response:
    """A form for a notice that isn't there yet."""
    name = request.state.form.get("id", "").strip()
    if not _ID.fullmatch(name):
        return go("/notices", say(request, "公告的编号只能用小写字母、数字和连字符"))
    return go(f"/notices/{name}")


def notice(request: Request) -> Response:
    """The form of a notice."""
    return _notice_form(request, {})


def save_notice(request: Request) -> Response:
    """The form as it was left."""
    return save(request, notice_act(request), "/notices", lambda said: _notice_form(request, said))


def notice_act(request: Request) -> Act:
    """What the form says."""
    form, name = request.state.form, request.path_params["id"]
    values = {
        "title": form.get("title", "").strip(),
        "level": form.get("level", "info"),
        "from": _day(form.get("from", "")),
        "until": _day(form.get("until", "")),
    }
    return acts.edit_page(
        f"notices/{name}.md", values, form.get("body", ""), "编辑公告", str(values["title"])
    )


def _notice_form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, name, sent = desk_of(request), request.path_params["id"], request.state.form
    file = desk.folder.read(f"notices/{name}.md")
    front, body = parts_of(file.text) if file.text else ("", "")
    tree = yaml.safe_load(front) or {}
    return show(
        request,
        "notice",
        (409 if "conflict" in values else 422) if sent else 200,
        id=name,
        levels=list(Level),
        facts={
            fact: sent.get(fact, str(tree.get(fact) or "")) for fact in ("title", "level", "from", "until")
        },
        body=sent.get("body", body),
        page=notice_page(name),
        **{"seen": file.digest, "problems": [], "conflict": None, **values},
    )


def add(request: Request) -> Response:
    """The form for an entry without a feed."""
    return _entry_form(request, {})


def save_entry(request: Request) -> Response:
    """Add it to entries.yaml."""
    form = request.state.form
    values: dict[str, Any] = {
        name: form.get(name, "").strip() for name in ("url", "account", "title", "kind")
    }
    named = [one.id for one in desk_of(request).settings.accounts if values["account"] in (one.id, one.name)]
    values["account"] = named[0] if named else values["account"]
    values["date"] = _moment(form.get("date", ""))
    values["cover"] = form.get("cover", "").strip()
    return save(request, acts.add_entry(values), "/add", lambda said: _entry_form(request, said))


def _entry_form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, sent = desk_of(request), request.state.form
    names = ("url", "account", "title", "date", "cover", "kind")
    return show(
        request,
        "add",
        422 if sent else 200,
        facts={name: sent.get(name, "") for name in names},
        kinds=list(Media),
        newest=desk.content().entries[-10:],
        now=desk.now.strftime("%Y-%m-%dT%H:%M"),
        **{"problems": [], **values},
    )


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return text.strip()


def _moment(text: str) -> datetime | date | str:
    text = text.strip()
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return text
