"""The shipped indices against what was published of them, and the operator's own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pytest

from matrixsite.errors import Problem, SettingsError
from matrixsite.indices.catalogue import Catalogue, load_catalogue
from matrixsite.indices.scoring import NoScore, Score, Unscored, score
from matrixsite.measures.ledger import Tally
from matrixsite.measures.period import Period, parse_period


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(Path("nowhere"), Path("/"))


def _period(text: str) -> Period:
    period = parse_period(text)
    assert period
    return period


def _printed(
    shipped: Catalogue, name: str, digits: int, figures: Mapping[str, float], period: str = "2026-10"
) -> str:
    formula, when = shipped.named(name), _period(period)
    assert formula
    days = formula.days_of(when, when.days)
    given = {**dict.fromkeys(formula.variables, 0.0), **figures}
    return f"{formula.value(given, days):.{digits}f}"


def test_what_is_shipped(shipped: Catalogue) -> None:
    keys = ["activity@1", "bci@2024", "city@2023", "nri@1", "wci@14.2", "wci@2.0", "wci-no-shares@14.2"]
    assert [formula.key for formula in shipped] == keys
    assert all(formula.source.name and formula.version and formula.lines for formula in shipped)


def test_a_name_alone_is_its_latest_version(shipped: Catalogue) -> None:
    found = [shipped.named(name) for name in ("wci", "wci@2.0", "wci@9", "wic")]
    assert [one and one.key for one in found] == ["wci@14.2", "wci@2.0", None, None]
    assert "wci" in shipped.nearest("wcj")


def test_wci_2_gives_its_published_example(shipped: Catalogue) -> None:
    """http://www.gulangu.com/a/344.html prints 411.4875079 for these."""
    figures = {"posts": 100, "reads": 10_000, "max_reads": 300, "likes": 4_000, "max_likes": 60}
    assert _printed(shipped, "wci@2.0", 7, figures) == "411.4875079"
    assert _printed(shipped, "wci@2.0", 4, figures) == "411.4875"


def test_city_competitiveness_gives_chengdu(shipped: Catalogue) -> None:
    """2023Q3: 94.61, 86.91 and 94.17 give 91.76."""
    scores = {"spread_score": 94.61, "service_score": 86.91, "interaction_score": 94.17}
    assert _printed(shipped, "city", 2, scores) == "91.76"


@pytest.mark.parametrize(("period", "days"), [("2026-W45", 7), ("2026-10", 31), ("2026", 365)])
def test_all_maxima_of_nri_give_1000(shipped: Catalogue, period: str, days: int) -> None:
    posts = 8 * days
    figures = {
        "posts": posts,
        "reads": 100_000 * posts,
        "max_reads": 100_000,
        "headline_reads": 100_000 * days,
    }
    assert _printed(shipped, "nri", 9, {**figures, "likes": 80_000 * days}, period) == "1000.000000000"


def test_bci_is_as_published(shipped: Catalogue) -> None:
    spread = 0.4 * math.log(501) + 0.4 * math.log(201) + 0.2 * math.log(1001)
    expected = (0.2 * math.log(101) + 0.8 * spread) * 160
    found = _printed(shipped, "bci", 6, {"posts": 100, "shares": 500, "comments": 200, "likes": 1000})
    assert found == f"{expected:.6f}"


def _wci(weights: dict[str, float], figures: dict[str, float], days: int) -> float:
    """WCI V14.2, written once more as its page has it."""

    def f(prefix: str, divisor: float) -> float:
        return sum(
            weight * math.log(figures[prefix + name] / divisor * (1 if name == "reads" else 10) + 1)
            for name, weight in weights.items()
        )

    inside = (
        0.6 * f("", days) + 0.2 * f("", figures["posts"]) + 0.1 * f("headline_", days) + 0.1 * f("max_", 1)
    )
    return inside**2 * 1.2 * 10


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("wci", {"reads": 0.70, "wows": 0.09, "likes": 0.06, "shares": 0.15}),
        ("wci-no-shares", {"reads": 0.85, "wows": 0.09, "likes": 0.06}),
    ],
)
@pytest.mark.parametrize(
    ("period", "days"), [("2026-W45", 7), ("2026-10", 30), ("2024", 365), ("2026-Q3", 92)]
)
def test_wci_14_is_as_published(
    shipped: Catalogue, name: str, weights: dict[str, float], period: str, days: int
) -> None:
    figures = {"posts": 90.0} | {
        f"{prefix}{measure}": share * number
        for prefix, share in (("", 1.0), ("headline_", 0.5), ("max_", 0.1))
        for measure, number in (("reads", 1_000_000), ("wows", 4_000), ("likes", 9_000), ("shares", 20_000))
    }
    formula = shipped.named(name)
    assert formula
    given = {variable: figures[variable] for variable in formula.variables}
    assert _printed(shipped, name, 9, given, period) == f"{_wci(weights, figures, days):.9f}"


