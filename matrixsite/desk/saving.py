"""Saving what a form brought: then on to a page, or the form again with what is wrong, or with what another changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk.acts import Act
from matrixsite.desk.files import Conflict, NoSuchFile, difference
from matrixsite.desk.showing import desk_of, go, problems_of, say, show
from matrixsite.desk.yaml_text import NoYaml
from matrixsite.errors import SettingsError

_REF = re.compile(r"ref: ([^\s{},]+)|^\s*- ([^\s{},:]+://\S+|[a-z2-7]{12})$")

Form = Callable[[Mapping[str, Any]], Response]  # shows the form again, with these values besides


def save(request: Request, act: Act, back: str, form: Form | None = None) -> Response:
    """Save an act. The form's field `seen` is the digest of the file that its editor saw; acts that any version of a
    file bears come without.
    """
    desk, session = desk_of(request), request.state.session
    seen = request.state.form.get("seen")
    try:
        done = desk.save(act, session.editor, seen)
    except NoSuchFile:
        return show(request, "missing", 404)
    except Conflict as conflict:
        return _conflict(request, conflict, form, seen or "")
    except (SettingsError, NoYaml) as error:
        problems = problems_of(error.problems) if isinstance(error, SettingsError) else _of_yaml(act, error)
        return (form or _refused(request))({"problems": problems})
    if not done.number:
        return go(back, say(request, "没有改动"))
    what = say(request, act.what)
    return go(back, say(request, "已保存：{what} {about}", what=what, about=act.about), done.number)


def _conflict(request: Request, conflict: Conflict, form: Form | None, seen: str) -> Response:
    """What the editor wrote stays in the form; beside it stands what the other saved since the editor looked."""
    saves = desk_of(request).history.all()
    before = next((one.after for one in reversed(saves) if one.digest == seen), None)
    now = conflict.file
    lines = difference(before or "", now.text, now.name)
    added = [line[1:] for line in lines if line.startswith("+")]
    conflict_ = {"lines": lines, "known": before is not None, "added": _refs(added)}
    values = {"conflict": conflict_, "seen": now.digest}
    return form(values) if form else show(request, "conflict", 409, name=now.name, **values)


def _refs(lines: Sequence[str]) -> set[str]:
    """The refs that lines of a file name."""
    return {(found[1] or found[2]).strip("'\"") for line in lines if (found := _REF.search(line))}


def _refused(request: Request) -> Form:
    return lambda values: show(request, "refused", 422, **values)


def _of_yaml(act: Act, error: Exception) -> list[Mapping[str, object]]:
    mend = "Mend the file by hand: open it as text."
    return [{"file": f"content/{act.name}", "line": 0, "field": "", "reason": str(error), "mend": mend}]
