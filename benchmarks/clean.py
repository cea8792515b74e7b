"""CPU time of cleaning, in microseconds an entry, on seeded input: `python benchmarks/clean.py`."""

from __future__ import annotations

import random
import time

from matrixsite.clean.entry import clean
from matrixsite.model import RawEntry

ENTRIES = 2000
WORDS = "青山区召开全市重点项目推进会部署下半年民生实事早安文明日历天气预报来源发布新媒体矩阵联盟"
PARAGRAPHS = 40


def main() -> None:
    """Prints a line for each shape of entry that bridges give."""
    for name, shape, count in (
        ("title only", title_only, ENTRIES),
        ("excerpt with a picture", excerpt, ENTRIES),
        (f"full text, {PARAGRAPHS} paragraphs", full_text, ENTRIES // 20),
    ):
        rng = random.Random(name)
        entries = [shape(rng, number) for number in range(count)]
        started = time.process_time()
        for entry in entries:
            clean(entry, base="http://127.0.0.1:1200/wechat.xml")
        print(f"{(time.process_time() - started) / count * 1e6:8.1f} µs  {name}")


def title_only(rng: random.Random, number: int) -> RawEntry:
    title = sentence(rng, 20)
    return RawEntry(link=f"https://mp.weixin.qq.com/s/{number:022d}", title=title, content=title)


def excerpt(rng: random.Random, number: int) -> RawEntry:
    words = sentence(rng, 100)
    summary = (
        f'<img referrerpolicy="no-referrer" src="{picture(number)}?wxtype=jpeg&amp;wxfrom=0"/><p>{words}</p>'
    )
    link = f"http://mp.weixin.qq.com/s?__biz=Mzg4Nzc0OTgwMg==&mid={number}&idx=1&sn=8f0fed5b&chksm=ced8&scene=0#rd"
    return RawEntry(link=link, title=sentence(rng, 20), summary=summary)


def full_text(rng: random.Random, number: int) -> RawEntry:
    style = 'style="margin: 0px 8px; line-height: 1.75em; letter-spacing: 1px; font-size: 15px;"'
    content = "".join(
        f"<section {style}><section {style}><span {style}>{sentence(rng, 90)}</span></section></section>"
        f'<p {style}><img class="rich_pages" data-ratio="0.66" data-w="1080" data-src="{picture(number)}"></p>'
        for _ in range(PARAGRAPHS)
    )
    return RawEntry(
        link=f"https://mp.weixin.qq.com/s/{number:022d}", title=sentence(rng, 20), content=content
    )


def sentence(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(WORDS, k=length)) + "。"


def picture(number: int) -> str:
    return f"https://mmbiz.qpic.cn/mmbiz_jpg/BggfDvpQT0YdaQ3uh4CTD0hARJbicP7Kompzv{number}/640"


if __name__ == "__main__":
    main()
