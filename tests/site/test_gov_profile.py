"""`profile: gov`: the meta tags and the footer of government sites, on every page, and none of it elsewhere."""

from __future__ import annotations

import re

import pytest

from tests.site import sample
from tests.site.conftest import Workshop

SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
ARTICLE = ["ArticleTitle", "PubDate", "ContentSource"]
GOV = {
    "profile": "gov",
    "site_code": "5101320017",
    "operator": "青山市融媒体中心",
    "authority_mark": "https://bszs.conac.cn/sitename?method=show&id=1",
    "police": "青公网安备0号",
}


@pytest.fixture
def gov(workshop: Workshop) -> Workshop:
    workshop.site |= GOV
    workshop.write("content/pages/about.md", "title: 关于\nslug: about\n\n正文\n")
    workshop.write("content/articles/own.md", "title: 自采\ndate: 2026-11-02 14:06\nslug: own\n\n正文\n")
    workshop.build()
    return workshop


def _tags(page: str) -> dict[str, str]:
    """The meta tags of the profile, each of which stands once and holds something."""
    found = re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', page)
    assert len(dict(found)) == len(found)
    assert all(content for _, content in found)
    return dict(found)


def test_times_of_publication_are_shown_as_the_annex_asks(gov: Workshop) -> None:
    entry, (story, *_) = gov.entry(sample.ORIGINAL), (gov.output / "stories").glob("*.html")
    for path in (entry.path, f"stories/{story.name}", "articles/own.html"):
        assert re.search(r"<time [^>]*>2026-11-\d\d \d\d:\d\d</time>", gov.read(path)), path
        assert "年11月" not in "".join(re.findall(r"<time.*?</time>", gov.read(path)))


def _required(page: str) -> list[str]:
    return [name for name in _tags(page) if name in (*SITE, *COLUMN, *ARTICLE)]


def test_the_home_page_has_three_lists_seven_articles_ten(gov: Workshop) -> None:
    entry, story = gov.entry(sample.ORIGINAL), next((gov.output / "stories").glob("*.html"))
    assert _required(gov.read("index.html")) == SITE
    for path in ("accounts/transport/index.html", "groups/qingshan/index.html", "accounts/index.html"):
        assert _required(gov.read(path)) == [*SITE, *COLUMN], path
    assert _required(gov.read("pages/about.html")) == [*SITE, *COLUMN]
    for path in (entry.path, f"stories/{story.name}", "articles/own.html"):
        assert _required(gov.read(path)) == [*SITE, *COLUMN, *ARTICLE], path


def test_values_are_as_inspectors_read_them(gov: Workshop) -> None:
    tags = _tags(gov.read(gov.entry(sample.ORIGINAL).path))
    assert tags["SiteDomain"] == "matrix.example.org"
    assert tags["SiteIDCode"] == "5101320017"
    assert re.fullmatch(r"2026-11-\d\d \d\d:\d\d", tags["PubDate"])
    assert tags["ContentSource"] == tags["ColumnName"] == "青山发布"
    assert tags["ArticleTitle"] == sample.ORIGINAL
    assert _tags(gov.read("articles/own.html"))["PubDate"] == "2026-11-02 14:06"


def test_the_footer_carries_what_inspectors_look_for(gov: Workshop) -> None:
    for path in ("index.html", "pages/about.html", gov.entry(sample.ORIGINAL).path):
        footer = gov.read(path).partition('<footer class="colophon">')[2]
        for word in (
            "主办：青山市互联网信息办公室",
            "承办：青山市融媒体中心",
            "网站标识码：5101320017",
            "联系：",
        ):
            assert word in footer, path
        for word in ("青ICP备", "青公网安备", "党政机关标识", "我为政府网站找错", "网站地图"):
            assert word in footer, path
        assert "site_code=5101320017" in footer


def test_other_sites_have_none_of_it(workshop: Workshop) -> None:
    workshop.site |= {key: value for key, value in GOV.items() if key != "profile"}
    workshop.build()
    page = workshop.read(workshop.entry(sample.ORIGINAL).path)
    assert _tags(page) == {}
    assert "网站标识码" not in page
    assert "leaving.js" not in page


def test_hostile_words_stay_in_their_attribute(gov: Workshop) -> None:
    page = gov.read("accounts/evil/index.html")
    assert 'content="&lt;script&gt;alert' in page
    assert "<script>alert" not in page
