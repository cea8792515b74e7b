"""What one file of a site says of itself: where it leads, what can be led to in it, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matrixsite.site.checking.findings import Finding, Rule
from matrixsite.site.checking.targets import Site, Target, TargetError, target_of


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One file. Picklable: files are read in any process, resolved in one."""

    path: str
    targets: tuple[Target, ...] = ()  # inside the site, each once
    ids: frozenset[str] = frozenset()  # that fragments may name
    findings: tuple[Finding, ...] = ()


class Notes:
    """Facts of one file as they are found."""

    def __init__(self, path: str, site: Site) -> None:
        self.path, self.site = path, site
        self.ids: set[str] = set()
        self._targets: dict[Target, None] = {}
        self._findings: dict[Finding, None] = {}

    def broken(self, rule: Rule, what: str) -> None:
        """The file breaks a rule."""
        self._findings[rule.broken(self.path, what)] = None

    def leads_to(self, link: str, rule: Rule) -> bool:
        """The file links there; `rule` is broken where that leads nowhere. Returns whether it is inside the site."""
        try:
            target = target_of(link, self.path, self.site, rule)
        except TargetError as error:
            self.broken(rule, str(error))
            return False
        if target:
            self._targets[target] = None
        return target is not None

    def lead_to(self, links: Iterable[str], rule: Rule) -> None:
        """The file links to each of them."""
        for link in links:
            self.leads_to(link, rule)

    def facts(self) -> PageFacts:
        """What was found; a fragment of the file's own is resolved here, for it needs no other file."""
        own = [target for target in self._targets if target.path == self.path and target.fragment]
        for target in own:
            if target.fragment not in self.ids:
                self.broken(target.rule, f"links to {target.link!r}, and nothing on the page has that id")
        targets = tuple(target for target in self._targets if target.path != self.path)
        return PageFacts(self.path, targets, frozenset(self.ids), tuple(self._findings))
