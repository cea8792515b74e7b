"""Honor rolls as tables: each list's winners in rows, pasted from a spreadsheet or typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

import yaml
from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk.acts import Act, edit_page
from matrixsite.desk.pages import parts_of
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, go, say, show
from matrixsite.desk.winners import CELLS, edit_winners, rows_of
from matrixsite.editorial.honors import HonorKind

_ID = re.compile(r"[a-z0-9-]{1,60}")
_FACTS = ("title", "year", "date", "basis")
EMPTY = 3  # rows to type into, below those that are there


def rolls(request: Request) -> Response:
    """All rolls, and the way to a new one."""
    desk = desk_of(request)
    content = desk.content()
    return show(request, "rolls", rolls=(*content.honor_drafts, *content.honors), year=desk.today.year)


def new_roll(request: Request) -> Response:
    """A roll with one list, from the two lines that it can't do without."""
    form = request.state.form
    name, title = form.get("id", "").strip(), form.get("title", "").strip()
    year = form.get("year", "")
    if not _ID.fullmatch(name) or not title or not year.isdigit():
        return go("/honors", say(request, "请写明编号（小写字母、数字、连字符）、标题和年份"))
    values = {"title": title, "year": int(year)}
    lists = [{"title": form.get("list", "").strip() or title, "kind": "account", "winners": []}]
    act = edit_page(f"honors/{name}.md", {**values, "lists": lists}, "", "新榜单", title)
    return save(request, act, f"/honors/{name}/0")


def winners(request: Request) -> Response:
    """One list of a roll."""
    return _form(request, {})


def save_winners(request: Request) -> Response:
    """The table as it was left; what was pasted is laid out in rows first, and saved by the next press."""
    form, name = request.state.form, request.path_params["id"]
    number = request.path_params["number"]
    if form.get("do") == "paste":
        return _form(request, {"pasted": True})
    back = f"/honors/{name}/{number}"
    return save(request, winners_act(request), back, lambda values: _form(request, values))


def winners_act(request: Request) -> Act:
    """What the table says."""
    form, name = request.state.form, request.path_params["id"]
    facts = {
        "title": form.get("list_title", "").strip(),
        "kind": form.get("kind", "account"),
        "announced": _number(form.get("announced", "")),
        "ordered": form.get("ordered") == "yes",
    }
    number = request.path_params["number"]
    return edit_winners(f"honors/{name}.md", number, facts, _rows(request), str(facts["title"]))


def save_roll(request: Request) -> Response:
    """What stands above the lists."""
    form, name = request.state.form, request.path_params["id"]
    values: dict[str, Any] = {fact: form.get(fact, "").strip() for fact in _FACTS}
    values["year"] = _number(values["year"]) or values["year"]
    values["date"] = yaml.safe_load(values["date"]) if values["date"] else None
    issuers = {part: _names(form.get(part, "")) for part in ("guided_by", "hosted_by", "organised_by")}
    values["issuers"] = {part: names for part, names in issuers.items() if names}
    act = edit_page(f"honors/{name}.md", values, form.get("body", ""), "编辑榜单", values["title"])
    return save(request, act, f"/honors/{name}/0", lambda said: _form(request, said))


def _form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, name, sent = desk_of(request), request.path_params["id"], request.state.form
    number = request.path_params["number"]
    file = desk.folder.read(f"honors/{name}.md")
    if not file.text:
        return show(request, "missing", 404)
    front, body = parts_of(file.text)
    tree = yaml.safe_load(front) or {}
    lists = tree.get("lists") or []
    one = lists[number] if number < len(lists) else {"title": "", "kind": "account", "winners": []}
    kind = sent.get("kind", one["kind"])
    rows = _rows(request) if sent else rows_of(one.get("winners") or [], kind)
    table = desk.pasted(sent.get("paste", ""), HonorKind(kind)) if values.get("pasted") else None
    rows += rows_of(table.winners(), kind) if table else []
    status = 200 if values.get("pasted") or not sent else 409 if "conflict" in values else 422
    return show(
        request,
        "winners",
        status,
        id=name,
        number=number,
        roll={fact: tree.get(fact) or "" for fact in _FACTS},
        issuers={part: _joined((tree.get("issuers") or {}).get(part)) for part in _ISSUERS},
        body=body,
        lists=[(place, each.get("title", "")) for place, each in enumerate(lists)],
        kinds=list(HonorKind),
        kind=kind,
        facts={
            "title": sent.get("list_title", one.get("title", "")),
            "announced": sent.get("announced", str(one.get("announced") or "")),
            "ordered": sent.get("ordered") == "yes" if sent else bool(one.get("ordered")),
        },
        cells=[cell for cell in CELLS if cell in _CELLS[kind] or any(row[cell] for row in rows)],
        rows=[*rows, *(dict.fromkeys(CELLS, "") for _ in range(EMPTY))],
        unresolved=table.unresolved if table else (),
        skipped=table.skipped if table else (),
        page=f"honors/{name}/index.html",
        **{"seen": file.digest, "problems": [], "conflict": None, **values},
    )


_CELLS = {  # that a list of a kind is written with; others show where one is filled
    "account": ("rank", "name", "account", "citation"),
    "work": ("rank", "work", "by", "citation", "link"),
    "unit": ("rank", "name", "member", "citation"),
    "person": ("rank", "name", "by", "member", "citation"),
}
_ISSUERS = {"guided_by": "指导", "hosted_by": "主办", "organised_by": "承办"}


def _rows(request: Request) -> list[dict[str, str]]:
    columns = [request.state.form.getlist(f"cell_{cell}") for cell in CELLS]
    lines = zip_longest(*columns, fillvalue="")
    rows = [dict(zip(CELLS, map(str.strip, values), strict=True)) for values in lines]
    return [row for row in rows if any(row.values())]


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split("[,，、;；\n]", text) if name.strip()]


def _joined(value: Any) -> str:
    return value if isinstance(value, str) else "、".join(value or ())


def _number(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0
