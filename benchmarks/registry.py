"""What the register of a large matrix costs: its pages, a night that leaves them alone, and the commands.

    python benchmarks/registry.py [--accounts 10000]

Accounts stand in nested groups, joined in 40 batches, and have sponsors, undertakers and operators; one of 20 is
closed or merged, one of 10 was renamed. Figures are user+system CPU seconds, of the build those of one process.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

from matrixsite import Matrix
from matrixsite.cli.members import By, diff_members, list_members, totals_of_members
from matrixsite.registry.roster import difference, roster_of_batch, roster_on

NOW = datetime(2026, 11, 20, tzinfo=UTC)
START = date(2016, 1, 1)
PLATFORMS = ("wechat", "weibo", "toutiao", "douyin", "shipinhao", "website", "app", "kuaishou", "bilibili")
CLASSES = ("government", "media", "self-media", "platform")


def matrix(root: Path, accounts: int) -> Path:
    """feeds.yaml without feeds: nothing is published, all is registered."""
    lines = ['site: {title: 大矩阵, url: "https://matrix.example.org"}\ngroups:\n']
    lines += [f"- {{id: city-{number}, name: 第{number}市}}\n" for number in range(20)]
    lines += [
        f"- {{id: g{number}, name: 第{number}区, parent: city-{number % 20}}}\n" for number in range(200)
    ]
    lines.append("batches:\n")
    for number in range(40):
        lines.append(
            f"- {{id: b{number}, name: 第{number}批, date: {START + timedelta(days=90 * number)}}}\n"
        )
    lines.append("accounts:\n")
    for number in range(accounts):
        joined = START + timedelta(days=90 * (number % 40))
        lines.append(
            f"- {{id: account-{number}, name: 账号{number}发布, member: member-{number // 3}, group: g{number % 200},"
            f" platform: {PLATFORMS[number % 9]}, class: {CLASSES[number % 4]}, batch: b{number % 40},"
            f" joined: {joined}, sponsor: 单位{number // 20}, operator: 公司{number % 90}"
        )
        if number % 20 == 7:
            day = joined + timedelta(days=200)
            lines.append(f", closed: {day}, closure: merged, successor: account-{number - 1}")
        if number % 10 == 3:
            lines.append(f", former_names: [旧名{number} {joined + timedelta(days=300)}]")
        lines.append("}\n")
    path = root / "feeds.yaml"
    path.write_text("".join(lines), "utf-8")
    return path


def timed(what: str, started: float) -> None:
    print(f"  {what:<58}{process_time() - started:8.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the register of a large matrix costs.")
    parser.add_argument("--accounts", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = matrix(Path(folder), options.accounts)
        print(f"{options.accounts} accounts, CPU seconds")
        started = process_time()
        made = Matrix.load(path)
        timed("settings, first load", started)
        started = process_time()
        settings = made.settings
        for one, other in zip(settings.batches, settings.batches[1:], strict=False):
            difference(roster_of_batch(settings, one), roster_of_batch(settings, other))
        timed("39 differences between batches", started)
        started = process_time()
        roster_on(settings, NOW.date())
        timed("the roster of a day", started)
        _builds(made)
        _renamed(path)
        _commands(path)
    print(f"  {'memory, largest':<58}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def _builds(made: Matrix) -> None:
    for what, now in (
        ("first build of the site", NOW),
        ("the next night, nothing new", NOW + timedelta(days=1)),
    ):
        started = process_time()
        report = made.build(now=now, today=now.date(), offline=True, jobs=1)
        timed(f"{what}, {report.written} files written", started)
    output = made.settings.root / "output"
    for name in ("batches", "organisations", "platforms"):
        pages = [file.stat().st_size for file in (output / name).rglob("*.html")]
        print(f"    {name}: {len(pages)} pages, the largest {max(pages) / 1024:.0f} KB")


def _renamed(path: Path) -> None:
    """A batch has another name: every page of an account may show it."""
    path.write_text(path.read_text("utf-8").replace("第7批", "七批"), "utf-8")
    started = process_time()
    report = Matrix.load(path).build(
        now=NOW + timedelta(days=2), today=date(2026, 11, 22), offline=True, jobs=1
    )
    timed(f"a batch renamed, {report.written} files written", started)


def _commands(path: Path) -> None:
    """In this process, settings from the cache: what a command costs beyond its imports."""
    for what, act in (
        ("members list --csv", lambda: list_members(path, as_csv=True)),
        ("members diff b0 b39 --csv", lambda: diff_members("b0", "b39", path, as_csv=True)),
        ("members totals --by group --csv", lambda: totals_of_members(By.GROUP, path, as_csv=True)),
    ):
        started = process_time()
        with redirect_stdout(io.StringIO()):
            act()
        timed(what, started)


if __name__ == "__main__":
    main()
