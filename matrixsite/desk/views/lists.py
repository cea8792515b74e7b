"""Columns: their facts, picks in order with notes, and the page as it would be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk import acts
from matrixsite.desk.acts import Act, PickLine, picks_of
from matrixsite.desk.pages import parts_of
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, go, say, show
from matrixsite.site.urls import front_page

_ID = re.compile(r"[a-z0-9-]{1,60}")
_FACTS = ("title", "lead", "cover", "from", "to", "limit", "order")


def columns(request: Request) -> Response:
    """All of them, and the way to a new one."""
    desk, content = desk_of(request), desk_of(request).content()
    others = [*content.series, *content.campaigns]
    return show(request, "columns", columns=content.columns, others=others, today=desk.today)


def new_column(request: Request) -> Response:
    """A form for a column that isn't there yet."""
    name = request.state.form.get("id", "").strip()
    if not _ID.fullmatch(name):
        return go("/columns", say(request, "专栏的编号只能用小写字母、数字和连字符"))
    return go(f"/columns/{name}")


def column(request: Request) -> Response:
    """The form of a column."""
    return _form(request, {})


def save_column(request: Request) -> Response:
    """The form as it was left."""
    name = request.path_params["id"]
    return save(request, column_act(request), f"/columns/{name}", lambda values: _form(request, values))


def column_act(request: Request) -> Act:
    """What the form of a column says."""
    form, name = request.state.form, request.path_params["id"]
    values: dict[str, Any] = {fact: _value(fact, form.get(fact, "")) for fact in _FACTS}
    rule = form.get("rule", "").strip()
    values["rule"] = _tree(rule)
    values["exclude"] = form.get("exclude", "").split()
    refs, notes, stood = (form.getlist(part) for part in ("ref", "note", "stood"))
    picks = [
        PickLine(ref.strip(), note.strip(), int(number) if number.isdigit() else None)
        for ref, note, number in zip(refs, notes, stood, strict=False)
        if ref.strip()
    ]
    return acts.edit_list(f"columns/{name}.md", values, picks, form.get("body", ""), values["title"] or name)


def _form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, name = desk_of(request), request.path_params["id"]
    file = desk.folder.read(f"columns/{name}.md")
    front, body = parts_of(file.text) if file.text else ("", "")
    tree = yaml.safe_load(front) or {}
    sent = request.state.form
    picks = picks_of(tree)
    numbers = {ref: str(number) for number, (ref, _) in enumerate(picks)}
    if sent:  # what another editor picked meanwhile stands below, not lost
        ours = list(zip(sent.getlist("ref"), sent.getlist("note"), strict=False))
        added = values["conflict"]["added"] if values.get("conflict") else ()
        picks = ours + [(ref, note) for ref, note in picks if ref in added and ref not in dict(ours)]
    known = desk.entries([ref for ref, _ in picks])
    facts = {fact: sent.get(fact, _shown(tree.get(fact))) for fact in _FACTS}
    return show(
        request,
        "column",
        (409 if "conflict" in values else 422) if sent else 200,
        id=name,
        facts=facts,
        rule=sent.get("rule", _yaml(tree.get("rule"))),
        exclude=sent.get("exclude", "\n".join(tree.get("exclude") or ())),
        body=sent.get("body", body),
        picks=[
            {"ref": ref, "note": note, "stood": numbers.get(ref, ""), "entry": known.get(ref)}
            for ref, note in picks
        ],
        page=front_page("columns", name),
        **{"seen": file.digest, "problems": [], "conflict": None, **values},
    )


def _value(fact: str, text: str) -> Any:
    text = text.strip()
    if fact in ("from", "to") and text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text  # the check says what is wrong with it
    if fact in ("limit", "order") and text.lstrip("-").isdigit():
        return int(text)
    return text


def _tree(text: str) -> Any:
    try:
        return yaml.safe_load(text) if text else None
    except yaml.YAMLError:
        return text


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False) if value else ""