FULL = {
    f"{prefix}{name}": 5.0
    for prefix in ("", "headline_", "max_")
    for name in ("reads", "wows", "likes", "shares")
} | {"posts": 10.0}
FULL_NEEDS = ("posts", "reads", "wows", "likes", "shares", "headline_reads", "max_reads")


def _without(*names: str) -> dict[str, float]:
    return {name: number for name, number in FULL.items() if name not in names}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (FULL, ()),
        ({**FULL, "shares": 0.0}, ()),
        (_without("max_wows"), ("max_wows",)),
        (_without("max_wows", "headline_likes"), ("headline_likes", "max_wows")),
        (_without("shares"), NoScore(Unscored.NEEDS, ("shares",))),
        (_without("wows", "max_wows", "posts"), NoScore(Unscored.NEEDS, ("posts", "wows"))),
        ({"posts": 0, "reads": 0}, NoScore(Unscored.MINIMUM, ("posts",))),
        ({}, NoScore(Unscored.NEEDS, FULL_NEEDS)),
    ],
)
def test_what_was_not_supplied_is_not_zero(
    shipped: Catalogue, figures: dict[str, float], expected: tuple[str, ...] | NoScore
) -> None:
    formula = shipped.named("wci")
    assert formula
    found = score(formula, "a", Tally("a", figures, 31), _period("2026-10"))
    assert (found.missing if isinstance(found, Score) else found) == expected
    assert score(formula, "a", None, _period("2026-10")) == NoScore(Unscored.NOTHING)


def test_a_stand_in_is_what_the_formula_says(shipped: Catalogue) -> None:
    formula = shipped.named("wci")
    assert formula
    lacking, zero = (
        score(formula, "a", Tally("a", figures, 31), _period("2026-10"))
        for figures in (_without("max_shares"), {**FULL, "max_shares": 0.0})
    )
    assert isinstance(lacking, Score)
    assert isinstance(zero, Score)
    assert lacking.printed == zero.printed
    assert (lacking.missing, zero.missing) == (("max_shares",), ())


@pytest.mark.parametrize(
    ("name", "counted"),
    [("wci", 6), ("wci@2.0", 0), ("wci-no-shares", 4), ("nri", 0), ("bci", 0), ("city", 0), ("activity", 0)],
)
def test_shipped_indices_say_what_counts_as_zero(shipped: Catalogue, name: str, counted: int) -> None:
    formula = shipped.named(name)
    assert formula
    assert len(formula.missing) == counted
    assert formula.needs | formula.missing.keys() == set(formula.variables)


OWN = """\
id: ours
version: "1"
title: 我们的指数
source: {name: 本市办法}
score: 2 * reads
"""


def _problems(folder: Path, text: str) -> tuple[Problem, ...]:
    (folder / "ours.yaml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_catalogue(folder, folder)
    return caught.value.problems


def test_an_index_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN, "utf-8")
    formula = load_catalogue(tmp_path, tmp_path).named("ours")
    assert formula
    assert formula.value({"reads": 4.0}, 30) == 8


@pytest.mark.parametrize(
    ("more", "line", "field", "reason"),
    [
        ("score: reads.x", 5, "score", "at character 6"),
        ("score: __import__('os').system('id')", 5, "score", "at character 12"),
        ("score: raeds", 5, "score", "no measure and no step"),
        ("score: carried", 5, "score", "no measure and no step"),  # no feed says it
        ("score: reads\nsteps: {reads: '1'}", 6, "steps.reads", "a meaning already"),
        ("score: reads\nsteps: {a: b, b: '1'}", 6, "steps.a", "no measure and no step"),
        ("score: reads\nsteps: {a.b: '1'}", 6, "steps.a.b", "no name"),
        ("score: reads\nmissing: {raeds: zero}", 6, "missing", "no measure"),
        ("score: reads\nmissing: {likes: zero}", 6, "missing.likes", "does not use it"),
        ("score: reads\nmissing: {reads: nought}", 6, "missing.reads", "zero"),
        ("score: reads\ndigits: 99", 6, "digits", "less than or equal to 6"),
        (
            "score: reads\nexamples: [{given: {reads: 1}, gives: '2'}]",
            6,
            "examples.0.gives",
            "gives 1, not `2`",
        ),
        ("score: 1 / reads\nexamples: [{given: {}, gives: '2'}]", 6, "examples.0.gives", "division by zero"),
        ("scroe: reads", 5, "scroe", "unknown key"),
    ],
)
def test_faults_of_an_index(tmp_path: Path, more: str, line: int, field: str, reason: str) -> None:
    problems = _problems(tmp_path, OWN.replace("score: 2 * reads", more))
    found = [(problem.file, problem.line, problem.field) for problem in problems if reason in problem.reason]
    assert ("ours.yaml", line, field) in found, problems


def test_what_was_published_keeps_its_meaning(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, OWN.replace("ours", "wci").replace('"1"', '"14.2"'))
    assert "there already" in problem.reason
