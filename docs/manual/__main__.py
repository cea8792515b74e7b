"""`python -m docs.manual [FOLDER]`: both languages, beside each other in FOLDER (docs/manual/output by default)."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.manual.building import build_manual
from docs.manual.contents import HERE

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "output"
    for language, report in build_manual(folder, folder.with_name(f".{folder.name}-matrices")).items():
        print(f"{folder / language}: {report.written} written, {report.kept} unchanged")
