"""From the stage into a folder by renames, in an order that never breaks a link.

Copies of pictures go first, then entry and story pages, which show them, then all that links to these, the home page
last of all. A file is its old or its
new bytes at every moment. All that lies in the stage is to be moved, so whoever is interrupted begins again, and what
was moved before is not there any more.

A folder that is missing where it belongs goes there whole: a first build takes a few dozen renames.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

from matrixsite.site import urls
from matrixsite.site.stage import listing

_LEAF = re.compile(r"\d{4}/\d{2}/[^/]+\.html|stories/[^/]+\.html")
_NOT_AT_ONCE = (errno.EXDEV, errno.EEXIST, errno.ENOTEMPTY)


def is_leaf(path: str) -> bool:
    """Whether an entry or a story stands at this path, where lists link to."""
    return _LEAF.fullmatch(path) is not None


def deletion_order(path: str) -> tuple[int, str]:
    """What to sort by what is to be deleted: lists before the leaves that they link to, pictures last."""
    return (2 if path.startswith(f"{urls.PICTURES}/") else int(is_leaf(path))), path


def put_in_place(stage: Path, folder: Path) -> None:
    """Move all that lies in the stage to where it belongs; files that the stage has no like of are left alone."""
    source, target = str(stage), str(folder)
    os.makedirs(target, exist_ok=True)
    pictures = f"{urls.PICTURES}/"
    if os.path.isdir(f"{source}/{pictures}"):
        _move(f"{source}/{pictures}", f"{target}/{pictures}")
    for below in _leaf_folders(source):
        _move_leaves(source, target, below)
    for name in listing(source):
        if name != urls.HOME:
            _move(f"{source}/{name}", f"{target}/{name}")
    if os.path.exists(f"{source}/{urls.HOME}"):
        _move(f"{source}/{urls.HOME}", f"{target}/{urls.HOME}")


def delete_file(folder: Path, path: str) -> None:
    """Delete a file, and the folders that this leaves empty."""
    file = folder / path
    file.unlink(missing_ok=True)
    for parent in list(file.relative_to(folder).parents)[:-1]:
        try:
            (folder / parent).rmdir()
        except OSError:  # not empty
            return


def _leaf_folders(stage: str) -> list[str]:
    """Folders of the stage that may hold leaves."""
    years = [name for name in listing(stage) if re.fullmatch(r"\d{4}/", name)]
    months = [f"{year}{name}" for year in years for name in listing(f"{stage}/{year}")]
    return [below for below in (*months, "stories/") if is_leaf(f"{below}x.html")]


def _move_leaves(stage: str, folder: str, below: str) -> None:
    source, target = f"{stage}/{below}", f"{folder}/{below}"
    names = listing(source)
    leaves = [name for name in names if is_leaf(below + name)]
    if not leaves:
        return
    os.makedirs(os.path.dirname(target[:-1]), exist_ok=True)
    if len(leaves) == len(names) and _moved_whole(source, target):
        return
    os.makedirs(target, exist_ok=True)
    for name in leaves:
        _move(source + name, target + name)


def _move(source: str, target: str) -> None:
    """A file by one atomic rename, a folder (with a slash behind) too where there is none yet."""
    if not source.endswith("/"):
        _move_file(source, target)
    elif not _moved_whole(source, target):
        os.makedirs(target, exist_ok=True)
        for name in listing(source):
            _move(source + name, target + name)


def _moved_whole(source: str, target: str) -> bool:
    """Whether a folder could be moved at once. One that is there already keeps its other files, its owner and mode."""
    if os.path.lexists(target[:-1]):
        return False
    try:
        os.rename(source[:-1], target[:-1])
    except OSError as error:
        if error.errno not in _NOT_AT_ONCE:
            raise
        return False
    return True


def _move_file(source: str, target: str) -> None:
    """Across file systems, a copy beside the target first."""
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        head, name = os.path.split(target)
        part = f"{head}/.{name}.part"
        shutil.copyfile(source, part)
        os.replace(part, target)
        os.unlink(source)
