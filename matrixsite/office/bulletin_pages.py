"""A month's check as a page to print, tables, and texts to paste."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matrixsite.config.settings import Settings
from matrixsite.office.circular import circular, verdict_words
from matrixsite.office.pages import LANGUAGES, Printer, parts_of, words
from matrixsite.registry.bulletin import Bulletin
from matrixsite.spreadsheet import Table


def folder_of(bulletin: Bulletin) -> str:
    """Where all of a month lies."""
    return f"bulletins/{bulletin.month}"


def bulletin_pages(bulletin: Bulletin, settings: Settings, printer: Printer) -> Iterator[tuple[str, bytes]]:
    """The page to print, with those who failed; and the circular in three languages."""
    names = {group.id: group.name for group in settings.groups}
    say = words(settings.site.language)
    groups = [(names[group], count) for group, count in bulletin.groups.items()]
    for part in parts_of(bulletin.failed, folder_of(bulletin)):
        yield printer(
            part.path,
            "bulletin",
            part=part,
            bulletin=bulletin,
            groups=groups[:100] if part.number == 1 else (),
            more_groups=max(0, len(groups) - 100),
            paragraphs=circular(bulletin, settings, say) if part.number == 1 else (),
            verdicts=verdict_words(say, bulletin.days),
        )
    for language in LANGUAGES:
        text = "\n\n".join(circular(bulletin, settings, words(language)))
        yield f"{folder_of(bulletin)}/circular.{language}.txt", f"{text}\n".encode()


def bulletin_tables(bulletin: Bulletin, settings: Settings) -> Mapping[str, Table]:
    """All who were checked, and the groups."""
    say = words(settings.site.language)
    verdicts = verdict_words(say, bulletin.days)
    names = {group.id: group.name for group in settings.groups}
    rows: list[Sequence[object]] = [
        ("account", "name", "member", "platform", "groups", "verdict", "why", "newest", "since", "last_month")
    ]
    for one in bulletin.accounts:
        account = one.account
        rows.append(
            (
                *(account.id, account.name, account.member, account.platform),
                "、".join(names.get(group, group) for group in account.groups),
                *(one.verdict.value, verdicts[one.verdict]),
                one.newest.isoformat() if one.newest else "",
                one.since.isoformat() if one.since else "",
                one.before.value if one.before else "",
            )
        )
    columns = ("checked", "passed", "failed", "rate", "checked_before", "passed_before", "rate_before")
    groups: list[Sequence[object]] = [("group", "name", *columns)]
    for group, count in bulletin.groups.items():
        values = (getattr(count, name) for name in columns)
        groups.append((group, names[group], *("" if value is None else value for value in values)))
    return {"accounts": rows, "groups": groups}
