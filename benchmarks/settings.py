"""How long the settings of a large matrix take to load, first from YAML and then from the cache.

    python benchmarks/settings.py [--accounts 10000] [--runs 3]

Each load is a fresh process; figures are its user+system CPU seconds, interpreter start included, the best of
the runs. The budget for 10,000 accounts: 3 s cold, 0.2 s from the cache.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOAD = (
    "import sys; from pathlib import Path; from matrixsite.config.load import load; load(Path(sys.argv[1]))"
)

HEAD = """\
site: {title: 大矩阵, url: "https://matrix.example.org"}
fetch: {allow_private: ["127.0.0.1:1200"], alert: 10%}
groups:
"""


def matrix(accounts: int) -> str:
    """feeds.yaml with that many accounts, a group for every hundred and a member for every three."""
    groups = range(accounts // 100 + 1)
    lines = [HEAD]
    lines += [f"- {{id: group-{number}, name: 第{number}区, kind: district}}\n" for number in groups]
    lines.append("accounts:\n")
    lines += [
        f"- id: account-{number}\n  name: 账号{number}发布\n  member: member-{number // 3}\n"
        f"  platform: wechat\n  group: group-{number // 100}\n  feed: http://127.0.0.1:1200/wechat/{number}.xml\n"
        f"  rights: excerpt\n  class: government\n  aliases: [甲{number}, 乙{number}]\n  joined: 2023-03-03\n"
        f"  sponsor: 单位{number // 20}\n  operator: 公司{number // 200}\n  batch: 第{number // 500}批\n"
        f"  former_names: [旧名{number} 2024-01-01]\n"
        for number in range(accounts)
    ]
    return "".join(lines)


def cpu_of(command: list[str]) -> float:
    """User and system seconds of one child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how long settings take to load.")
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feeds.yaml"
        file.write_text(matrix(options.accounts), encoding="utf-8")
        command = [sys.executable, "-c", LOAD, str(file)]
        cold, warm = [], []
        for _ in range(options.runs):
            (file.parent / ".matrixsite" / "settings.cache").unlink(missing_ok=True)
            cold.append(cpu_of(command))
            warm.append(cpu_of(command))
        empty = min(cpu_of([sys.executable, "-c", "pass"]) for _ in range(options.runs))
    print(f"{options.accounts} accounts, CPU seconds    budget")
    print(f"  first load                {min(cold):6.2f}       3.0")
    print(f"  from the cache            {min(warm):6.2f}       0.2")
    print(f"  the interpreter alone     {empty:6.2f}")


if __name__ == "__main__":
    main()
