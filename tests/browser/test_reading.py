"""How one reads, in Chromium: choices are kept and stand before anything is painted; a lost picture leaves no hole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import violations
from tests.nights import FIRST, LONG, Item, Nights, rss

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.long

PICTURE = (
    '<p>正文开头。</p><img src="https://pictures.example.org/gone.jpg" alt="湖" width="600" height="400">'
)
SIZES = "() => [document.documentElement, document.body].map(one => getComputedStyle(one).fontSize)"
# Notes what <html> says whenever a frame is about to be painted, and when the body begins.
EARLY = """
window.seen = [];
const note = () => window.seen.push(document.documentElement?.dataset.theme);
new MutationObserver((_, self) => { if (document.body) { note(); self.disconnect(); } })
  .observe(document, { childList: true, subtree: true });
requestAnimationFrame(note);
"""
SMALL_TARGETS = """least => [...document.querySelectorAll("a, button, summary, label")].filter(one => {
  const box = one.getBoundingClientRect();
  const inText = getComputedStyle(one).display === "inline" || one.matches(".skip, .body a");
  return box.height && !inText && Math.round(box.height) < least;
}).map(one => one.outerHTML)"""
SMALL_TEXT = """least => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && holder.checkVisibility() && !holder.closest("script")
        && parseFloat(getComputedStyle(holder).fontSize) < least) found.push(holder.outerHTML);
  }
  return found;
}"""
COLOURED = (  # of which the colours are compared
    *("document.body).color", "document.body).backgroundColor", "document.documentElement).colorScheme"),
    *("document.querySelector('a[href]')).color", "document.querySelector('.masthead')).borderTopColor"),
)
VOICE = """
window.spoken = [];
const voice = (lang, localService) => ({ lang, localService, name: lang });
const voices = [voice("zh-CN", false), voice("en-US", true), voice("zh-CN", true)];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices.filter(one => one.localService || !window.onlyRemote),
  speak: said => { window.spoken.push([said.text, said.voice.localService]); setTimeout(said.onend, 0); },
  cancel: () => {}, addEventListener: () => {},
} });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two accounts that carry one story, and an entry with a picture that is no more."""
    root = tmp_path_factory.mktemp("reading") / "m"
    accounts: list[dict[str, Any]] = [
        {"id": name, "name": f"{name}号", "feed": f"{name}.xml", "rights": "full"} for name in ("a", "b")
    ]
    nights = Nights(root, accounts)
    nights.write("a.xml", rss(Item("one", "图书馆延长开放", LONG), Item("picture", "湖边", PICTURE)))
    nights.write("b.xml", rss(Item("two", "图书馆延长开放", LONG, day=2)))
    nights.load().build(root / "output", now=FIRST, jobs=1)
    return root / "output"


@pytest.fixture
def context(served: str, chromium: Browser) -> Iterator[BrowserContext]:
    """A reader's browser; requests to elsewhere fail, and are noted in `context.elsewhere`."""
    made = chromium.new_context(viewport={"width": 360, "height": 780}, color_scheme="light")
    made.route("**/*", lambda route: _only(served, route))
    yield made
    made.close()


def _only(served: str, route: Route) -> None:
    if route.request.url.startswith(served) or route.request.resource_type == "image":
        route.continue_()  # of elsewhere nothing is found: chromium resolves no name
    else:
        route.abort()


@pytest.fixture
def tab(context: BrowserContext, served: str) -> Page:
    tab = context.new_page()
    tab.goto(f"{served}/index.html")
    return tab


def _entry(site: Path, word: str) -> str:
    pages = (path for path in site.glob("20*/**/*.html") if f"<h1>{word}</h1>" in path.read_text("utf-8"))
    return next(pages).relative_to(site).as_posix()


def _choose(tab: Page, **choices: str) -> None:
    tab.click(".settings summary")
    for name, value in choices.items():
        tab.check(f".settings input[name={name}][value={value}]")


def _background(tab: Page) -> str:
    return str(tab.evaluate("() => getComputedStyle(document.body).backgroundColor"))


def test_colours_are_kept_and_stand_before_the_first_paint(
    context: BrowserContext, tab: Page, served: str, site: Path
) -> None:
    light = _background(tab)
    _choose(tab, theme="dark")
    dark = _background(tab)
    assert dark != light
    context.add_init_script(EARLY)
    for path in ("accounts/index.html", _entry(site, "湖边")):
        tab.goto(f"{served}/{path}")
        assert set(tab.evaluate("seen")) == {"dark"}
        assert _background(tab) == dark


def test_a_system_that_is_dark_needs_no_choice_and_no_script(chromium: Browser, served: str) -> None:
    backgrounds = []
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{served}/index.html")
        assert not page.is_visible(".settings")
        image = page.screenshot()
        backgrounds.append(image)
        context.close()
    assert backgrounds[0] != backgrounds[1]


def test_text_size_is_kept_across_pages(tab: Page, served: str) -> None:
    before = tab.evaluate(SIZES)
    assert 17 <= float(before[1].removesuffix("px")) <= 18
    _choose(tab, size="larger")
    larger = tab.evaluate(SIZES)
    assert float(larger[1].removesuffix("px")) > 1.25 * float(before[1].removesuffix("px"))
    tab.goto(f"{served}/accounts/a/index.html")
    assert tab.evaluate(SIZES) == larger
    assert tab.is_checked(".settings input[value=larger]", timeout=1000)


