"""The scores as a table, beside what issue 5 asks for."""

from __future__ import annotations

from collections.abc import Iterator

from .scoring import Scores, Share, corrections


def table(scores: Scores) -> str:
    """All measures, one a line."""
    return "\n".join([*_head(scores), "", *_kinds(scores), "", *_lookalikes(scores)])


def _head(scores: Scores) -> Iterator[str]:
    marked, silent = corrections(scores)
    yield f"{scores.entries} entries, {scores.missing} of them not exported"
    yield f"{'measure':<44}{'found':>9}{'must':>8}{'aim':>8}"
    yield _line("pairwise precision", scores.precision.value, ".9985", ".9995")
    yield _line("pairwise recall", scores.recall.value, ".972", ".985")
    yield _line("F1", scores.f1)
    yield _line("hard negatives merged", scores.lookalikes_merged.value, ".002", "0")
    yield _line("other entries merged wrongly", scores.others.value)
    yield _line("original named rightly", scores.originals.value, ".91", ".95")
    yield _line("outside stories with an original all the same", scores.outside_claimed.value)
    yield _line("marked corrections found", marked.value, ".93", ".97")
    yield _line("silent corrections found", silent.value, ".50", ".75")
    yield _line("digests: glued to a story they tell of", scores.glued.value, ".03", "0")
    yield _line("digests: contained stories named", scores.named.value, ".80", ".92")
    yield _line("digests: stories named that are not in them", scores.named_wrongly.value)


def _line(name: str, value: float, must: str = "", aim: str = "") -> str:
    return f"{name:<44}{value:>9.4f}{must:>8}{aim:>8}"


def _kinds(scores: Scores) -> Iterator[str]:
    yield f"{'kind of repost':<44}{'recall':>9}{'of':>8}"
    for name, share in sorted(scores.kinds.items(), key=lambda item: item[1].value):
        yield f"{name:<44}{share.value:>9.3f}{share.of:>8}"


def _lookalikes(scores: Scores) -> Iterator[str]:
    yield f"{'hard negatives':<32}{'merged':>9}{'of':>8}   95 % bounds"
    for name, share in sorted(scores.lookalikes.items(), key=lambda item: -item[1].value):
        yield _bounded(name, share)
    yield _bounded("all", scores.lookalikes_merged)


def _bounded(name: str, share: Share) -> str:
    low, high = share.bounds()
    return f"{name:<32}{share.value:>9.4f}{share.of:>8}   {low:.4f} to {high:.4f}"
