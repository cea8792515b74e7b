"""What it costs to import what a full build has imported at its end: the floor under every build in Python."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measuring import measured

from .building import ENVIRONMENT
from .filling import make_archive
from .posts import night_of

_BUILD = """
import sys
from matrixsite.cli import main
sys.argv = ["matrixsite", *sys.argv[1:]]
try:
    main()
finally:
    print("\\nmodules:", *sys.modules)
"""
_IMPORT = """
import importlib, sys
for name in open(sys.argv[1]).read().split():
    try:
        importlib.import_module(name)
    except ImportError:  # a name that a module gave to another
        pass
"""


def import_cost(runs: int = 5) -> tuple[float, int]:
    """CPU seconds, the least of some runs, and how many modules it is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_archive(folder, 200, 20, 1)
        command = (sys.executable, "-c", _BUILD, "build", "--offline", "--now", night_of(0).isoformat())
        output = measured(command, cwd=folder, env=ENVIRONMENT).output
        modules = [one for one in output.rpartition("modules:")[2].split() if one != "__main__"]
        (folder / "modules").write_text("\n".join(modules))
        again = (sys.executable, "-c", _IMPORT, "modules")
        return min(measured(again, cwd=folder, env=ENVIRONMENT).cpu for _ in range(runs)), len(modules)
