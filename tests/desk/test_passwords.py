"""What is kept of a password, and how often it may be guessed."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from matrixsite.desk.errors import DeskUnusable
from matrixsite.desk.passwords import LONGEST, SHORTEST, PasswordFile, PasswordRecord, record_of
from matrixsite.desk.throttle import FORGOTTEN, FREE, FREE_TOGETHER, LONGEST_TOGETHER, Throttle
from matrixsite.desk.throttle import LONGEST as LONGEST_WAIT
from tests.desk.conftest import PASSWORD, Clock


def test_a_record_fits_its_password_alone() -> None:
    record = record_of(PASSWORD, n=2)
    assert record.fits(PASSWORD)
    assert not any(record.fits(other) for other in ("", PASSWORD[:-1], PASSWORD + "x", PASSWORD * 200))
    assert record_of("é" * 10, n=2).fits("e\N{COMBINING ACUTE ACCENT}" * 10), "as another keyboard writes it"


def test_records_of_one_password_differ_and_hide_it() -> None:
    one, other = record_of(PASSWORD, n=2), record_of(PASSWORD, n=2)
    assert (one.salt != other.salt, one.digest != other.digest) == (True, True)
    assert PASSWORD not in repr(one)


def test_the_cost_is_that_of_the_cheat_sheet() -> None:
    record = record_of(PASSWORD)
    assert (record.n, record.r, record.p) == (2**15, 8, 3)
    assert record.fits(PASSWORD)


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_passwords_that_are_no_good_are_refused(length: int) -> None:
    with pytest.raises(DeskUnusable, match="nothing was stored"):
        record_of("x" * length)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = PasswordFile.within(tmp_path)
    assert file.read() is None
    file.path.parent.mkdir()
    file.path.touch(0o644)
    for record in (record_of(PASSWORD, n=2), record_of(PASSWORD, n=4)):
        file.write(record)
        assert file.read() == record
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        assert [path.name for path in file.path.parent.iterdir()] == ["password"]


GOOD = '{"salt": "00", "digest": "0a", "n": 16, "r": 8, "p": 1}'


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", "null", "{", '"x"', "{}", "\xff", '{"salt": "00"}'),
        *(
            GOOD.replace(*one)
            for one in (
                *(
                    ('"00"', '"zz"'),
                    ('"00"', '""'),
                    ('"0a"', "1"),
                    ('"0a"', '"é"'),
                    ("16", '"16"'),
                    ("16", "3"),
                ),
                *(("16", "1"), ("16", "2.0"), ("16", "true"), ("16", "-2"), ("16", "1073741824"), ("8", "0")),
            )
        ),
    ],
)
def test_a_file_that_holds_none_is_told_of(tmp_path: Path, content: str) -> None:
    file = PasswordFile.within(tmp_path)
    file.path.parent.mkdir()
    file.path.write_text(GOOD)
    assert file.read()
    file.path.write_bytes(content.encode("latin-1"))
    with pytest.raises(DeskUnusable, match="--set-password"):
        file.read()


def test_records_of_other_parameters_stay_good(tmp_path: Path) -> None:
    file = PasswordFile.within(tmp_path)
    file.write(record_of(PASSWORD, n=8))
    assert json.loads(file.path.read_text())["n"] == 8
    record = file.read()
    assert isinstance(record, PasswordRecord)
    assert record.fits(PASSWORD)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def test_an_address_waits_longer_after_each_failure(throttle: Throttle, clock: Clock) -> None:
    waits = []
    for _ in range(FREE + 14):
        wait = throttle.admit("192.0.2.1")
        waits.append(wait)
        clock.now += wait
        assert not wait or throttle.admit("192.0.2.1") == 0
    assert waits[:7] == [0, 0, 0, 1, 2, 4, 8]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_waiting_is_not_prolonged_by_asking(throttle: Throttle, clock: Clock) -> None:
    for _ in range(FREE):
        throttle.admit("192.0.2.1")
    assert [throttle.admit("192.0.2.1") for _ in range(3)] == [1, 1, 1]
    clock.now += 0.75
    assert throttle.admit("192.0.2.1") == 0.25
    assert throttle.admit("192.0.2.2") == 0, "others don't wait for it"


def test_many_addresses_wait_together(throttle: Throttle, clock: Clock) -> None:
    assert {throttle.admit(f"192.0.2.{number}") for number in range(FREE_TOGETHER)} == {0}
    assert throttle.admit("198.51.100.1") == 1
    tries = 0
    for number in range(24 * 3600):
        clock.now += 1
        tries += not throttle.admit(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert tries < 24 * 3600 / LONGEST_TOGETHER + 10


def test_a_success_is_no_failure(throttle: Throttle) -> None:
    for _ in range(3 * FREE_TOGETHER):
        assert throttle.admit("192.0.2.1") == 0
        throttle.succeeded("192.0.2.1")
    for _ in range(FREE - 1):
        throttle.admit("192.0.2.1")
    throttle.admit("192.0.2.1")
    throttle.succeeded("192.0.2.1")
    assert [throttle.admit("192.0.2.1") for _ in range(FREE + 1)] == [0, 0, 0, 1]


def test_failures_are_forgotten(throttle: Throttle, clock: Clock) -> None:
    for _ in range(FREE):
        throttle.admit("192.0.2.1")
    clock.now += FORGOTTEN + 1
    assert [throttle.admit("192.0.2.1") for _ in range(FREE + 1)] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "unix", False),
    ],
)
def test_a_network_of_ipv6_is_one_address(throttle: Throttle, one: str, other: str, same: bool) -> None:
    for _ in range(FREE):
        assert throttle.admit(one) == 0
    assert (throttle.admit(other) > 0) is same
