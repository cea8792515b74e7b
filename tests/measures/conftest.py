"""A matrix whose measures lie in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.config.settings import Account, Settings, Site
from matrixsite.errors import Problem, SettingsError
from matrixsite.measures.ledger import Ledger, load_measures

ACCOUNTS = (
    Account(id="qs-wx", name="青山发布", member="qs", platform="wechat", groups=("qingshan",)),
    Account(id="qs-wb", name="青山发布", member="qs", platform="weibo", groups=("qingshan",)),
    Account(id="js-wx", name="江水融媒", member="js", platform="wechat", aliases=("江水广播",)),
)


class Office:
    """The folder content/measures with what is written there."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "content/measures"
        self.folder.mkdir(parents=True)
        site = Site("青山", "https://matrix.example.org")
        self.settings = Settings(
            root=root, state=root, file=root / "feeds.yaml", digest="", site=site, accounts=ACCOUNTS
        )

    def write(self, name: str, text: str | bytes) -> None:
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def load(self) -> Ledger:
        return load_measures(self.folder, self.settings)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(SettingsError) as caught:
            self.load()
        return caught.value.problems


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)
