"""What every request passes, and what every answer bears."""

from __future__ import annotations

import http.client
import json
import logging
from collections.abc import Iterator
from contextlib import closing

import pytest

from matrixsite.desk import bodies
from matrixsite.desk.access import Access
from matrixsite.desk.guard import HEADERS
from tests.desk.conftest import Answer, Browser, Opening

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def inside(desk: Browser) -> Browser:
    """Someone with a session."""
    desk.come_in()
    return desk


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1.nip.io",
        "localhost.evil.example",
        "desk.lan",
        "",
        "[",
    ],
)
@pytest.mark.parametrize("path", ["/", "/login", "/static/desk.css", "/source.zip", "/none"])
def test_a_foreign_name_gets_nothing(inside: Browser, host: str, path: str) -> None:
    """DNS rebinding: a page elsewhere lets its own name lead to this machine, and asks with that."""
    answer = inside.get(path, Host=host.format(port=inside.port))
    assert (answer.status, answer["Set-Cookie"]) == (403, "")
    assert "不应答这个名称" in answer.body
    token = inside.gate.token.make()
    assert inside.get(f"/?token={token}", Host="evil.example")["Set-Cookie"] == ""
    assert inside.gate.token.redeem(token), "it was not used up"


def test_names_it_was_given_are_answered(opened: Opening) -> None:
    with opened(access=Access.by("desk.lan", "https://desk.example.org:8443")) as desk:
        desk.come_in()
        for host in (
            "desk.lan",
            "DESK.lan:8001",
            "desk.example.org:8443",
            "localhost",
            "[::1]:9",
            "10.0.0.1",
        ):
            assert desk.get("/who", Host=host).status == 200
        assert desk.get("/who", Host="example.org").status == 403
        assert desk.post("/echo", Origin="https://desk.example.org:8443").status == 200
        assert desk.post("/echo", Origin="http://desk.example.org:8443").status == 403
        assert desk.post("/echo", Host="desk.lan", Origin="http://desk.lan").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "MADEUP"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:8000"},  # the preview's
        {"Origin": "https://{own}"},
        {"Origin": "http://localhost:{port}"},
        {"Referer": "http://evil.example/http://{own}/"},
        {"Referer": "http://{own}.evil.example/"},
        {"Referer": "http://{own}@evil.example/"},
        {"Referer": "http://["},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://{own}", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://evil.example", "Referer": "http://{own}/"},
    ],
    ids=str,
)
def test_nothing_is_changed_from_elsewhere(inside: Browser, method: str, headers: dict[str, str]) -> None:
    own = f"127.0.0.1:{inside.port}"
    sent = {name: value.format(own=own, port=inside.port) for name, value in headers.items()}
    answer = inside.ask(method, "/echo", b"", {**sent, "X-CSRF-Token": inside.csrf})
    assert answer.status == 403
    assert "请求来自别处" in answer.body


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://{own}"},
        {"Referer": "http://{own}/who?a=1"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://{own}", "Referer": "http://{own}/", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
def test_what_comes_from_a_page_of_ours_is_let_through(inside: Browser, headers: dict[str, str]) -> None:
    sent = {name: value.format(own=f"127.0.0.1:{inside.port}") for name, value in headers.items()}
    assert inside.ask("POST", "/echo", b"", {**sent, "X-CSRF-Token": inside.csrf}).status == 200


@pytest.mark.parametrize(
    ("site", "mode"), [("cross-site", "no-cors"), ("same-site", "cors"), ("same-site", "")]
)
def test_no_page_elsewhere_loads_a_part_of_ours(inside: Browser, site: str, mode: str) -> None:
    assert inside.get("/who", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
    assert inside.get("/who", Sec_Fetch_Site="same-origin", Sec_Fetch_Mode="cors").status == 200


@pytest.mark.parametrize("csrf", ["", "wrong", "éé", "{half}", "{other}"])
def test_without_the_token_of_the_session_nothing_is_changed(inside: Browser, csrf: str) -> None:
    other = Browser(inside.gate, inside.clock, inside.port)
    other.come_in()
    sent = csrf.format(half=inside.csrf[:20], other=other.csrf)
    answer = inside.post("/echo", {"csrf": sent, "a": "1"}, X_CSRF_Token="-")
    assert answer.status == 403
    assert "页面已过时" in answer.body
    body = json.dumps({"csrf": inside.csrf}).encode()
    headers = {"Origin": inside.origin, "Content-Type": "application/json", "Cookie": inside.cookie}
    assert inside.ask("POST", "/echo", body, headers).status == 403, "a JSON body bears no token"
    assert inside.post(f"/echo?csrf={inside.csrf}", X_CSRF_Token="-").status == 403, "nor does an address"


def test_the_token_is_a_field_or_a_header(inside: Browser) -> None:
    answer = inside.post("/echo", {"csrf": inside.csrf, "名": "青 山"}, X_CSRF_Token="-")
    assert json.loads(answer.body)["form"] == [["csrf", inside.csrf], ["名", "青 山"]]
    assert json.loads(answer.body)["body"].startswith("csrf="), "the page may read the body itself"
    headers = {"Origin": inside.origin, "Content-Type": "application/json; charset=UTF-8"}
    answer = inside.ask("PUT", "/echo", b'{"a": 1}', {**headers, "X-CSRF-Token": inside.csrf})
    assert json.loads(answer.body) == {"body": '{"a": 1}', "form": []}


@pytest.mark.parametrize(("size", "status"), [(bodies.LIMIT, 200), (bodies.LIMIT + 1, 413)])
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_are_bounded(inside: Browser, size: int, status: int, chunked: bool) -> None:
    assert inside.ask("POST", "/echo", *_sized(inside, size, chunked)).status == status


def _sized(desk: Browser, size: int, chunked: bool) -> tuple[bytes, dict[str, str]]:
    headers = {"Origin": desk.origin, "X-CSRF-Token": desk.csrf, "Content-Type": "application/json"}
    if not chunked:
        return b" " * size, headers
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (size, b" " * size)
    return body, {**headers, "Transfer-Encoding": "chunked"}


def test_a_body_is_refused_by_its_length_alone(inside: Browser) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", inside.port, timeout=5)) as connection:
        connection.putrequest("POST", "/echo")
        for name, value in _sized(inside, 0, False)[1].items():
            connection.putheader(name, value)
        connection.putheader("Cookie", inside.cookie)
        connection.putheader("Content-Length", "9" * 12)
        connection.endheaders()
        assert connection.getresponse().status == 413


def test_a_body_that_does_not_come_is_not_waited_for(
    inside: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    body, headers = _sized(inside, 10, False)
    assert inside.ask("POST", "/echo", body[:5], {**headers, "Content-Length": "10"}).status == 408


def test_nothing_is_read_of_who_has_no_session(desk: Browser) -> None:
    headers = {**_sized(desk, 0, False)[1], "Content-Length": "500000", "X-CSRF-Token": "-"}
    assert desk.ask("POST", "/echo", b"", headers).status == 403


@pytest.mark.parametrize(
    "kind",
    ["-", "text/plain", "multipart/form-data; boundary=x", f"{FORM}; charset=gbk", "application/xml", "x"],
)
def test_other_types_are_refused(inside: Browser, kind: str) -> None:
    assert inside.post("/echo", {"a": "1"}, Content_Type=kind).status == 415


@pytest.mark.parametrize("body", [b"a=%ff", b"a=\xff", b"a=1&" * (bodies.FIELDS + 1)])
def test_forms_that_are_none_are_refused(inside: Browser, body: bytes) -> None:
    headers = {"Origin": inside.origin, "X-CSRF-Token": inside.csrf, "Content-Type": FORM}
    assert inside.ask("POST", "/echo", body, headers).status == 400


def test_every_answer_bears_the_headers(opened: Opening, caplog: pytest.LogCaptureFixture) -> None:
    with opened(password=True) as desk:
        for answer in _of_all_kinds(desk):
            assert {name: answer[name] for name in HEADERS} == HEADERS
            assert answer["Cache-Control"]
            assert answer["Server"] == ""
    assert {answer.status for answer in desk.seen} >= {200, 303, 400, 403, 404, 405, 413, 415, 429, 500}
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "the desk failed at GET /fail"
    ]


def _of_all_kinds(desk: Browser) -> Iterator[Answer]:
    desk.get("/", Host="evil.example")
    desk.get("/?token=x")
    for _ in range(4):
        desk.log_in("wrong")
    desk.come_in()
    for path in ("/who", "/none", "/fail", "/static/desk.css", "/source.zip", "/session"):
        desk.get(path)
    desk.ask("HEAD", "/who")
    desk.ask("OPTIONS", "/who")
    desk.post("/echo")
    desk.post("/echo", X_CSRF_Token="-")
    desk.post("/who")
    desk.post("/echo", {"a": "1"}, Content_Type="text/plain")
    desk.ask("POST", "/echo", *_sized(desk, bodies.LIMIT + 1, False))
    headers = {"Origin": desk.origin, "X-CSRF-Token": desk.csrf, "Content-Type": FORM}
    desk.ask("POST", "/echo", b"a=%ff", headers)
    desk.post("/logout")
    yield from desk.seen


def test_pages_are_not_kept_and_a_page_may_say_otherwise(inside: Browser) -> None:
    assert inside.get("/who")["Cache-Control"] == "no-store"
    assert inside.post("/echo")["Cache-Control"] == "max-age=9"


def test_a_page_that_fails_tells_nothing(inside: Browser) -> None:
    answer = inside.get("/fail")
    assert answer.status == 500
    assert "a page that fails" not in answer.body
    assert "Traceback" not in answer.body


def test_the_desks_own_files_need_no_session(desk: Browser) -> None:
    assert desk.get("/static/desk.css").status == 200
    assert desk.post("/static/desk.css").status == 403
    assert desk.get("/staticfiles").status == 403
