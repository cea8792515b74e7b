from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.journal import Draft, Publication, page_line, read_journal
from matrixsite.site.manifest import Known

PUBLICATION = Publication("/site", "/stage", "token", 7, "edition")
pages = st.lists(st.builds(Known, st.text(), st.text(), st.text(), st.binary(), st.binary()))


@given(pages, st.lists(st.text()))
def test_tells_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, made: list[Known], removes: list[str]
) -> None:
    file = tmp_path_factory.mktemp("journal") / "journal"
    with pytest.MonkeyPatch.context() as patch, Draft(PUBLICATION, file) as draft:
        patch.setattr("os.sync", lambda: None)
        draft.record("".join(map(page_line, made)))
        assert draft.empty == (not made)
        assert read_journal(file) is None
        journal = draft.finish(removes)
    for found in (journal, read_journal(file)):
        assert found is not None
        assert found.publication == PUBLICATION
        assert (list(found.pages()), list(found.removes())) == (made, removes)


def test_a_draft_that_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), Draft(PUBLICATION, tmp_path / "journal"):
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []
