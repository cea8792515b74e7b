"""What the files of a site say of each other: every link leads to a file, every fragment to an id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from matrixsite.site.checking.facts import PageFacts
from matrixsite.site.checking.findings import Finding
from matrixsite.site.checking.targets import Target


def resolve(read: Iterable[PageFacts], files: Collection[str]) -> Iterator[Finding]:
    """All findings of the files read, whose links lead among `files`; O(pages) memory, not O(links)."""
    ids: dict[str, frozenset[str]] = {}
    fragments: list[tuple[str, str, Target]] = []  # (page, file, target) until all files are read
    for facts in read:
        yield from facts.findings
        if facts.path.endswith(".html"):
            ids[facts.path] = facts.ids
        for target in facts.targets:
            file = _file(target.path, files)
            if file is None:
                yield target.rule.broken(facts.path, f"links to {target.link[:200]!r}, which is not there")
            elif target.fragment:
                fragments.append((facts.path, file, target))
    yield from _unnamed(fragments, ids)


def _file(path: str, files: Collection[str]) -> str | None:
    """The file that answers at a path: itself, or the index of a folder."""
    if path in files:
        return path
    index = f"{path}/index.html" if path else "index.html"
    return index if index in files else None


def _unnamed(
    fragments: Iterable[tuple[str, str, Target]], ids: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    for page, file, target in fragments:
        if file in ids and target.fragment not in ids[file]:
            what = f"links to {target.link[:200]!r}, and nothing on that page has the id"
            yield target.rule.broken(page, what)
