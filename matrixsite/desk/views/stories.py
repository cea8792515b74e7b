"""A story with the evidence for each of its carriers: to be joined, split, and told whose it is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk.showing import desk_of, show
from matrixsite.matrix import Explanation
from matrixsite.registry.story_reasons import Reasons
from matrixsite.site.words import words


def story(request: Request) -> Response:
    """The story of an entry, or the entry alone."""
    desk = desk_of(request)
    try:
        found = desk.matrix_now().explain(request.path_params["entry"])
    except ValueError:
        found = []
    if not found:
        return show(request, "missing", 404)
    one = found[0]
    carriers = sorted((one, *_others(request, one)), key=lambda item: (item.entry.published, item.entry.id))
    shown = [_row(request, carrier) for carrier in carriers]
    return show(request, "story", one=one, carriers=shown, alike=one.told.alike)


def _others(request: Request, one: Explanation) -> list[Explanation]:
    matrix = desk_of(request).matrix_now()
    names = [carrier.id for carrier in one.carriers if carrier.id != one.entry.id][:50]
    return [explained for name in names for explained in matrix.explain(name)]


def _row(request: Request, item: Explanation) -> dict[str, object]:
    desk = desk_of(request)
    account = desk.accounts.get(item.entry.account)
    names = {name: one.name for name, one in desk.accounts.items()}
    reasons = Reasons(words(request.state.session.language), names)
    return {
        "entry": item.entry,
        "account": account.name if account else item.entry.account,
        "published": item.entry.published.astimezone(desk.matrix.zone).strftime("%Y-%m-%d %H:%M"),
        "reasons": list(reasons.of(item.told)),
    }
