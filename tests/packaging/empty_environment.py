"""What a newcomer gets: the sdist, the wheel made from it, in an environment of its own, and the matrix of `init`.

    python -m tests.packaging.empty_environment

Installs from the package index, so it is no part of the suite; `make package` runs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")
MUST_HOLD = (
    "matrixsite/themes/alliance/templates/base.html",
    "matrixsite/registry/starter/.github/workflows/nightly.yml",
    "matrixsite/registry/starter/.gitlab-ci.yml",
    "matrixsite/registry/starter/.gitignore",
    "matrixsite/py.typed",
    "pelican/plugins/matrixsite/__init__.py",
)
SITE = (
    "index.html",
    "accounts/index.html",
    "feeds/all.rss.xml",
    "search/index.bin",
    "theme/css/alliance.css",
)


def run(command: Sequence[str | Path], folder: Path) -> str:
    """What a command prints; ends the check with its words where it fails."""
    quiet = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=quiet, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def built(folder: Path) -> Path:
    """The wheel, made from the sdist: so the sdist holds all that is needed."""
    run([sys.executable, *PIP, "install", "--target", folder / "tools", "build"], folder)
    os.environ["PYTHONPATH"] = ""
    code = f"import sys; sys.path.insert(0, {str(folder / 'tools')!r}); from build.__main__ import main; "
    run([sys.executable, "-c", f"{code}main(['--outdir', {str(folder / 'dist')!r}, {str(ROOT)!r}])"], folder)
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    (wheel,) = (folder / "dist").glob("*.whl")
    with tarfile.open(sdist) as archive:
        print(f"{sdist.name}: {sdist.stat().st_size // 1024:,} KiB, {len(archive.getnames()):,} files")
    names = set(run([sys.executable, "-m", "zipfile", "-l", wheel], folder).split())
    if missing := [name for name in MUST_HOLD if name not in names]:
        sys.exit(f"{wheel.name} lacks {', '.join(missing)}")
    print(f"{wheel.name}: {wheel.stat().st_size // 1024:,} KiB")
    return wheel


def main() -> None:
    """Build, install, start a matrix, build its site, check it."""
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        wheel = built(folder)
        run([sys.executable, "-m", "venv", folder / "empty"], folder)
        python = folder / "empty/bin/python"
        run([python, *PIP, "install", wheel], folder)
        command = shutil.which("matrixsite", path=str(folder / "empty/bin")) or sys.exit("no command")
        run([command, "init", "mine"], folder)
        print(run([command, "build"], folder / "mine").strip())
        run([python, "-m", "matrixsite", "check"], folder / "mine")
        if missing := [path for path in SITE if not (folder / "mine/output" / path).is_file()]:
            sys.exit(f"the site lacks {', '.join(missing)}")
        found = run([folder / "empty/bin/pelican-plugins"], folder)
        if "pelican.plugins.matrixsite" not in found:
            sys.exit(f"pelican doesn't find the plugin: {found}")
        print(f"a new environment builds the matrix of init: {time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
