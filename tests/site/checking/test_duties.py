from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matrixsite.site.checking.duties import missing_duties
from tests.site.conftest import Workshop

WHOLE: dict[str, Any] = {
    "icp": "青ICP备0号",
    "police": "青公网安备0号",
    "contact": "a@example.org",
    "takedown": "b@example.org",
}


@pytest.mark.parametrize("key", WHOLE)
def test_what_the_footer_lacks(tmp_path: Path, key: str) -> None:
    settings = Workshop(tmp_path).load().settings
    whole = replace(settings, site=replace(settings.site, **WHOLE))
    assert list(missing_duties(whole)) == []
    (problem,) = missing_duties(replace(whole, site=replace(whole.site, **dict[str, Any]({key: ""}))))
    assert (problem.field, problem.mend) == (f"site.{key}", f"Add `{key}: …` below `site:`.")
