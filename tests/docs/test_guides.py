"""Whoever does what tutorial, guides and READMEs say gets what they promise: each command is run, in order."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from docs.manual.contents import HERE, LANGUAGES
from tests.docs.conftest import Needed, Reader
from tests.docs.robot import Robot
from tests.docs.steps import Command, File, steps
from tests.feedserver import FeedServer, Reply

ROOT = HERE.parents[1]
SHORT = """<feed xmlns="http://www.w3.org/2005/Atom"><title>青山发布</title><id>MP_WXS_2390000001</id>
<updated>2025-11-20T00:00:00Z</updated><entry><id>xYz</id><title>明天停水</title>
<link href="https://mp.weixin.qq.com/s/xYz"/><updated>2025-11-20T00:00:00Z</updated></entry></feed>"""


def guide(language: str, name: str) -> list[File | Command]:
    return list(steps((HERE / language / f"{name}.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tutorial(reader: Reader, language: str) -> None:
    for step in guide(language, "tutorial"):
        reader.do(step)
    output = reader.folder / "output"
    assert len(list(output.glob("stories/*.html"))) == 1
    assert (output / "columns/warm-winter/index.html").exists()
    assert "全市正式供热" in (output / "headlines/feed.atom.xml").read_text(encoding="utf-8")
    assert (reader.folder.parent / "www/index.html").read_bytes() == (output / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("name", "language"),  # in one language, for the other says the same: see below
    [
        ("exports", "zh-CN"),
        ("forge-pages", "en"),
        ("object-storage", "zh-CN"),
        ("schedule", "zh-CN"),
        ("planet", "en"),
    ],
)
def test_a_guide(begun: Reader, needs: Needed, language: str, name: str) -> None:
    if name == "object-storage":
        needs("rclone")
    for step in guide(language, name):
        begun.do(step)


def test_wechat_by_a_bridge(begun: Reader, feed_server: FeedServer) -> None:
    """A bridge that sends titles and links with ids that are no addresses, as wewe-rss does."""
    feed_server.routes["/feeds/MP_WXS_2390000001.atom"] = Reply(SHORT.encode())
    begun.elsewhere = {"127.0.0.1:4000": feed_server.place}
    for step in guide("en", "wechat"):
        begun.do(step)
    begun.do(Command("matrixsite export", ("…明天停水…",)))


@pytest.mark.parametrize(("language", "secret"), [("zh-CN", "SEC1"), ("en", "")])
def test_alerts_reach_the_robot(begun: Reader, language: str, secret: str) -> None:
    with Robot() as robot:
        begun.environment |= {"ROBOT": robot.url, "ROBOT_SECRET": secret}
        for step in guide(language, "alerts"):
            begun.do(step)
    (posted,) = robot.posted
    key = "text" if secret else "content"
    assert "sample: " in posted.body["markdown"][key]
    assert posted.body["msgtype"] == "markdown"
    assert ("&sign=" in posted.path) == bool(secret)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme(reader: Reader, name: str) -> None:
    for step in steps((ROOT / name).read_text(encoding="utf-8")):
        reader.do(step)


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_and_tables_of_the_schedule_are_well_formed(language: str) -> None:
    files = {step.path: step.text for step in guide(language, "schedule") if isinstance(step, File)}
    for name, wanted in (("matrixsite.service", "Service"), ("matrixsite.timer", "Timer")):
        unit = ConfigParser()
        unit.optionxform = str  # type: ignore[assignment, method-assign]  # its keys are CamelCase
        unit.read_string(files[name])
        assert wanted in unit
    time = r"(\S+ ){5}/\S+"
    assert re.fullmatch(time, files["matrixsite.cron"].splitlines()[-1])


@pytest.mark.parametrize("name", [file.stem for file in sorted((HERE / "en").glob("*.md"))])
def test_both_languages_say_the_same(name: str) -> None:
    """The same files and commands, but for comments and quoted words, and the files of the tutorial."""
    chinese, english = ([_meaning(step, name) for step in guide(language, name)] for language in LANGUAGES)
    assert chinese == english


def _meaning(step: File | Command, name: str) -> tuple[str, ...]:
    if isinstance(step, Command):
        return (re.sub(r'"[^"]*"', "", step.text), *step.answers, str(step.code), step.not_run or "")
    if name == "tutorial":
        return (step.path,)
    return (step.path, re.sub(r"\s*#[^!\n].*$", "", step.text, flags=re.MULTILINE))


def test_what_is_not_run_says_why() -> None:
    reasons = [
        step.not_run
        for language in LANGUAGES
        for file in Path(HERE / language).glob("*.md")
        for step in steps(file.read_text(encoding="utf-8"))
        if isinstance(step, Command) and step.not_run is not None
    ]
    assert reasons
    assert all(len(reason) > 15 for reason in reasons)


def test_the_steps_of_a_document() -> None:
    text = "#### a/b.yaml\n\n```yaml\nx: 1\n```\n\n<!-- answers 1 -->\n```console\n$ a b # why\nyes …\n$ c\n```\n"
    assert list(steps(text)) == [
        File("a/b.yaml", "x: 1\n"),
        Command("a b", ("yes …",), 1),
        Command("c", (), 1),
    ]
