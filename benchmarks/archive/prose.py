"""Articles without end, quickly: no two share a sentence, and words are as frequent as words are."""

from __future__ import annotations

import random
from array import array
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate, chain

from corpus.grammar import load_grammar

SHORTEST, LONGEST = 300, 1500  # characters of a text
WORDS = 30_000
BAG = 1 << 16  # draws of two bytes: many words at a time


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TOPICS = _words(
    "民生 出行 健康 消防 文旅 教育 就业 社保 供热 防汛 反诈 养老 托育 阅读 体育 科普 环保 食安 志愿 辟谣"
)
SUBJECTS = _words(
    "政策解读 交通管制 公交调整 新闻发布会 民生实事 专项行动 健康提示 门诊安排 天气预报 预警信息 "
    "文旅活动 招聘信息 停水通知 办事指南 社区故事 基层治理 项目启动 补贴申领 安全提示 一文读懂"
)


@dataclass(frozen=True, slots=True)
class Article:
    """What an account publishes."""

    title: str
    paragraphs: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    topic: str = ""  # stands as #topic# before the text


class Prose:
    """Writes articles; what comes follows from the random numbers given."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        texts = load_grammar("tune").texts
        characters = sorted(
            {one for one in "".join(chain.from_iterable(texts.values())) if "\u4e00" <= one <= "\u9fff"}
        )
        words = sorted({"".join(rng.choices(characters, k=2)) for _ in range(WORDS)})
        rng.shuffle(words)
        frequency = list(accumulate(1 / (rank + 50) for rank in range(len(words))))  # Zipf
        steps = (frequency[-1] * step / BAG for step in range(BAG))
        self._bag = [words[bisect(frequency, step)] for step in steps]

    def article(self, rng: random.Random) -> Article:
        """The next one."""
        length = rng.randint(SHORTEST, LONGEST)
        draws = array("H", rng.randbytes(2 * (length // 2 + 12)))
        words = list(map(self._bag.__getitem__, draws))
        title = f"{rng.choice(SUBJECTS)}｜{''.join(words[:6])} {''.join(words[6:12])}"
        pictures = tuple(
            f"https://mmbiz.qpic.cn/mmbiz_jpg/{rng.getrandbits(160):040x}/640"
            for _ in range(rng.randrange(4))
        )
        topic = rng.choice(TOPICS) if rng.random() < 0.05 else ""
        return Article(title, tuple(_paragraphs(words[12:], rng)), pictures, topic)


def _paragraphs(words: list[str], rng: random.Random) -> list[str]:
    """Clauses of eight words, some to a sentence, some sentences to a paragraph."""
    clauses = ["".join(words[at : at + 8]) for at in range(0, len(words), 8)]
    paragraphs, at = [], 0
    while at < len(clauses):
        end = at + rng.randint(3, 9)
        part = clauses[at:end]
        paragraphs.append("。".join("，".join(part[n : n + 3]) for n in range(0, len(part), 3)) + "。")
        at = end
    return paragraphs
