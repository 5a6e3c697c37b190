"""Passwords: which are too easy, making one up, and hashing few at a time."""

from __future__ import annotations

import asyncio
import re
import secrets
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from argon2 import PasswordHasher

from domain.account.names import normal

SHORTEST, LONGEST = 10, 200
"""Characters of a password; blanks around it do not count. [default; GB/T 22239 asks for complexity]"""
FEWEST_DIFFERENT = 5
RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
COMMON = {
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "admin", "administrator", "qwerty", "welcome", "letmein", "iloveyou",
    "abc", "abcd", "abcabc", "qwe", "asd", "zxc", "test", "root", "user", "changeme", "default", "secret", "monkey",
    "dragon", "woaini", "woainima", "nihao", "mima", "guanliyuan", "zhongguo", "beijing", "aaa", "密码", "管理员",
}  # fmt: skip
"""Words behind most of the passwords that are guessed first."""
_UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789"
T = TypeVar("T")


def problem(password: str, username: str) -> str:
    """What is wrong with a password (a label of ``password_problem``), empty where nothing is."""
    text = password.strip()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text):
        return "invisible"
    if not SHORTEST <= len(text) <= LONGEST:
        return "short" if len(text) < SHORTEST else "long"
    name = normal(username)
    if name and (folded == name or len(folded.replace(name, "")) < SHORTEST - 4):
        return "username"
    return "common" if _is_common(folded) else ""


def decoy(hasher: PasswordHasher) -> str:
    """A hash of no password that takes as long to compare as any; drawn, since hashing takes each command 0.2 s."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _is_common(folded: str) -> bool:
    if len(set(folded)) < FEWEST_DIFFERENT or re.fullmatch(r"(.{1,4})\1+.{0,3}", folded):
        return True
    if any(folded in run or folded in run[::-1] for run in RUNS):
        return True
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    digits = re.sub(r"\D", "", folded)
    easy = (
        len(set(digits)) < 4 or any(digits in run or digits in run[::-1] for run in RUNS) or len(digits) <= 4
    )
    return core in COMMON and (easy or len(folded) - len(core) <= 4)


def made_up() -> str:
    """A password nobody can guess (99 bits) and anybody can read aloud."""
    return "-".join("".join(secrets.choice(_UNAMBIGUOUS) for _ in range(5)) for _ in range(4))


class Crowded(Exception):
    """More passwords wait to be hashed than are worth waiting for; come back in ``again_in`` seconds."""

    again_in = 2


class Hashing:
    """A hash takes a core for 50 ms and 64 MiB: a few are made at a time, beside the loop that answers everybody, some wait,
    and the rest is sent away."""

    def __init__(self, at_once: int = 2, waiting: int = 16) -> None:
        self._executor = ThreadPoolExecutor(at_once, thread_name_prefix="hashing")
        self._most = at_once + waiting
        self._now = 0
        self._lock = threading.Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work``, while the loop goes on. Raises ``Crowded``."""
        with self._place():
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def do(self, work: Callable[[], T]) -> T:
        """The same for a thread that waits. Raises ``Crowded``."""
        with self._place():
            return self._executor.submit(work).result()

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._lock:
            if self._now >= self._most:
                raise Crowded
            self._now += 1
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1
