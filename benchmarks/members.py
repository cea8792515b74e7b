"""What it costs to write and read the list of a large matrix: export in each form, import and --diff of each.

    python benchmarks/members.py [--accounts 10000]

Figures are user+system CPU seconds of this process. The budget: seconds, each.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import TypeVar

from matrixsite.config.load import load
from matrixsite.registry.arrivals import arrivals
from matrixsite.registry.importing import Imported, members_yaml, read_members
from matrixsite.registry.member_rows import member_rows, member_table
from matrixsite.registry.opml import members_opml
from matrixsite.spreadsheet import csv_text, workbook

T = TypeVar("T")

HEAD = """\
site: {title: 大矩阵, url: "https://matrix.example.org"}
groups:
- {id: districts, name: 区县}
- {id: g0, name: 青山区, parent: districts}
- {id: g1, name: 石桥区, parent: districts}
accounts:
"""


def matrix(root: Path, accounts: int) -> Path:
    """feeds.yaml with accounts that say what registries say of theirs."""
    lines = [
        f"- {{id: account-{number}, name: 青山区第{number}号融媒体账号, platform: wechat, group: g{number % 2}, "
        f'feed: "https://feeds.example.org/{number}.xml", sponsor: 主办单位{number % 300}, '
        f"operator: 运营公司{number % 9}, joined: 2024-0{number % 9 + 1}-01, batch: 第{number % 5}批, "
        f"class: government, aliases: [别名{number}]}}\n"
        for number in range(accounts)
    ]
    (root / "feeds.yaml").write_text(HEAD + "".join(lines), "utf-8")
    return root / "feeds.yaml"


def timed(what: str, act: Callable[[], T]) -> T:
    """Do it and print what it cost."""
    before = process_time()
    done = act()
    print(f"{what:24} {process_time() - before:6.2f} s")
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure export and import of members.")
    parser.add_argument("--accounts", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        root = Path(folder)
        settings = load(matrix(root, options.accounts))
        written = {
            "csv": timed("export csv", lambda: csv_text(member_table(settings)).encode()),
            "xlsx": timed("export xlsx", lambda: workbook({"members": member_table(settings)})),
            "opml": timed("export opml", lambda: members_opml(settings)),
        }
        timed("export yaml", lambda: members_yaml(Imported(member_rows(settings)), "x"))
        for suffix, content in written.items():
            file = root / f"members.{suffix}"
            file.write_bytes(content)
            imported = timed(f"import {suffix}: read", lambda file=file: read_members(file, settings))  # type: ignore[misc]
            timed(f"import {suffix}: write", lambda found=imported: members_yaml(found, "x"))  # type: ignore[misc]
            timed(
                f"import {suffix}: diff", lambda found=imported: arrivals(found, settings, date(2026, 11, 1))
            )  # type: ignore[misc]


if __name__ == "__main__":
    main()
