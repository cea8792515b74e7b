"""Makes all files of a search, alone in a process: python -m searching.making FOLDER TODAY; prints what it made."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from matrixsite import Matrix
from matrixsite.editorial.content import Content
from matrixsite.site.edition import Edition
from matrixsite.site.values.search import search_files, search_index, search_keys
from matrixsite.store.database import open_database
from matrixsite.store.reading import StoreSource


def main() -> None:
    matrix = Matrix.load(Path(sys.argv[1]) / "feeds.yaml")
    source = StoreSource(open_database(matrix.store).connection())
    edition = Edition(matrix.settings, Content(), source, date.fromisoformat(sys.argv[2]))
    files = size = 0
    for key in search_keys(edition):
        for made in search_files(key, edition):
            files, size = files + 1, size + len(made.value.to_bytes())
    for made in search_index(edition):
        files, size = files + 1, size + len(made.value.to_bytes())
    print(files, size)


if __name__ == "__main__":
    main()