@pytest.mark.parametrize("stored", ['{"theme": "x\\" onload", "size": 3}', "[", "null", '"dark"'])
def test_what_else_is_stored_is_no_choice(tab: Page, stored: str) -> None:
    tab.evaluate(f"localStorage.setItem('reading', {json.dumps(stored)})")
    tab.reload()
    assert tab.evaluate("({ ...document.documentElement.dataset })") == {
        "theme": "auto",
        "size": "normal",
        "elder": "off",
    }


@pytest.mark.parametrize("width", [360, 1440])
def test_the_version_for_elders_has_large_text_and_targets(
    tab: Page, served: str, site: Path, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    _choose(tab, elder="on")
    story = next(site.glob("stories/*.html")).relative_to(site).as_posix()
    for path in ("index.html", _entry(site, "湖边"), story, "accounts/a/index.html", "accounts/index.html"):
        tab.goto(f"{served}/{path}")
        assert tab.evaluate(SMALL_TEXT, 24) == [], path  # 18 pt
        assert tab.evaluate(SMALL_TARGETS, 60) == [], path
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    tab.click(".settings summary")
    tab.uncheck(".settings input[name=elder]")
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.elder") == "off"


def test_phones_have_targets_of_44_pixels(tab: Page, served: str, site: Path) -> None:
    for path in ("index.html", _entry(site, "湖边"), "accounts/a/index.html"):
        tab.goto(f"{served}/{path}")
        tab.click(".settings summary")
        assert tab.evaluate(SMALL_TARGETS, 44) == [], path


def test_the_panel_is_worked_by_the_keyboard(tab: Page) -> None:
    tab.focus(".settings summary")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.documentElement.dataset.size") == "large"
    tab.keyboard.press("Escape")
    assert not tab.is_visible(".settings-panel")
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize(
    ("theme", "elder", "width"),
    [("light", "off", 360), ("dark", "off", 1440), ("dark", "on", 360), ("light", "on", 768)],
)
def test_axe_finds_nothing_with_the_panel_open(
    tab: Page, served: str, site: Path, theme: str, elder: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.evaluate(
        "chosen => localStorage.setItem('reading', chosen)", json.dumps({"theme": theme, "elder": elder})
    )
    for path in ("index.html", _entry(site, "图书馆延长开放"), "accounts/a/index.html"):
        tab.goto(f"{served}/{path}")
        tab.click(".settings summary")
        assert violations(tab) == [], path


def test_a_picture_that_does_not_come_leaves_a_quiet_box(tab: Page, served: str, site: Path) -> None:
    tab.goto(f"{served}/{_entry(site, '湖边')}")
    tab.locator(".body img").scroll_into_view_if_needed()
    tab.wait_for_selector(".body img.missing")
    tab.wait_for_function("document.querySelector('.body img').naturalWidth > 0")
    assert tab.get_attribute(".body img", "src") == f"{served}/theme/missing.svg"
    assert tab.get_attribute(".body img", "alt") == "湖"


def test_an_article_is_read_aloud_by_a_voice_of_the_device_only(
    context: BrowserContext, served: str, site: Path
) -> None:
    context.add_init_script(VOICE)
    tab = context.new_page()
    tab.goto(f"{served}/{_entry(site, '图书馆延长开放')}")
    tab.click(".aloud")
    tab.wait_for_function("document.querySelector('.aloud').getAttribute('aria-pressed') === 'false'")
    spoken = tab.evaluate("spoken")
    assert "".join(text for text, _ in spoken).startswith("图书馆延长开放市民朋友们")
    assert {local for _, local in spoken} == {True}
    tab.goto(f"{served}/index.html")
    assert tab.locator(".aloud").count() == 0


def test_without_a_voice_nothing_is_offered(tab: Page, served: str, site: Path) -> None:
    tab.goto(f"{served}/{_entry(site, '湖边')}")
    assert tab.locator(".aloud").count() == 0


@pytest.mark.parametrize("elder", ["off", "on"])
def test_a_browser_without_light_dark_shows_the_light_colours(
    context: BrowserContext, tab: Page, served: str, elder: str
) -> None:
    """As one that is older than the function: it drops what uses it, and knows that it does."""

    def colours() -> list[str]:
        tab.goto(f"{served}/index.html")
        return [str(tab.evaluate(f"() => getComputedStyle({part}")) for part in COLOURED]

    chosen = {"theme": "light", "elder": elder}
    tab.evaluate("chosen => localStorage.setItem('reading', JSON.stringify(chosen))", chosen)
    light = colours()
    context.route("**/*.css", _before_light_dark)
    tab.emulate_media(color_scheme="dark")
    for theme in ("auto", "dark"):
        tab.evaluate(
            "chosen => localStorage.setItem('reading', JSON.stringify(chosen))", chosen | {"theme": theme}
        )
        assert colours() == light
    tab.click(".settings summary")
    assert not tab.is_visible("input[name=theme]")
    assert tab.is_visible("input[name=size]")


def _before_light_dark(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("light-dark(", "not-yet("))
