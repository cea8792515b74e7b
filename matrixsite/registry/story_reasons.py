"""Why an entry is in its story, and why the story's original is the original: sentences in the site's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matrixsite.dedup.prints import title_key_of
from matrixsite.dedup.verdict import Evidence
from matrixsite.model import Entry
from matrixsite.site.words import Words

Measured = float | int | str


@dataclass(frozen=True)
class Told:
    """What is known of an entry and its story."""

    entry: Entry
    original: Entry
    why: str = (
        ""  # the original is the original: dedup.origins.Origin.why, with the number of those who name it
    )
    measures: Mapping[str, Measured] = field(default_factory=dict)  # that decided, see dedup.compare.Measures
    beside: Entry | None = None  # whom it was compared with
    contains: Sequence[Entry] = ()  # the originals of the stories that its story rounds up
    digests: Sequence[Entry] = ()  # of those that round its story up
    alike: Sequence[Entry] = ()  # of the same title, in other stories


class Reasons:
    """The sentences. `accounts` are names by account id."""

    def __init__(self, say: Words, accounts: Mapping[str, str]) -> None:
        self._say, self._accounts = say, accounts

    def of(self, told: Told) -> Iterator[str]:
        """Every sentence there is to say, the reason first."""
        yield self.joined(told)
        if told.why not in ("", "only"):
            yield self.origin(told)
        say = self._say
        if told.contains:
            yield say("它汇总了：{entries}", entries=self._all(told.contains))
        if told.digests:
            yield say("它见于汇总：{entries}", entries=self._all(told.digests))
        if told.alike:
            yield say("标题相同而属于别的稿件：{entries}", entries=self._all(told.alike))

    def joined(self, told: Told) -> str:
        """Why it is in its story, with the measures."""
        say, measures = self._say, told.measures
        other = self._name(told.beside) if told.beside else str(measures.get("with", ""))
        match told.entry.evidence:
            case "":
                return say("等下一次运行归入稿件")
            case Evidence.FOUNDER if told.contains:
                return say("它是汇总，自成一篇，含 {count} 篇稿件", count=len(told.contains))
            case Evidence.FOUNDER:
                return say("稿件由它开始：没有更早的条目与它相同")
            case Evidence.EDITOR:
                return say("编辑在 content/stories.yaml 中这样指定")
        reason = {
            Evidence.URL: say("页面地址与{other}相同", other=other),
            Evidence.TEXT: say("与{other}逐字相同", other=other),
            Evidence.NEAR: say("与{other}文字重合 {percent}%", other=other, percent=_overlap(measures)),
            Evidence.EXCERPT: say(
                "与{other}互为全文和节选，较短的一篇有 {percent}% 见于另一篇",
                other=other,
                percent=_percent(measures, "containment"),
            ),
            Evidence.TITLE: say("与{other}同用一个别处不用的标题", other=other),
            Evidence.PICTURE: say("配图与{other}相同", other=other),
            Evidence.CORRECTION: say(
                "与{other}是同一稿件更正前后的两版，文字重合 {percent}%",
                other=other,
                percent=_overlap(measures),
            ),
        }.get(Evidence(told.entry.evidence), "")
        return say("{reasons} → 同一稿件", reasons=say("，").join([reason, *self._details(told)]))

    def _details(self, told: Told) -> Iterator[str]:
        say, measures, evidence = self._say, told.measures, told.entry.evidence
        if evidence != Evidence.TITLE and told.beside and _number(measures, "title"):
            if title_key_of(told.entry.title) == title_key_of(told.beside.title):
                yield say("标题相同")
            else:
                yield say("标题相似 {percent}%", percent=_percent(measures, "title"))
        if evidence == Evidence.TITLE and _number(measures, "containment"):
            yield say("较短的一篇有 {percent}% 见于另一篇", percent=_percent(measures, "containment"))
        if agreed := _number(measures, "agreed"):
            yield say("{count} 处数字一致", count=int(agreed))
        if conflicts := _number(measures, "conflicts") + _number(measures, "template_conflicts"):
            yield say("{count} 处数字不同", count=int(conflicts))
        if _number(measures, "places"):
            yield say("所写的地方不同")

    def origin(self, told: Told) -> str:
        """Why the original is the original, and whether the story comes from outside."""
        say = self._say
        code, _, count = told.why.partition(" ")
        original = self._name(told.original)
        sentence = {
            "editor": say("编辑指定{original}为原稿", original=original),
            "named": say(
                "{count} 家注明来源是{original}，它是矩阵内的原稿", original=original, count=int(count or 1)
            ),
            "earliest": say("{original}不像转载，发布最早，它是矩阵内的原稿", original=original),
        }.get(code, "")
        if not told.entry.outside:
            return sentence
        outside = say("有条目注明来源是矩阵外的“{name}”，所以不称首发", name=told.entry.outside)
        return say("；").join([sentence, outside]) if sentence else outside

    def _all(self, entries: Sequence[Entry]) -> str:
        return self._say("、").join(map(self._name, entries))

    def _name(self, entry: Entry) -> str:
        account = self._accounts.get(entry.account, entry.account)
        title = entry.title or entry.excerpt[:20] or entry.id
        return self._say("《{title}》（{account}）", title=title, account=account)


def _number(measures: Mapping[str, Measured], name: str) -> float:
    found = measures.get(name, 0)
    return float(found) if isinstance(found, (int, float)) else 0.0


def _overlap(measures: Mapping[str, Measured]) -> int:
    """Of the texts, with what many stories have in common or without it, whichever says more."""
    return max(_percent(measures, "jaccard"), _percent(measures, "whole"))


def _percent(measures: Mapping[str, Measured], name: str) -> int:
    """Whole percent, rounded down: only all is 100."""
    return int(100 * _number(measures, name) + 1e-6)
