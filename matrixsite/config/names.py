"""When two names are the same."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """What a name is compared by: widths and case folded, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
