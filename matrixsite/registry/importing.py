"""Lists of members as files for members/: ids found or made, names made ids, what can't be used told by line.

What comes out is a file of accounts, and the groups and members that they newly name, for `include`; feeds.yaml itself
is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from matrixsite.config.account_checks import check_account
from matrixsite.config.names import name_key
from matrixsite.config.settings import Account, Settings
from matrixsite.config.source import FieldPath, Source
from matrixsite.config.spelling import account_tree, written_path
from matrixsite.config.validation import validate_each
from matrixsite.config.value_checks import Fault
from matrixsite.config.wording import shown
from matrixsite.errors import Problem
from matrixsite.registry.member_files import GroupPath, MemberFile, MemberLine, read_member_file
from matrixsite.registry.member_rows import Row

_REQUIRED = ("id", "name")


@dataclass
class Imported:
    """What a file brings. Rows are as YAML has them; `unused` says by line what of the file isn't in them."""

    accounts: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)  # that the registry has not
    members: list[Row] = field(default_factory=list)  # the same
    unused: list[Problem] = field(default_factory=list)


def read_members(path: Path, settings: Settings | None = None) -> Imported:
    """The accounts in a file. Against `settings`, the registry, it knows accounts, groups and members by their names.

    Raises SettingsError for a file that is no list of members.
    """
    return _Reader(read_member_file(path), settings, path.parent).imported()


def members_yaml(imported: Imported, comment: str) -> str:
    """The file for `include`, after a comment of one line."""
    import yaml

    lists = {"groups": imported.groups, "members": imported.members, "accounts": imported.accounts}
    tree = {key: rows for key, rows in lists.items() if rows or key == "accounts"}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    body = yaml.dump(tree, Dumper=dumper, allow_unicode=True, sort_keys=False, width=200)
    return f"# {' '.join(comment.split())}\n{body}"


class _Known:
    """What the registry has, by all that a file may call it."""

    def __init__(self, settings: Settings | None) -> None:
        accounts = settings.accounts if settings else ()
        self.accounts = {account.id for account in accounts}
        self.by_feed = {feed.url: account.id for account in accounts for feed in account.feeds}
        self.by_name: dict[tuple[str, str], set[str]] = {}
        self.names: dict[str, set[str]] = {}
        for account in accounts:
            for name in {name_key(each) for each in (account.name, *account.other_names)}:
                self.by_name.setdefault((name, account.platform), set()).add(account.id)
                self.names.setdefault(name, set()).add(account.id)
        groups = settings.groups if settings else ()
        self.groups = {group.id for group in groups}
        self.group_ids = {name_key(group.name): group.id for group in groups}
        members = settings.members if settings else ()
        self.members = {member.id for member in members}
        self.member_ids = {name_key(name): one.id for one in members for name in (one.name, *one.aliases)}

    def account(self, said: Row) -> str:
        """The id of the account that a row without one means, by its feed, else by its name on its platform."""
        for feed in said.get("feed", ()):
            if found := self.by_feed.get(feed if isinstance(feed, str) else feed["url"]):
                return found
        name = name_key(said.get("name", ""))
        ids = self.by_name.get((name, said["platform"])) if "platform" in said else self.names.get(name)
        return next(iter(ids)) if ids and len(ids) == 1 else ""


