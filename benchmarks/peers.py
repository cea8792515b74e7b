"""Other programs to measure beside ours, each in a virtual environment of its own that is made once and kept.

    python benchmarks/peers.py "reader>=3.20"       prints the interpreter that has it

They are no dependencies of the project: they come from the package index when a benchmark first needs them, into
`.bench/` beside this folder, which may be deleted at any time.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / ".bench"
_MADE = "complete"  # stands in an environment that was made to its end


def peer_python(*requirements: str) -> Path | None:
    """The interpreter of an environment with these packages; None, and a line that says so, where they can't be had."""
    home = KEPT / re.sub(r"[^a-z0-9.]+", "-", " ".join(sorted(requirements)).lower()).strip("-")
    python = home / "bin" / "python"
    if (home / _MADE).exists() and python.exists():
        return python
    shutil.rmtree(home, ignore_errors=True)
    try:
        venv.create(home, with_pip=True, symlinks=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements],
            check=True,
            capture_output=True,
            text=True,
            timeout=600,
        )
    except (OSError, subprocess.SubprocessError) as error:
        told = str(getattr(error, "stderr", None) or error).strip().splitlines()
        print(
            f"SKIPPED: {' '.join(requirements)} can't be installed here: {told[-1] if told else error}",
            flush=True,
        )
        return None
    (home / _MADE).touch()
    return python


def peer_script(name: str, *requirements: str) -> Path | None:
    """A command that such an environment brings, `hugo` of the package hugo; None as for `peer_python`."""
    python = peer_python(*requirements)
    return python.with_name(name) if python else None


if __name__ == "__main__":
    found = peer_python(*sys.argv[1:])
    if found is None:
        sys.exit(1)
    print(found)
