"""The damage of scraped copies: readings behind traditional characters, inserted into the bytes of a GBK text.

As found in two reposted news items: each marked character type is marked wherever it occurs, 26 to 42 % of the
traditional types of a page; where a character's two bytes occur across the border of two others, both break; where
a byte is lost, what follows shifts until an ASCII byte realigns it.
"""

from __future__ import annotations

import random
import re
from functools import cache

import opencc

_READINGS = (
    "頁yè發fā會huì國guó電diàn網wǎng務wù點diǎn個gè對duì門mén開kāi進jìn過guò還hái這zhè們men時shí間jiān問wèn題tí報bào導dǎo區qū縣xiàn鎮zhèn"
    "鄉xiāng業yè產chǎn經jīng濟jì實shí現xiàn動dòng員yuán領lǐng責zé任rèn條tiáo場chǎng單dān雙shuāng總zǒng結jié構gòu設shè計jì劃huà標biāo準zhǔn"
    "規guī則zé優yōu據jù據jù統tǒng數shù萬wàn億yì長zhǎng東dōng車chē輛liàng運yùn轉zhuǎn達dá連lián選xuǎn遠yuǎn邊biān處chù復fù備bèi學xué習xí"
    "書shū畫huà錄lù鐵tiě銀yín錢qián醫yī藥yào療liáo護hù歲suì歷lì獲huò獎jiǎng類lèi顯xiǎn預yù須xū順shùn頭tóu證zhèng認rèn識shí訊xùn訓xùn記jì"
    "請qǐng談tán調diào論lùn譜pǔ讓ràng議yì貫guàn財cái貨huò質zhì購gòu費fèi資zī賽sài贏yíng農nóng闊kuò陽yáng階jiē際jì陳chén隊duì陽yáng難nán"
    "雲yún環huán節jié築zhù約yuē級jí紅hóng納nà線xiàn組zǔ織zhī終zhōng給gěi絡luò統tǒng續xù維wéi綠lǜ緊jǐn縮suō"
)


@cache
def readings() -> dict[str, str]:
    """Traditional character → its reading, tones marked."""
    return dict(re.findall(r"([\u4e00-\u9fff])([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+)", _READINGS))


def traditional(text: str, variant: str) -> str:
    """In traditional script; `variant` is opencc's, s2t or s2tw."""
    return str(_converter(variant).convert(text))


@cache
def _converter(variant: str) -> opencc.OpenCC:
    return opencc.OpenCC(variant)


def polluted(text: str, rng: random.Random, *, keep_borders: bool = False) -> str:
    """A traditional text with readings in it, decoded again as browsers do.

    `keep_borders` inserts by character, so that nothing breaks yet.
    """
    known = readings()
    types = sorted(set(text) & known.keys())
    marked = rng.sample(types, int(len(types) * rng.uniform(0.26, 0.42) + 0.5)) if types else []
    if keep_borders:
        return "".join(f"{char}({known[char]})" if char in marked else char for char in text)
    octets = text.encode("gbk", "ignore")
    for char in marked:
        old = char.encode("gbk")
        octets = octets.replace(old, old + f"({known[char]})".encode("gbk"))
    return _decoded(octets)


def shifted(text: str, rng: random.Random, share: float) -> str:
    """The first byte of `。“` lost at that share of its places."""
    octets = bytearray(text.encode("gbk", "ignore"))
    for match in re.finditer(re.escape("。“".encode("gbk")), bytes(octets)):
        if rng.random() < share:
            octets[match.start()] = ord("?")
    return _decoded(bytes(octets)).replace("?！", "?!")


def _decoded(octets: bytes) -> str:
    return octets.decode("gbk", "replace").replace("\ufffd(", "?").replace("\ufffd", "?")
