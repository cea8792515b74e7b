"""Coming in, by the terminal's address or by the password, and going out."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie

import pytest

from matrixsite.desk import passwords
from matrixsite.desk.access import Access
from matrixsite.desk.sessions import IDLE, TOKEN_LIFE
from tests.desk.conftest import PASSWORD, Browser, Opening, location


def test_the_address_of_the_terminal_opens_a_session_once(desk: Browser) -> None:
    token = desk.gate.token.make()
    answer = desk.get(f"/who?a=%E9%9D%92&token={token}&b=")
    assert (answer.status, location(answer)) == (303, "/who?a=%E9%9D%92&b=")
    (cookie,) = SimpleCookie(answer["Set-Cookie"]).values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "strict", "/")
    assert (cookie["secure"], cookie["domain"], cookie["max-age"]) == ("", "", "")
    assert cookie.key == f"desk-{desk.port}", "desks of other ports on this machine keep theirs"
    assert json.loads(desk.get("/who").body)["editor"] == "operator"
    desk.cookie = ""
    again = desk.get(f"/?token={token}")
    assert (again.status, again["Set-Cookie"]) == (403, "")


@pytest.mark.parametrize("language", ["zh-CN,zh;q=0.9,en;q=0.8", "en-GB", ""])
@pytest.mark.parametrize("case", ["used", "wrong", "expired", "older", "empty"])
def test_a_token_that_is_no_good_is_told_so(desk: Browser, case: str, language: str) -> None:
    token = desk.gate.token.make()
    if case == "used":
        assert desk.gate.token.redeem(token)
    elif case == "older":
        desk.gate.token.make()
    elif case == "expired":
        desk.clock.now += TOKEN_LIFE
    sent = {"wrong": token[:-1] + "~", "empty": ""}.get(case, token)
    answer = desk.get(f"/?token={sent}", Accept_Language=language)
    assert (answer.status, answer["Set-Cookie"]) == (403, "")
    title, how = ("A used address", "Press Enter") if language == "en-GB" else ("地址已失效", "按回车键")
    assert title in answer.body
    assert how in answer.body


def test_a_token_is_good_until_its_time_has_come(desk: Browser) -> None:
    token = desk.gate.token.make()
    desk.clock.now += TOKEN_LIFE - 1
    assert desk.get(f"/?token={token}").status == 303


def test_who_is_in_goes_on_with_an_old_address(desk: Browser) -> None:
    desk.come_in()
    answer = desk.get("/who?tok%65n=old")
    assert (answer.status, location(answer), answer["Set-Cookie"]) == (303, "/who", "")


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example", "http://evil.example/"])
def test_no_address_leads_elsewhere(desk: Browser, path: str) -> None:
    answer = desk.get(f"{path}?token={desk.gate.token.make()}", Host="127.0.0.1")
    assert (answer.status, answer["Location"]) == (303, "/")


def test_a_session_is_a_new_one(desk: Browser) -> None:
    """Nobody goes on with a secret that someone else may have given them."""
    desk.come_in()
    before = desk.cookie
    desk.come_in()
    assert desk.cookie != before
    assert desk.get("/who", Cookie=before).status == 403


@pytest.mark.parametrize("cookie", ["", "desk-{port}=", "desk-{port}=wrong", "desk-1={secret}", "other=1"])
@pytest.mark.parametrize(
    "path", ["/", "/who", "/none", "/fail", "/session", "/static/../who", "/static//who"]
)
def test_without_a_session_no_page_is_made(desk: Browser, cookie: str, path: str) -> None:
    desk.come_in()
    secret = desk.cookie.partition("=")[2]
    answer = desk.get(path, Cookie=cookie.format(port=desk.port, secret=secret) or "-")
    assert answer.status == 403
    assert "请先登录" in answer.body
    assert "csrf" not in answer.body


def test_a_part_of_a_page_comes_to_the_door_as_a_whole(desk: Browser) -> None:
    assert desk.get("/who", HX_Request="true")["HX-Refresh"] == "true"
    assert desk.get("/who")["HX-Refresh"] == ""


def test_a_session_ends_unused(desk: Browser) -> None:
    desk.come_in()
    for _ in range(3):
        desk.clock.now += IDLE - 1
        assert desk.get("/who").status == 200
    desk.clock.now += IDLE
    assert desk.get("/who").status == 403


def test_a_link_from_elsewhere_leads_in(desk: Browser) -> None:
    """A browser keeps a strict cookie back there; a page that goes on by itself is no longer from elsewhere."""
    desk.come_in()
    strayed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    answer = desk.get("/who?a=1&b=%22", Cookie="-", **strayed)
    assert answer.status == 200
    assert '<meta http-equiv="refresh" content="0; url=/who?a=1&amp;b=%22">' in answer.body
    assert "csrf" not in answer.body
    assert desk.get("/who", Cookie="-", **{**strayed, "Sec_Fetch_Dest": "iframe"}).status == 403


def test_signing_out(desk: Browser) -> None:
    desk.come_in()
    cookie = desk.cookie
    assert desk.get("/logout").status == 404, "going there changes nothing"
    assert desk.post("/logout", X_CSRF_Token="-").status == 403
    assert desk.get("/who").status == 200
    answer = desk.post("/logout")
    assert answer.status == 200
    assert "Max-Age=0" in answer["Set-Cookie"]
    assert desk.get("/who", Cookie=cookie).status == 403


def test_language_and_name_can_be_changed(desk: Browser) -> None:
    desk.come_in()
    assert json.loads(desk.get("/session").body) == {
        "csrf": desk.csrf,
        "language": "zh-CN",
        "editor": "operator",
    }
    fields = {"language": "en", "editor": " 王\x00主任\n", "next": "/who"}
    assert location(desk.post("/session", fields)) == "/who"
    said = json.loads(desk.get("/who").body)
    assert (said["language"], said["editor"], said["csrf"]) == ("en", "王 主任", desk.csrf)
    desk.post("/session", {"language": "tlh", "editor": "  ", "next": "//evil.example"})
    assert json.loads(desk.get("/who").body) == said
    assert desk.seen[-2]["Location"] == "/"


def test_the_password_opens_a_session(opened: Opening) -> None:
    with opened(password=True) as desk:
        door = desk.get("/who?a=1&token2=x", Accept_Language="en")
        assert door.status == 403
        assert '<form method="post" action="/login">' in door.body
        assert 'name="next" value="/who?a=1&amp;token2=x"' in door.body
        answer = desk.log_in()
        assert (answer.status, location(answer)) == (303, "/who?a=1")
        assert json.loads(desk.get("/who").body)["editor"] == "李编辑"


@pytest.mark.parametrize("password", ["", "青山", PASSWORD + " ", "x" * 100_000, "\x00"])
def test_another_password_does_not(opened: Opening, password: str) -> None:
    with opened(password=True) as desk:
        answer = desk.log_in(password)
        assert (answer.status, answer["Set-Cookie"]) == (403, "")
        assert "密码不对" in answer.body
        assert password[:50] not in answer.body or password in ("", "\x00")


def test_where_no_password_is_set_none_opens(desk: Browser) -> None:
    answer = desk.log_in("")
    assert answer.status == 403
    assert "<form" not in answer.body


@pytest.mark.parametrize("origin", ["-", "null", "http://evil.example", "http://127.0.0.1:1"])
def test_nobody_logs_others_in_from_elsewhere(opened: Opening, origin: str) -> None:
    with opened(password=True) as desk:
        assert desk.log_in(Origin=origin)["Set-Cookie"] == ""


def test_guessing_is_slowed_down(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(password=True) as desk:
        assert [desk.log_in("wrong").status for _ in range(4)] == [403, 403, 403, 429]
        waiting = desk.log_in()
        assert (waiting.status, waiting["Retry-After"]) == (429, "1"), "the right one has to wait, too"
        monkeypatch.setattr(passwords.PasswordRecord, "fits", None)  # not even looked at
        assert desk.log_in().status == 429
        monkeypatch.undo()
        desk.clock.now += 1
        assert desk.log_in("wrong").status == 403
        assert desk.log_in("wrong")["Retry-After"] == "2"
        desk.clock.now += 2
        assert desk.log_in().status == 303
        assert desk.log_in("wrong").status == 403, "counted anew"


@pytest.mark.parametrize(
    ("host", "secure"), [("desk.example.org", True), ("127.0.0.1", False), ("desk.example.org:80", False)]
)
def test_behind_a_proxy_with_https_the_cookie_is_for_https_only(
    opened: Opening, host: str, secure: bool
) -> None:
    access = Access.by("127.0.0.1", "https://desk.example.org/")
    with opened(password=True, access=access) as desk:
        answer = desk.log_in(Host=host, Origin="https://desk.example.org")
        assert answer.status == 303
        assert ("Secure" in answer["Set-Cookie"]) is secure
