"""The arithmetic of the repost benchmark, on ten entries."""

from math import isnan

import pytest

from benchmarks.corpus.gold import DIGEST, MARKED, Gold
from benchmarks.corpus.scoring import Found, Share, score

# gold: story x has four entries, y two, z (from outside) two, d is a digest of x and y, n a look-alike of y
GOLD = [
    Gold("a", "1", "x", original=True),
    Gold("b", "1", "x", "verbatim"),
    Gold("c", "1", "x", "verbatim"),
    Gold("d", "1", "x", MARKED),
    Gold("a", "2", "y", original=True),
    Gold("b", "2", "y", "traditional"),
    Gold("a", "3", "z", outside=True),
    Gold("b", "3", "z", "traditional", outside=True),
    Gold("c", "2", "d", DIGEST, original=True, contains=("x", "y")),
    Gold("d", "2", "n", lookalike="serials/1"),
]
# found: x lost b; y holds the look-alike and names its repost the original; the digest names x and something else
FOUND = {
    ("a", "1"): Found("i1", "X", original=True),
    ("b", "1"): Found("i2", "B", original=True),
    ("c", "1"): Found("i3", "X"),
    ("d", "1"): Found("i4", "X"),
    ("a", "2"): Found("i5", "Y"),
    ("b", "2"): Found("i6", "Y", original=True),
    ("a", "3"): Found("i7", "Z"),
    ("b", "3"): Found("i8", "Z"),
    ("c", "2"): Found("i9", "D", original=True, contains=("X", "Z")),
    ("d", "2"): Found("i0", "Y"),
}


def test_pairs() -> None:
    scores = score(GOLD, FOUND)
    # true pairs 6 + 1 + 1; found pairs 3 (X) + 3 (Y) + 1 (Z), of which 3 + 1 + 1 are true
    assert (scores.precision.hits, scores.precision.of) == (5, 7)
    assert (scores.recall.hits, scores.recall.of) == (5, 8)
    assert scores.f1 == pytest.approx(2 * 5 / 15)


def test_every_measure() -> None:
    scores = score(GOLD, FOUND)
    assert scores.kinds == {"verbatim": Share(1, 2), MARKED: Share(1, 1), "traditional": Share(2, 2)}
    assert scores.lookalikes == {"serials": Share(1, 1)}
    assert scores.others == Share(2, 9)
    assert scores.originals == Share(1, 2)  # x rightly, y wrongly; z has none
    assert scores.outside_claimed == Share(0, 1)
    assert scores.glued == Share(0, 1)
    assert scores.named == Share(1, 2)
    assert scores.named_wrongly == Share(1, 2)
    assert {(miss.wrong, miss.entry.key) for miss in scores.misses} == {
        ("lost", ("b", "1")),
        ("merged", ("a", "2")),
        ("original", ("b", "2")),
    }


def test_what_is_not_exported_counts_as_lost() -> None:
    scores = score(GOLD, {key: item for key, item in FOUND.items() if key != ("c", "1")})
    assert scores.missing == 1
    assert (scores.recall.hits, scores.recall.of) == (3, 8)


def test_bounds_are_those_of_wilson() -> None:
    assert Share(0, 1000).bounds() == pytest.approx((0.0, 0.003827), abs=1e-5)
    assert Share(5, 10).bounds() == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert isnan(Share().value)
