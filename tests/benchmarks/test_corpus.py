"""The corpus of the repost benchmark: one seed, one corpus; two halves that share nothing; what is known is true."""

import random
from datetime import date
from pathlib import Path

import pytest

from benchmarks.corpus.articles import Desk
from benchmarks.corpus.changes import CHANGES, excerpt
from benchmarks.corpus.composing import compose
from benchmarks.corpus.corrections import silent
from benchmarks.corpus.documents import nights_of, number, write_answers, write_feeds, write_settings
from benchmarks.corpus.gold import DIGEST, MARKED, ORIGINAL, SILENT, read_gold
from benchmarks.corpus.grammar import GIVEN, HALVES, Writer, load_grammar
from benchmarks.corpus.lookalikes import KINDS
from benchmarks.corpus.pollution import polluted, shifted
from benchmarks.corpus.posts import Post
from benchmarks.corpus.recorded import recorded_articles

SIZE, ACCOUNTS = 1500, 40
NAMES = frozenset({"surname", "given"})  # single characters, of which people's names are made


def posts_of(half: str, seed: int) -> list[Post]:
    rng = random.Random(seed)
    _, posts = compose(Desk(load_grammar(half), rng), rng, SIZE, ACCOUNTS)
    number(posts)
    return posts


@pytest.fixture(scope="module", params=HALVES)
def posts(request: pytest.FixtureRequest) -> list[Post]:
    return posts_of(request.param, seed=3)


def written(folder: Path, half: str, seed: int) -> dict[str, bytes]:
    rng = random.Random(seed)
    roster, posts = compose(Desk(load_grammar(half), rng), rng, 300, 20)
    number(posts)
    folder.mkdir()
    write_settings(folder, roster)
    write_feeds(folder, roster, posts)
    write_answers(folder / "gold.jsonl", posts)
    return {file.name: file.read_bytes() for file in folder.rglob("*.*") if file.is_file()}


def test_one_seed_is_one_corpus(tmp_path: Path) -> None:
    first = written(tmp_path / "first", "tune", 7)
    assert first == written(tmp_path / "again", "tune", 7)
    assert first != written(tmp_path / "other", "tune", 8)


def test_the_halves_share_no_phrase() -> None:
    tune, test = (load_grammar(half) for half in HALVES)
    lines = [
        {line for name, lines in grammar.texts.items() if name not in NAMES for line in lines}
        for grammar in (tune, test)
    ]
    assert lines[0].isdisjoint(lines[1])
    topics = [
        {word for topic in grammar.topics for word in (topic.name, *topic.objects, *topic.measures)}
        for grammar in (tune, test)
    ]
    assert topics[0].isdisjoint(topics[1])


@pytest.mark.parametrize("half", HALVES)
def test_every_template_can_be_filled(half: str) -> None:
    grammar = load_grammar(half)
    facts = dict.fromkeys(GIVEN, "甲")
    for name, templates in grammar.symbols.items():
        if name in ("terse", "reports", "decoration", "correction_title", "serial"):
            continue
        for index in range(len(templates)):
            said = Writer(grammar, random.Random(index), date(2026, 9, 3), dict(facts)).say_nth(name, index)
            assert "{" not in said, (name, said)


def test_every_kind_there_is_occurs(posts: list[Post]) -> None:
    kinds = {post.kind for post in posts}
    assert kinds >= {*CHANGES, ORIGINAL, DIGEST, MARKED, SILENT, "chain", "title only, both"}
    assert {post.lookalike.split("/")[0] for post in posts} == {*KINDS, ""}


def test_what_is_known_is_consistent(posts: list[Post]) -> None:
    stories: dict[str, list[Post]] = {}
    for post in posts:
        stories.setdefault(post.story, []).append(post)
    assert len({(post.account.id, post.guid) for post in posts}) == len(posts)
    for entries in stories.values():
        first = min(entries, key=lambda post: post.at)
        assert all(post is first for post in entries if post.original)
        assert len({post.outside for post in entries}) == 1
        assert all(set(post.contains) <= stories.keys() - {post.story} for post in entries)
    reposted = [entries for entries in stories.values() if len(entries) > 1 and not entries[0].lookalike]
    assert all(sum(post.original for post in entries) == (not entries[0].outside) for entries in reposted)


def test_gold_survives_its_file(tmp_path: Path, posts: list[Post]) -> None:
    write_answers(tmp_path / "gold.jsonl", posts)
    rows = read_gold(tmp_path / "gold.jsonl")
    assert [(row.account, row.guid, row.story, row.contains) for row in rows] == [
        (post.account.id, post.guid, post.story, post.contains) for post in posts
    ]


def test_nights_add_up(posts: list[Post]) -> None:
    nights = nights_of(posts, 3)
    assert [len(there) for _, there in nights] == sorted(len(there) for _, there in nights)
    assert nights[-1][1] == posts
    assert all(post.at < run for run, there in nights for post in there)


def test_an_excerpt_is_cut_at_a_sentence() -> None:
    rng = random.Random(5)
    desk = Desk(load_grammar("tune"), rng)
    writer = Writer(desk.grammar, rng, date(2026, 9, 3))
    article = next(item for _ in range(50) if (item := desk.article(date(2026, 9, 3))).length > 600)
    cut = "\n".join(excerpt(article, writer).paragraphs)
    assert "\n".join(article.paragraphs).startswith(cut)
    assert cut.endswith("。")
    assert 0.15 * article.length < len(cut) < 0.75 * article.length


def test_a_silent_correction_changes_one_place() -> None:
    rng = random.Random(5)
    desk = Desk(load_grammar("tune"), rng)
    article = desk.article(date(2026, 9, 3), "policy")
    fixed = silent(article, Writer(desk.grammar, rng, date(2026, 9, 3)))
    pairs = zip(article.paragraphs, fixed.paragraphs, strict=True)
    assert sum(before != after for before, after in pairs) == 1
    assert fixed.title == article.title


def test_a_reading_breaks_what_its_bytes_cross() -> None:
    # 購 is D98F; 召廣 is D5D9 8F56: the reading of 購 lands between
    broken = next(text for seed in range(200) if "gòu" in (text := polluted("召廣購會", random.Random(seed))))
    assert broken == "召?gòu)V購(gòu)會"


def test_a_lost_byte_shifts_what_follows() -> None:
    assert shifted("开通。“濮陽發(fā)布”", random.Random(1), 1.0).startswith("开通?!板ш柊l(fā)布")


def test_recorded_articles_hold_no_line_twice(tmp_path: Path) -> None:
    repeated = "全市公共图书馆延长开放时间至晚上九点，节假日不休，请凭有效证件入馆阅览，欢迎互相转告。" * 12
    own = "".join(chr(0x4E00 + 7 * number) for number in range(500))
    bodies = [f"<p>{repeated}</p>", f"<p>{repeated}</p><p>{own}</p>"]
    items = "".join(
        f"<item><title>题{n}</title><description><![CDATA[{body}]]></description></item>"
        for n, body in enumerate(bodies)
    )
    (tmp_path / "a.xml").write_text(f"<rss><channel>{items}</channel></rss>", encoding="utf-8")
    articles = {item.title: item.paragraphs for item in recorded_articles(tmp_path, random.Random(1))}
    assert articles == {"题0": (repeated,), "题1": (own,)}
