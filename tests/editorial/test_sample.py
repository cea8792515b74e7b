"""The sample matrix at the top of the project is well-formed, and its editors' files name entries it has."""

from __future__ import annotations

from pathlib import Path

from matrixsite.config.load import load
from matrixsite.editorial.content import load_content
from matrixsite.editorial.refs import parse_ref
from matrixsite.parse.document import parse

ROOT = Path(__file__).parents[2]


def test_the_sample_is_well_formed(tmp_path: Path) -> None:
    settings = load(ROOT / "feeds.yaml", state=tmp_path)
    content = load_content(ROOT / "content", settings)
    assert content.warnings == ()

    addresses = set()
    for account in settings.accounts:
        for feed in account.feeds:
            parsed = parse((ROOT / feed.url).read_bytes(), url=feed.url)
            assert (parsed.error, parsed.problems) == (None, ())
            assert 6 <= len(parsed.entries) <= 10
            addresses |= {parse_ref(entry.link).url for entry in parsed.entries}
    refs = [*content.approved, *(item.ref for item in content.withdrawn)]
    refs += [pick.ref for column in content.columns for pick in column.picks]
    assert [ref.text for ref in refs if ref.url not in addresses] == []
