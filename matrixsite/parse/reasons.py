"""Every fault that reading a document can find: stable codes of `model.Reason`, kept by reports and store."""

from __future__ import annotations

from typing import Final

# errors: the document is no feed
EMPTY: Final = "empty"  # no bytes, or nothing but blanks
HTML_PAGE: Final = "html-page"  # a web page where the feed should be: moved, log-in, access check
NOT_A_FEED: Final = "not-a-feed"
BAD_JSON: Final = "bad-json"
BAD_CSV: Final = "bad-csv"  # no column that we know
UNREADABLE: Final = "unreadable"  # feedparser itself broke on it

# problems: what could be read was read
CHARSET_MISMATCH: Final = "charset-mismatch"  # the bytes are not what their label says
INVALID_BYTES: Final = "invalid-bytes"  # replaced by U+FFFD
CONTROL_CHARACTERS: Final = "control-characters"  # removed: XML can't carry them
JUNK_BEFORE_PROLOG: Final = "junk-before-prolog"
ENTITIES_REFUSED: Final = "entities-refused"  # the document defines entities of its own: none is expanded
MALFORMED_XML: Final = "malformed-xml"
TRUNCATED: Final = "truncated"
TOO_LARGE: Final = "too-large"
TOO_DEEP: Final = "too-deep"
TOO_MANY_ELEMENTS: Final = "too-many-elements"
TOO_MANY_ATTRIBUTES: Final = "too-many-attributes"
TOO_MANY_NAMESPACES: Final = "too-many-namespaces"
TOO_MANY_CATEGORIES: Final = "too-many-categories"
TOO_MANY_ENTRIES: Final = "too-many-entries"
FIELD_TOO_LONG: Final = "field-too-long"  # a date, an author, an attribute beyond all sense
BAD_ITEMS: Final = "bad-items"  # items of a JSON or CSV document that are none
