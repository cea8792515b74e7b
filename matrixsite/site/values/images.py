"""The copies of publishers' pictures that the site shows, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from matrixsite.editorial.rights import mirrors
from matrixsite.site import urls
from matrixsite.site.documents import FileDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Listing, Made


def image_keys(edition: Edition) -> Iterator[str]:
    """The digests of all copies that shown entries have."""
    shown = _shown(edition.source.copies(), edition)
    return (digest for digest, _ in groupby(shown))


def image_files(digests: Sequence[str], edition: Edition) -> Iterator[Made]:
    """Those of these copies that are shown (still). The name says what is in a file, so none is read to be told."""
    for digest in sorted(set(_shown(edition.source.copies(digests), edition))):
        content = Listing((), digest, partial(_file, digest, edition))
        yield Made(digest, urls.copy_of_picture(digest), content)


def _shown(copies: Iterable[tuple[str, str]], edition: Edition) -> Iterator[str]:
    for digest, name in copies:
        account = edition.accounts.get(name)
        if account is not None and mirrors(account):
            yield digest


def _file(digest: str, edition: Edition) -> FileDocument:
    return FileDocument(edition.source.copy(digest))
