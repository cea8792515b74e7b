from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site.path_set import PathSet


@given(st.lists(st.text(max_size=3)))
def test_is_a_set(paths: list[str]) -> None:
    made, wanted = PathSet(), set[str]()
    for path in paths:
        assert (path in made) == (path in wanted)
        assert made.add(path) == (path not in wanted)
        wanted.add(path)
    assert len(made) == len(wanted)


def test_grows() -> None:
    made, paths = PathSet(), [f"{number}.html" for number in range(5000)]
    assert all(map(made.add, paths))
    assert not any(map(made.add, paths))
    assert all(path in made for path in paths)
    assert not any(f"x{path}" in made for path in paths)
