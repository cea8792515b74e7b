"""A store in memory that joining looks things up in, and the small worlds that it is tried on."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from matrixsite.dedup.index import Index
from matrixsite.dedup.joining import Join, join_all
from matrixsite.dedup.lookup import Standing, Story, Use
from matrixsite.dedup.prints import Pending, Print, print_of, title_key_of
from matrixsite.dedup.shadow import key

HOUR = 3600
DAY = 24 * HOUR
NOON = 1_790_000_000  # a moment of which hours are counted

BRIDGE = (
    "跨越清溪河的老石桥昨天重新放行，桥面加宽到九米，两侧各留出一条步行道。\n"
    "施工队把拆下的条石逐块编号，修补后又砌回原处，桥栏上的浮雕也照旧样补齐。\n"
    "家住河西的退休教师沈先生说，往年送孙子念书要绕行三公里，如今走过去只用一刻钟。\n"
    "设计方介绍，桥墩加装了监测位移的传感器，涨水时每隔半小时向值班室报送读数。\n"
    "按照安排，河岸两边还会补种垂柳和木芙蓉，并添置供人歇脚的长椅。\n"
    "另有几座年代相近的小桥也要请匠人逐一查看，能修的修，该加固的加固。"
)
ORCHARD = (
    "霜降过后，半山腰的柿子园迎来采摘的尾声，枝头只剩零星几串红果留给过冬的鸟雀。\n"
    "果农老邵把分拣好的柿子摊在竹匾里，削皮、晾晒、回软，要忙上四十来天才能起霜。\n"
    "合作社去年添了两间烘房，阴雨天也不怕霉变，柿饼的成色比从前匀净许多。\n"
    "几名返乡的年轻人架起手机拍晾晒的场面，订单从外省一张接一张飞进山坳。\n"
    "园子边上新辟出一条石板小径，游人可以自己爬上矮树摘果，论斤过秤带走。\n"
    "老邵盘算着把坡下那片荒地也整出来，嫁接甜柿，让采摘的日子再长上半个月。"
)
OBSERVATORY = (
    "城北山顶的天文台面向少年开设观星夜课，头一回讲的是怎样凭肉眼辨认秋季四边形。\n"
    "讲师把激光笔指向飞马座，台下二十多个孩子跟着数星星，数错了便哄笑一阵。\n"
    "望远镜前排起长队，轮到的人踮起脚，隔着镜片望见土星的光环，半天舍不得挪步。\n"
    "夜课不收费用，每逢无云的周末开讲，家长在网页上登记即可，遇雨顺延。\n"
    "台里还备了手绘星图和红光手电，借去的人归还时要写一张观测笔记。\n"
    "据说明年开春会添置一架更大口径的反射镜，届时能看清星云的轮廓。"
)
TITLE = "清溪河老石桥修缮一新重新放行"


def piece(
    name: str,
    text: str = "",
    title: str = "",
    *,
    account: str = "",
    hours: float = 0,
    seen: float | None = None,
    inferred: bool = False,
    url: int | None = None,
    images: tuple[str, ...] = (),
) -> Pending:
    """An entry; its account is the first letter of its name, its date `hours` after noon, when it is seen at once."""
    published = NOON + round(hours * HOUR)
    return Pending(
        id=name,
        account=account or name[:1],
        title=title,
        text=text,
        published=published,
        first_seen=published if seen is None else NOON + round(seen * HOUR),
        inferred=inferred,
        guid=name,
        year="2026",
        url_key=url,
        title_key=title_key_of(title),
        images=images,
    )


def made(text: str = "", title: str = "", account: str = "a", hours: float = 0) -> Print:
    """The print of an entry that says this."""
    return print_of(piece(f"{account}{key(title + text)}", text, title, account=account, hours=hours))


def prose(seed: int, sentences: int = 8) -> str:
    """Sentences that no other seed has anything of."""
    draw = random.Random(seed)
    return "".join(
        "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(24)) + "。" for _ in range(sentences)
    )


class Memory:
    """`dedup.index.Lookup` over dictionaries, and the writing that the store does after a batch."""

    def __init__(self) -> None:
        self.alias: dict[str, str] = {}
        self.contains: set[tuple[str, str]] = set()
        self.joins: dict[str, Join] = {}
        self.asked = 0  # times that anything was looked up
        self._postings: dict[int, list[tuple[str, int]]] = {}  # with the day when it was learned
        self._sentences: dict[int, list[str]] = {}
        self._stories: dict[str, Story] = {}
        self._entries: dict[str, Pending] = {}
        self._story_of: dict[str, str] = {}

    # --- Lookup

    def postings(self, hashes: Collection[int], since: int) -> Standing:
        self.asked += 1
        rows = {
            hashed: [name for name, _ in self._postings[hashed]]
            for hashed in hashes
            if hashed in self._postings
        }
        days = chain.from_iterable(self._postings.get(hashed, ()) for hashed in hashes)
        early = {self.surviving(name) for name, day in days if day < since}
        return Standing(self._resolved(rows, hashes), early)

    def sentences(self, hashes: Collection[int]) -> dict[int, list[str]]:
        self.asked += 1
        return self._resolved(self._sentences, hashes)

    def stories(self, ids: Collection[str]) -> dict[str, Story]:
        self.asked += 1
        return {name: self._stories[name] for name in ids}

    def members(self, story: str, account: str) -> list[str]:
        self.asked += 1
        mine = [
            self._entries[name]
            for name, founder in self._story_of.items()
            if self._entries[name].account == account and self.surviving(founder) == story
        ]
        return [item.id for item in sorted(mine, key=lambda item: (item.published, item.id), reverse=True)][
            :3
        ]

    def entries(self, ids: Collection[str]) -> dict[str, Pending]:
        self.asked += 1
        return {name: self._entries[name] for name in ids}

    def titles(self, ids: Collection[str]) -> dict[str, str]:
        self.asked += 1
        return {name: self._entries[name].title for name in ids}

    def title_uses(self, title_keys: Collection[int]) -> dict[int, list[Use]]:
        self.asked += 1
        found: dict[int, list[Use]] = {}
        for item in sorted(self._entries.values(), key=_order):
            if item.title_key is not None and item.title_key in title_keys:
                found.setdefault(item.title_key, []).append(Use(item.account, item.published))
        return {key: uses[-200:] for key, uses in found.items()}

    def same_url(self, url_keys: Collection[int]) -> dict[int, list[str]]:
        self.asked += 1
        found: dict[int, list[str]] = {}
        for address in url_keys:
            items = [item for item in self._entries.values() if item.url_key == address]
            stories = {self.surviving(self._story_of[item.id]) for item in items if item.id in self._story_of}
            shared = len({item.account for item in items}) < len(items)
            if shared or stories:
                found[address] = [] if shared else sorted(stories)
        return found

    # --- what the store does

    def add(self, pending: Iterable[Pending], batch: int = 500, *, keep: bool = True) -> list[Join]:
        """Find the stories of entries that came in together; a batch goes on with the last one.s index, or not."""
        waiting = sorted(pending, key=_order)
        self._entries.update((item.id, item) for item in waiting)
        index: Index | None = None
        joins: list[Join] = []
        for start in range(0, len(waiting), batch):
            if index is None or not keep:
                index = Index(self)
            else:
                index.go_on(self)
            joins += self._join(waiting[start : start + batch], index)
        return joins

    def change(self, story: str, *, by_hand: bool) -> None:
        """An editor has had a say in a story."""
        self._stories[story] = self._stories[story]._replace(by_hand=by_hand)

    def surviving(self, name: str) -> str:
        while name in self.alias:
            name = self.alias[name]
        return name

    def story(self, entry: str) -> Story:
        """The story that an entry is of in the end."""
        return self._stories[self.surviving(self._story_of[entry])]

    def longest_list(self) -> int:
        """Stories under one hash."""
        return max(map(len, self._postings.values()))

    def told(self) -> str:
        """The stories, each as the names of its entries: "a1 b1 | c1"."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._story_of):
            found.setdefault(self.surviving(self._story_of[name]), []).append(name)
        return " | ".join(" ".join(names) for names in found.values())

    def _join(self, part: Sequence[Pending], index: Index) -> list[Join]:
        joins = join_all(part, [print_of(item) for item in part], index)
        for (hashed, story), day in index.fingerprints.learned.items():
            self._postings.setdefault(hashed, []).append((story, day))
        for hashed, story in index.sentences.learned:
            self._sentences.setdefault(hashed, []).append(story)
        self._stories.update((name, index.story(name)) for name in index.changed)
        for item, join in zip(part, joins, strict=True):
            self.joins[join.entry] = join
            self._story_of[item.id] = join.story
            self.alias.update((gone, index.surviving(gone)) for gone in join.merges)
        self.contains = {
            (self.surviving(digest), self.surviving(name))
            for digest, name in {*self.contains, *index.contains}
        }
        return joins

    def _resolved(self, rows: dict[int, list[str]], hashes: Collection[int]) -> dict[int, list[str]]:
        return {
            hashed: sorted({self.surviving(name) for name in rows[hashed]})
            for hashed in hashes
            if hashed in rows
        }


def _order(item: Pending) -> tuple[int, str, str]:
    return item.published, item.account, item.id
