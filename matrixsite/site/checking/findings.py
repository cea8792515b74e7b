"""What a check finds: one line each, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matrixsite.errors import Problem


class Severity(StrEnum):
    """Whether the site is broken, or only worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file."""

    path: str  # of the page inside the site, or of the editors' file with its line
    what: str
    mend: str
    severity: Severity
    rule: str  # which rule it breaks; findings are grouped by it

    def __str__(self) -> str:
        return f"{self.path}: {self.what}. {self.mend}".rstrip()


@dataclass(frozen=True, slots=True)
class Rule:
    """What files are held to. `name` heads its findings; `mend` is the same for all of them."""

    name: str
    mend: str
    severity: Severity = Severity.ERROR

    def broken(self, path: str, what: str) -> Finding:
        return Finding(path, what, self.mend, self.severity, self.name)


MANIFEST = Rule("files as published", "Publish it again: matrixsite build --repair.")
PUBLISHED = Rule("a site there", "Build it first: matrixsite build.")
LINKS = Rule("links", "Correct it where it is written, or build again with --repair.")
MENTIONS = Rule(
    "addresses of this site in texts",
    "Whoever wrote the text has to correct it; readers meet the page for misses.",
    Severity.WARNING,
)
MARKUP = Rule("pages", "Correct the template or the editors' page that it stands in.")
POLICY = Rule(
    "content security policy", "Browsers ignore it: move it to a file of the theme, or leave it out."
)
SIZE = Rule("page size", "Phones on slow lines wait for it: shorten or split the page.", Severity.WARNING)
FEEDS = Rule("feeds", "Readers may refuse it: report it with this line, it is written by matrixsite.")
ADVICE = Rule("advice for feeds", "Some readers miss it.", Severity.WARNING)
SITEMAPS = Rule("sitemaps", "Search engines may refuse it: report it with this line.")


def noted(problems: Iterable[Problem], rule: str) -> list[Finding]:
    """What settings and editors' files are warned of, as findings."""
    return [
        Finding(
            f"{problem.file}:{problem.line}" if problem.line else problem.file,
            f"{problem.field}: {problem.reason}" if problem.field else problem.reason,
            problem.mend,
            Severity.WARNING,
            rule,
        )
        for problem in problems
    ]
