"""The desk without its pages: a matrix as editors see it, and their acts checked, saved and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from matrixsite.desk.acts import Act
from matrixsite.desk.files import Conflict, File, Folder
from matrixsite.desk.history import Checkout, History, Saved
from matrixsite.editorial.content import EDITORS_LISTS, Content, load_content
from matrixsite.editorial.honor_tables import HonorTable, winners_of
from matrixsite.editorial.honors import HonorKind
from matrixsite.editorial.laureates import Register
from matrixsite.editorial.pasted import lines_of_text
from matrixsite.editorial.refs import Ref, parse_ref
from matrixsite.editorial.status import account_standing, status_of
from matrixsite.errors import SettingsError
from matrixsite.matrix import Matrix, output_folder
from matrixsite.model import Entry
from matrixsite.registry.headline_candidates import HeadlineCandidate, headline_candidates
from matrixsite.site.drafting import Drafts, WithList
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.words import words
from matrixsite.store.archive import Judge, newest_where
from matrixsite.store.database import Database, open_database
from matrixsite.store.editors_lists import editors_lists
from matrixsite.store.finding import Wanted, find_entries
from matrixsite.store.memberships import would_hold
from matrixsite.store.reading import StoreSource
from matrixsite.store.refs import resolve
from matrixsite.store.schema import entry
from matrixsite.store.settling import decisions_of

PAGE = 50  # entries of a page of the search
LOOKED_AT = 1_500  # entries that a rule is tried on for a preview


@dataclass(frozen=True, slots=True)
class Done:
    """What a save came to."""

    file: File
    number: int  # of the save, by which it can be taken back; 0: there was nothing to change


class Desk:
    """One matrix on one machine. Settings are read when the desk opens, editors' files whenever they changed."""

    def __init__(self, config: Path, state: Path | None, clock: Callable[[], datetime]) -> None:
        self.matrix = Matrix.load(config, state=state)
        self.settings, self._clock = self.matrix.settings, clock
        self.root = self.settings.root / "content"
        place = self.settings.state / "desk"
        self.folder, self.history = Folder(self.root, place), History(place)
        self.database: Database = open_database(self.matrix.store)
        self.drafts = Drafts(self.settings)
        self.accounts = {account.id: account for account in self.settings.accounts}
        self._read: tuple[object, Content] | None = None

    # --- what there is ---

    @property
    def now(self) -> datetime:
        """The time, in the site's zone."""
        return self._clock().astimezone(self.matrix.zone)

    @property
    def today(self) -> date:
        """The day, in the site's zone."""
        return self.now.date()

    @property
    def output(self) -> Path:
        """The site as it was built last."""
        return output_folder(self.settings, self.database)

    @property
    def checkout(self) -> Checkout | None:
        """content/ where it is in a git checkout."""
        return Checkout.of(self.root)

    def content(self) -> Content:
        """The editors' files as they are. Raises SettingsError where some are wrong."""
        mark = _mark(self.root)
        if self._read is None or self._read[0] != mark:
            self._read = mark, load_content(self.root, self.settings)
        return self._read[1]

    def matrix_now(self) -> Matrix:
        """The matrix with the editors' files as they are."""
        made = Matrix(self.settings)
        made.content = self.content()
        return made

    @contextmanager
    def reading(self) -> Iterator[tuple[Connection, Judge]]:
        """The store, and who judges of entries by what the editors say now."""
        with self.database.read() as connection:
            decisions = decisions_of(connection, self.content())
            standing = account_standing(self.settings)
            yield connection, partial(status_of, standing=standing, decisions=decisions)

    def find(self, wanted: Wanted, page: int) -> tuple[Sequence[Entry], bool]:
        """A page of what was found, and whether there is more."""
        with self.reading() as (connection, judge):
            found = find_entries(connection, judge, wanted, start=(page - 1) * PAGE, count=PAGE + 1)
        return found[:PAGE], len(found) > PAGE

    def entries(self, refs: Sequence[str]) -> Mapping[str, Entry]:
        """The entries that refs name, by ref; those that name none, or several, are missing."""
        parsed: dict[str, Ref] = {}
        for text in refs:
            with suppress(ValueError):
                parsed[text] = parse_ref(text)
        with self.reading() as (connection, judge):
            names = resolve(connection, parsed.values())
            only = {text: names[ref][0] for text, ref in parsed.items() if len(names[ref]) == 1}
            which = [entry.c.id.in_(sorted(set(only.values())))]
            rows = newest_where(connection, judge, which, start=0, count=len(only))
        found = {item.id: item for item in rows}
        return {text: found[name] for text, name in only.items() if name in found}

    def ref_of(self, item: Entry) -> str:
        """How files name an entry: by its address, which people can read, where that names it alone; else its id."""
        try:
            parsed = parse_ref(item.url)
        except ValueError:
            return item.id
        with self.database.read() as connection:
            return item.url if resolve(connection, [parsed])[parsed] == (item.id,) else item.id

    def candidates(self, day: date) -> list[HeadlineCandidate]:
        """What may lead a day; editors choose."""
        say, content = words(self.settings.site.language), self.content()
        with self.reading() as (connection, judge):
            return headline_candidates(connection, judge, self.settings, content, day, say)

    def pasted(self, text: str, kind: HonorKind) -> HonorTable:
        """The winners in a table from a spreadsheet."""
        return winners_of(lines_of_text(text), kind, Register(self.settings))

    # --- what editors do ---

    def save(self, act: Act, who: str, seen: str | None = None) -> Done:
        """Change a file. `seen` is the digest of the version that the editor saw, None for an act that any bears.

        Nothing is written that would be wrong: raises SettingsError with its problems, NoYaml for a file that is none,
        Conflict where another saved meanwhile.
        """
        file = self.folder.read(act.name)
        if seen is not None and seen != file.digest:
            raise Conflict(file)
        text = act.change(file.text)
        if text == file.text:
            return Done(file, 0)
        self.check(act.name, text)
        written = self.folder.write(act.name, text, file.digest)
        when = self.now.isoformat(timespec="seconds")
        what = f"{act.what}\t{act.about}"
        return Done(written, self.history.add(act.name, what, who, when, file.text, text, written.digest))

    def check(self, name: str, text: str) -> Content:
        """All that the editors say, with this text in the place of that file's. Raises SettingsError."""
        try:
            return load_content(self.root, self.settings, {name: text})
        except SettingsError as error:
            its = [problem for problem in error.problems if problem.file == f"content/{name}"]
            raise SettingsError(its or error.problems) from error

    def undo(self, number: int, who: str) -> Saved:
        """Take a save back. Raises Conflict where the file was changed since, KeyError for an unknown one."""
        saved = self.history.find(number)
        if saved is None:
            raise KeyError(number)
        file = self.folder.read(saved.name)
        if file.text != saved.after:
            raise Conflict(file)
        self.check(saved.name, saved.before)
        written = self.folder.write(saved.name, saved.before, file.digest)
        when = self.now.isoformat(timespec="seconds")
        what = f"撤销\t{saved.what.partition(chr(9))[0]}"
        self.history.add(saved.name, what, who, when, file.text, saved.before, written.digest)
        return saved

    def preview(self, path: str, name: str = "", text: str | None = None) -> bytes | None:
        """The page at `path` as it would be with this text in a file. Raises SettingsError for a text that is wrong."""
        content = self.content() if text is None else self.check(name, text)
        with self.database.read() as connection:
            source = StoreSource(connection)
            node, lists = node_of(name), editors_lists(connection, self.settings, content)
            if text is None or node not in lists:
                return self.drafts.page(path, content, source, self.today)
            ids = would_hold(connection, node, lists, self.matrix.zone, count=MOST_ROWS, look_at=LOOKED_AT)
            return self.drafts.page(path, content, WithList(source, node, ids), self.today)

    def close(self) -> None:
        """Give the store back."""
        self.database.close()


def node_of(name: str) -> str:
    """What the membership table calls the list that a file describes."""
    folder, _, page = name.removesuffix(".md").partition("/")
    return next((f"{sort.prefix}:{page}" for sort in EDITORS_LISTS if sort.folder == folder), "")


def _mark(folder: Path) -> object:
    """Changes with any of the files."""
    paths = sorted((*folder.glob("*.yaml"), *folder.glob("*/*.md")))
    stats = [(str(path), path.stat()) for path in paths]
    return tuple((path, stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats)
