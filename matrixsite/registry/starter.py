"""The first files of a new matrix: small enough to be read whole, working as they are."""

from __future__ import annotations

from pathlib import Path

from matrixsite.errors import Problem, SettingsError

STARTER = Path(__file__).with_name("starter")


def start_matrix(folder: Path) -> list[Path]:
    """Copy the starter files into `folder`; returns what was written.

    Raises SettingsError, with nothing written, where one of them exists.
    """
    files = sorted(path for path in STARTER.rglob("*") if path.is_file())
    targets = {path: folder / path.relative_to(STARTER) for path in files}
    if taken := [target for target in targets.values() if target.exists()]:
        mend = "Choose an empty folder: matrixsite init DIR."
        raise SettingsError([Problem(str(target), 0, "", "it exists already", mend) for target in taken])
    for path, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return list(targets.values())
