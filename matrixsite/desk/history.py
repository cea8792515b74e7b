"""What was saved at the desk, to be taken back; and what content/ says otherwise than its last commit."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from matrixsite.desk.files import turn
from matrixsite.errors import MatrixError

KEPT = 200  # saves that can be taken back
GIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Saved:
    """One save of one file."""

    number: int
    name: str
    what: str  # the act, in words
    who: str
    when: str
    before: str  # the file's text, empty where there was none
    after: str
    digest: str  # of what was written


class History:
    """The saves of a desk, newest last, in a file of the state folder."""

    def __init__(self, state: Path) -> None:
        self._file = state / "history.jsonl"

    def all(self) -> list[Saved]:
        """Newest last."""
        if not self._file.exists():
            return []
        return [Saved(**json.loads(line)) for line in self._file.read_text("utf-8").splitlines() if line]

    def add(self, name: str, what: str, who: str, when: str, before: str, after: str, digest: str) -> int:
        """Note a save and give its number; the oldest are forgotten."""
        with turn(self._file.parent):
            saves = self.all()
            number = saves[-1].number + 1 if saves else 1
            self._write([*saves, Saved(number, name, what, who, when, before, after, digest)][-KEPT:])
        return number

    def find(self, number: int) -> Saved | None:
        """One save."""
        return next((one for one in self.all() if one.number == number), None)

    def _write(self, saves: list[Saved]) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text("".join(json.dumps(asdict(one)) + "\n" for one in saves), "utf-8")
        draft.replace(self._file)


class GitFailed(MatrixError):
    """Git would not do it; its words say why."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """content/ in a git checkout."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> Checkout | None:
        """None where the folder is in none, or there is no git."""
        if not folder.is_dir() or not shutil.which("git"):
            return None
        one = cls(folder)
        try:
            inside = one._git("rev-parse", "--is-inside-work-tree").strip()
        except GitFailed:
            return None
        return one if inside == "true" else None

    def difference(self) -> str:
        """What is otherwise than in the last commit, new files included."""
        self._git("add", "--intent-to-add", "--", ".")
        return self._git("diff", "--no-color", "--no-ext-diff", "--relative", "--", ".")

    def commit(self, message: str, author: str) -> str:
        """Commit what stands in content/, and nothing else that is staged; returns the commit's short name.

        Raises GitFailed where there is nothing to commit, git has no name for the committer, or a hook refuses.
        """
        who = [f"--author={author} <desk@localhost>"] if author else []
        self._git("add", "--all", "--", ".")
        self._git("commit", "--quiet", "--message", message, *who, "--", ".")
        return self._git("rev-parse", "--short", "HEAD").strip()

    def _git(self, *words: str) -> str:
        try:
            done = subprocess.run(
                ["git", *words], cwd=self.folder, capture_output=True, timeout=GIT_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GitFailed(f"git: {error}") from error
        if done.returncode:
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise GitFailed(said or f"git {words[0]} failed")
        return done.stdout.decode("utf-8", "replace")
