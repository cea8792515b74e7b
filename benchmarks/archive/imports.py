"""What it costs to import what a full build has imported at its end: the floor under every build in Python."""

from __future__ import annotations

import sys
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


class Imports:
    """A process that imports these modules, to be measured again and again beside builds."""

    def __init__(self, folder: Path) -> None:
        """Makes a small archive in a new folder and builds it once, to see what a build has imported at its end."""
        make_archive(folder, 200, 20, 1)
        command = (sys.executable, "-c", _BUILD, "build", "--offline", "--now", night_of(0).isoformat())
        output = measured(command, cwd=folder, env=ENVIRONMENT).output
        modules = [one for one in output.rpartition("modules:")[2].split() if one != "__main__"]
        (folder / "modules").write_text("\n".join(modules))
        self.modules, self._folder, self.least = len(modules), folder, float("inf")

    def run(self) -> float:
        """CPU seconds of one more run; returns the least so far."""
        cost = measured((sys.executable, "-c", _IMPORT, "modules"), cwd=self._folder, env=ENVIRONMENT)
        self.least = min(self.least, cost.cpu)
        return self.least
