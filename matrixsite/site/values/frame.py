"""What stands on every page, and the page that shows the whole of the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from matrixsite.config.settings import Profile
from matrixsite.editorial.sections import Section, all_sections
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.frame import Frame, Government, Link
from matrixsite.site.contexts.home import SitemapNode, SitemapPage
from matrixsite.site.edition import Edition
from matrixsite.site.values.editors_lists import sort_title
from matrixsite.site.values.feeds import feed_links, formats
from matrixsite.site.values.registry import registry_links
from matrixsite.site.values.sections import section_link
from matrixsite.site.values.topics import topic_keys

REPORT_ERRORS = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"  # of the General Office of the State Council


def frame(edition: Edition, pages: Sequence[Link]) -> Frame:
    """What every page shows. `pages` are the editors' own, which Pelican writes."""
    site = edition.settings.site
    return Frame(
        title=site.title,
        url=site.url,
        description=site.description,
        language=site.language,
        menu=tuple(node.link for node in menu(edition)) + _outside_sections(pages, edition),
        organizer=site.organizer,
        contact=_reach(site.contact),
        takedown=_reach(site.takedown),
        icp=site.icp,
        police=site.police,
        news_licence=site.news_licence,
        feeds=feed_links(edition),
        offline=site.offline,
        government=_government(edition) if site.profile is Profile.GOV else None,
    )


def _government(edition: Edition) -> Government:
    site = edition.settings.site
    errors = site.report_errors or (site.site_code and f"{REPORT_ERRORS}?site_code={site.site_code}")
    return Government(
        domain=urlsplit(site.url).netloc,
        site_code=site.site_code,
        operator=site.operator,
        mark=Link(edition.say("党政机关标识"), site.authority_mark, external=True)
        if site.authority_mark
        else None,
        mark_image=site.authority_mark_image,
        report_errors=Link(edition.say("我为政府网站找错"), errors, external=True) if errors else None,
    )


def menu(edition: Edition) -> Iterator[SitemapNode]:
    """The menu as a tree, but for the editors' pages; only its top stands on every page, for it rarely changes."""
    yield SitemapNode(Link(edition.say("首页"), urls.HOME))
    yield from map(_section, edition.content.sections)
    groups = (Link(group.name, urls.group_page(group.id)) for group in edition.tree.children.get("", ()))
    below = (Link(edition.say("成员单位"), urls.MEMBERS), *registry_links(edition), *groups)
    yield SitemapNode(Link(edition.say("账号名录"), urls.DIRECTORY), tuple(map(SitemapNode, below)))
    if any(headline.date <= edition.today for headline in edition.content.headlines):
        yield SitemapNode(Link(edition.say("今日头条"), urls.HEADLINES))
    yield from _editors_lists(edition)
    if edition.rolls:
        years = dict.fromkeys(roll.year for roll in edition.rolls.values())
        links = (Link(str(year), urls.honor_year(year)) for year in years)
        yield SitemapNode(
            Link(edition.say("榜单"), urls.HONORS), (*map(SitemapNode, links), *_people(edition))
        )
    else:
        yield from _people(edition)
    if edition.boards:
        links = (Link(board.title, urls.front_page(urls.BOARDS_FOLDER, board.id)) for board in edition.boards)
        yield SitemapNode(Link(edition.say("指数榜"), urls.BOARDS), tuple(map(SitemapNode, links)))
    if next(topic_keys(edition), None):
        yield SitemapNode(Link(edition.say("话题"), urls.TOPICS))


def _editors_lists(edition: Edition) -> Iterator[SitemapNode]:
    """The sorts of lists that there is something of; below the first the others, so that the menu stays short."""
    nodes = []
    for folder in scopes.EDITORS:
        if announced := edition.announced[folder]:
            links = (SitemapNode(scopes.list_link(folder, name, edition)) for name in announced)
            nodes.append(SitemapNode(Link(sort_title(folder, edition), urls.all_of(folder)), tuple(links)))
    if nodes:
        yield SitemapNode(nodes[0].link, (*nodes[0].children, *nodes[1:]))


def _people(edition: Edition) -> Iterator[SitemapNode]:
    if edition.people:
        people = (Link(person.name, urls.person_page(person.id)) for person in edition.content.people)
        yield SitemapNode(Link(edition.say("人物"), urls.people()), tuple(map(SitemapNode, people)))


def _section(section: Section) -> SitemapNode:
    return SitemapNode(section_link(section), tuple(map(_section, section.children)))


def _outside_sections(pages: Sequence[Link], edition: Edition) -> tuple[Link, ...]:
    """The editors' pages that no section leads to: the others have their place in the menu already."""
    led_to = {section.page for section in all_sections(edition.content.sections)}
    return tuple(page for page in pages if page.href not in led_to)


def page_menus(edition: Edition) -> Mapping[str, SitemapNode]:
    """By the path of an editors' page, the section at the top of the menu below which it stands with others."""
    return {
        node.page: _section(top)
        for top in reversed(edition.content.sections)  # the first one wins
        if top.children
        for node in all_sections((top,))
        if node.page
    }


def sitemap_page(edition: Edition) -> SitemapPage:
    """The whole menu with what lies below it, for readers who look for something."""
    others = (
        *_outside_sections(edition.editors_pages, edition),
        Link(edition.say("按日期浏览"), urls.ARCHIVE),
        Link(edition.say("发布统计"), urls.STATISTICS),
        *([Link(edition.say("更新时效"), urls.FRESHNESS)] if edition.settings.freshness.public else []),
        Link(edition.say("订阅"), urls.SUBSCRIBE),
        Link(edition.say("来源状态"), urls.SOURCES),
        *(Link(each.title, each.path) for each in formats(edition).values()),
    )
    rest = SitemapNode(Link(edition.say("其他")), tuple(map(SitemapNode, others)))
    head = edition.head(edition.say("网站地图"), urls.SITEMAP)
    return SitemapPage(head, (*menu(edition), rest))


def _reach(text: str) -> Link | None:
    """A way to reach someone, as the operator wrote it: an address, a mailbox, or words."""
    if not text:
        return None
    if text.startswith(("http://", "https://", "mailto:", "tel:")):
        return Link(text.removeprefix("mailto:").removeprefix("tel:"), text, external=True)
    if "@" in text and " " not in text:
        return Link(text, f"mailto:{text}", external=True)
    return Link(text)
