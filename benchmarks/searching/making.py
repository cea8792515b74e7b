"""Makes the files of a search, alone in a process: python -m searching.making FOLDER TODAY OUTPUT; says how many."""

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
    folder, today, output = Path(sys.argv[1]), date.fromisoformat(sys.argv[2]), Path(sys.argv[3])
    matrix = Matrix.load(folder / "feeds.yaml")
    source = StoreSource(open_database(matrix.store).connection())
    edition = Edition(matrix.settings, Content(), source, today)
    count = size = 0
    for key in (*search_keys(edition), ""):
        for made in search_files(key, edition) if key else search_index(edition):
            content = made.value.to_bytes()
            file = output / made.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            count, size = count + 1, size + len(content)
    print(count, size)


if __name__ == "__main__":
    main()