class _Reader:
    def __init__(self, file: MemberFile, settings: Settings | None, folder: Path) -> None:
        self.file, self.known = file, _Known(settings)
        self.root = settings.root if settings else folder
        self.done = Imported(unused=list(file.unused))
        self._groups: dict[GroupPath, str] = {}
        self._members: dict[str, str] = {}

    def imported(self) -> Imported:
        rows = [{**line.said} for line in self.file.lines]
        self._give_ids(rows)
        for line, row in zip(self.file.lines, rows, strict=True):
            self._place(line, row)
        ids = {row["id"] for row in rows} | self.known.accounts
        for line, row in zip(self.file.lines, rows, strict=True):
            self._successor(line, row, rows, ids)
        self.done.accounts = list(self._valid(rows))
        self.done.unused.sort(key=lambda problem: problem.line)
        return self.done

    def _leave_out(self, line: int, field: str, reason: str, mend: str) -> None:
        self.done.unused.append(Problem(self.file.name, line, field, reason, mend))

    def _give_ids(self, rows: list[Row]) -> None:
        """That of the registry, else an ASCII id from the name, else from the feed; never the same twice."""
        taken = {row["id"] for row in rows if row.get("id")}
        for at, row in enumerate(rows):
            if row.get("id"):
                continue
            known = self.known.account(row)
            feed, name = str(row.get("feed", "")), row.get("name", "")
            new = known if known not in taken and known else _ascii(name) or f"a{_short(feed + name)}"
            if new in taken or (new in self.known.accounts and new != known):
                new = f"{new}-{_short(f'{feed}{at}')}"
            taken.add(new)
            rows[at] = {"id": new, **row}

    def _place(self, line: MemberLine, row: Row) -> None:
        if groups := list(dict.fromkeys(self._group(path) for path in line.groups)):
            row["group"] = groups if len(groups) > 1 else groups[0]
        if (member := row.get("member")) and member not in self.known.members:
            row["member"] = self._member(member)
        if len(row.get("feed", ())) == 1:
            (row["feed"],) = row["feed"]
        elif "feed" in row:
            row["feeds"] = row.pop("feed")

    def _group(self, path: GroupPath) -> str:
        """The id of a group; one that the registry has not is made, and those that it lies in."""
        name = path[-1]
        if known := name if name in self.known.groups else self.known.group_ids.get(name_key(name), ""):
            return known
        if path not in self._groups:
            parent = self._group(path[:-1]) if len(path) > 1 else ""
            taken = {*self.known.groups, *self._groups.values()}
            new = _ascii(name) or f"g{_short('/'.join(path))}"
            self._groups[path] = new if new not in taken else f"{new}-{_short('/'.join(path))}"
            group = {"id": self._groups[path], "name": name}
            self.done.groups.append(group | ({"parent": parent} if parent else {}))
        return self._groups[path]

    def _member(self, name: str) -> str:
        if known := self.known.member_ids.get(name_key(name)):
            return known
        if _ascii(name) == name:
            return name  # an id: the member is implied
        if name not in self._members:
            self._members[name] = f"m{_short(name)}"
            self.done.members.append({"id": self._members[name], "name": name})
        return self._members[name]

    def _successor(self, line: MemberLine, row: Row, rows: list[Row], ids: set[str]) -> None:
        named = row.get("successor")
        if not named or named in ids:
            return
        found = {one["id"] for one in rows if one.get("name") == named} | self.known.names.get(
            name_key(named), set()
        )
        if len(found) == 1:
            (row["successor"],) = found
            return
        del row["successor"]
        many = (
            f"{len(found)} accounts are called {shown(named)}"
            if found
            else f"there is no account {shown(named)}"
        )
        self._leave_out(line.line, "successor", many, "Write an account's id.")

    def _valid(self, rows: list[Row]) -> Iterator[Row]:
        """The rows without what settings would refuse; those without id or name not at all."""
        for _ in range(2):  # what one fault hid may come to light once that is gone
            rows = self._without_faults(rows)
        seen: dict[str, int] = {}
        for line, row in zip(self.file.lines, rows, strict=True):
            if row and row["id"] in seen:
                reason = f"{row['id']} stands in line {seen[row['id']]} already"
                self._leave_out(line.line, "id", reason, "Remove one of the two.")
            elif row:
                seen[row["id"]] = line.line
                yield row

    def _without_faults(self, rows: list[Row]) -> list[Row]:
        trees: list[Any] = [account_tree(row, lambda *_: None) if row else {} for row in rows]
        lines = [line.line for line in self.file.lines]
        source = Source(
            self.file.name, {"accounts": rows}, lambda path: lines[int(path[1])] if len(path) > 1 else 0
        )

        def written(path: FieldPath) -> FieldPath:
            return written_path(path, source.tree)

        there = [at for at, row in enumerate(rows) if row]
        values, problems = validate_each(
            Account, [trees[at] for at in there], source, ("accounts",), lambda path: path
        )
        faults: dict[int, dict[str, Fault]] = {}
        for problem in problems:
            _, index, key, *_ = [*problem.field.split("."), ""]
            fault = Fault((key,), problem.reason, problem.mend)
            faults.setdefault(there[int(index)], {}).setdefault(key, fault)
        for place, account in values.items():
            at = there[place]
            for fault in check_account(account, self.root):
                key = str(written(("accounts", at, *fault.path))[2])
                faults.setdefault(at, {}).setdefault(key, fault)
        return [self._mended(row, lines[at], faults.get(at, {})) for at, row in enumerate(rows)]

    def _mended(self, row: Row, line: int, faults: dict[str, Fault]) -> Row:
        for key, fault in faults.items():
            self._leave_out(line, key, fault.reason, fault.mend)
            for spelling in {"groups": ("group", "groups"), "feeds": ("feed", "feeds")}.get(key, (key,)):
                row.pop(spelling, None)
        return {} if faults.keys() & {*_REQUIRED, ""} else row


def _ascii(name: str) -> str:
    """A slug of a name that is Latin; nothing for others, for romanised Chinese names collide."""
    folded = unicodedata.normalize("NFKD", name)
    if any(ord(char) > 0x2FF and not unicodedata.combining(char) for char in folded):
        return ""
    slug = re.sub(r"[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode().lower()).strip("-")
    return slug[:40].strip("-")


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
