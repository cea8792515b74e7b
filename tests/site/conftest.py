"""Building the sample site in a temporary folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.model import Entry
from matrixsite.site.build import build_site
from matrixsite.site.publish import SiteReport
from tests.site import sample
from tests.site.fake_store import FakeManifest, FakeSource


@dataclass
class Workshop:
    """A matrix that can be changed and built again."""

    settings: Settings
    content: Content = sample.CONTENT
    entries: Sequence[Entry] = sample.ENTRIES
    former: Sequence[tuple[str, str]] = ()
    manifest: FakeManifest = field(default_factory=FakeManifest)

    @property
    def output(self) -> Path:
        return self.settings.root / "output"

    @property
    def source(self) -> FakeSource:
        matched = {sample.COLUMN.id: [sample.ENTRIES[3].id]}
        return FakeSource(self.entries, self.content.columns, matched, self.former)

    def build(self, output: Path | None = None, *, force: bool = False) -> SiteReport:
        return build_site(
            self.settings,
            self.content,
            self.source,
            self.manifest,
            output=output or self.output,
            stage=self.settings.state / "stage",
            today=sample.TODAY,
            force=force,
        )

    def read(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(sample.settings(tmp_path))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes, save the token."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".matrixsite-output"
    }
