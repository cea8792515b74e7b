"""Entries of the last days: looked for, ticked, and what is done with those that were ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk import acts
from matrixsite.desk.acts import Act
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, go, say, show
from matrixsite.editorial.decisions import Scope
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.editorial.sections import all_sections
from matrixsite.model import Entry
from matrixsite.store.finding import Only, Wanted

DAYS = (1, 3, 7, 30, 0)  # that can be looked back; 0: all
MOST_TICKED = 100
PICKED = ("columns", "series", "campaigns")  # lists whose files are a page each


def entries(request: Request) -> Response:
    """The search, and what it found."""
    asked = request.query_params
    page = int(asked.get("page", "1")) if asked.get("page", "1").isdigit() else 1
    days = int(asked["days"]) if asked.get("days", "").isdigit() else 7
    desk, content = desk_of(request), desk_of(request).content()
    found, more = desk.find(_wanted(request, days), max(page, 1))
    return show(
        request,
        "entries",
        found=[_row(request, one) for one in found],
        more=more,
        page=page,
        days=days,
        all_days=DAYS,
        asked=asked,
        groups=desk.settings.groups,
        sections=[section for section in all_sections(content.sections) if not section.link],
        lists=[one for folder in PICKED for one in content.lists[folder]],
        today=desk.today,
    )


def _wanted(request: Request, days: int) -> Wanted:
    asked, desk = request.query_params, desk_of(request)
    accounts: tuple[str, ...] | None = None
    if account := asked.get("account", "").strip():
        named = [one.id for one in desk.settings.accounts if account in (one.id, one.name)]
        accounts = tuple(named or [one.id for one in desk.settings.accounts if account in one.name])
    elif group := asked.get("group"):
        within = groups_of_accounts(desk.settings)
        accounts = tuple(name for name, groups in within.items() if group in groups)
    only = asked.get("only", "")
    return Wanted(
        words=tuple(asked.get("q", "").split())[:10],
        accounts=accounts,
        node=f"section:{asked['section']}" if asked.get("section") else "",
        only=Only(only) if only in list(Only) else Only.ANY,
        since=desk.now - timedelta(days=days) if days else None,
    )


def _row(request: Request, item: Entry) -> dict[str, Any]:
    desk = desk_of(request)
    account = desk.accounts.get(item.account)
    return {
        "entry": item,
        "account": account.name if account else item.account,
        "published": item.published.astimezone(desk.matrix.zone).strftime("%m-%d %H:%M"),
    }


def act(request: Request) -> Response:
    """What is to be done with the ticked entries."""
    form, desk = request.state.form, desk_of(request)
    ids = form.getlist("entry")[:MOST_TICKED]
    back = _back(form.get("back", "/"))
    ticked = list(desk.entries(ids).values())
    if not ticked:
        return go(back, say(request, "请先勾选稿件"))
    refs = [desk.ref_of(item) for item in ticked]
    verb = form.get("do", "")
    if verb == "headline":
        return go("/headline", ref=refs[0])
    if verb == "withdraw" and not form.get("why", "").strip():
        return go(back, say(request, "撤回要写明理由"))
    if verb in ("join", "original") and len(refs) != (1 if verb == "original" else max(2, len(refs))):
        return go(back, say(request, "合并要勾选两条以上，定为原稿只能勾选一条"))
    chosen = _act(request, verb, refs, ticked)
    return save(request, chosen, back) if chosen else go(back, say(request, "请选择要做什么"))


def _act(request: Request, verb: str, refs: Sequence[str], ticked: Sequence[Entry]) -> Act | None:
    form, desk, who = request.state.form, desk_of(request), request.state.session.editor
    match verb:
        case "pick":
            lists = (one for folder in PICKED for one in desk.content().lists[folder])
            chosen = next((one for one in lists if f"{one.folder}/{one.id}" == form.get("list")), None)
            return acts.pick_into(f"{form['list']}.md", refs, chosen.title) if chosen else None
        case "approve":
            return acts.approve(refs)
        case "withdraw":
            scope = Scope.STORY if form.get("scope") == "story" else Scope.ENTRY
            return acts.withdraw_all(refs, form["why"].strip(), scope=scope.value, by=who, on=desk.today)
        case "join" | "split" | "original":
            return acts.say_of_stories(verb, refs)
    return None


def _back(path: str) -> str:
    """A path of this desk, and nothing that leads elsewhere."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
