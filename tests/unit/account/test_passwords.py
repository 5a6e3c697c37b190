"""Which passwords are too easy."""

from __future__ import annotations

import pytest

from application.stores.accounts.passwords import made_up, problem
from application.stores.accounts.throttle import network


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("          ", "short"),
        ("  short1  ", "short"),
        ("九个汉字的密码长度", "short"),
        ("x1" * 101, "long"),
        ("qiu-shan\u200b-9-lu", "invisible"),
        ("qiu-shan\x00-9-lu", "invisible"),
        ("zhangsanfeng", "username"),
        ("ZhangSanFeng2025", "username"),
        ("ｚｈａｎｇｓａｎｆｅｎｇ", "username"),
        ("aaaaaaaaaaaa", "common"),
        ("abcabcabcabc", "common"),
        ("1212121212121", "common"),
        ("1234567890", "common"),
        ("0987654321", "common"),
        ("qwertyuiop", "common"),
        ("Password123", "common"),
        ("P@ssw0rd2025", "common"),
        ("admin123456", "common"),
        ("woaini1234567", "common"),
    ],
)
def test_what_is_guessed_first_is_no_password(password: str, wrong: str) -> None:
    assert problem(password, "zhangsanfeng") == wrong


@pytest.mark.parametrize(
    "password", ["lianjian-2025", "qiu-shan-9-lu", "秋山九路的老槐树下见", " with blanks within "]
)
def test_what_is_long_and_no_common_word_is_one(password: str) -> None:
    assert problem(password, "zhangsanfeng") == ""


def test_a_password_is_made_up_that_holds() -> None:
    assert problem(made_up(), "a") == ""
    assert len({made_up() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert network(address) == counted
