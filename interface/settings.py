"""Every knob that can be turned, read from the environment into typed settings."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

from application.settings import Settings
from domain.attachment.attachments import Quota

DATABASE_URL = "LIANJIAN_DATABASE_URL"
DATA = "LIANJIAN_DATA"
KEYS = "LIANJIAN_KEYS"
DOMAIN = "LIANJIAN_DOMAIN"
SM3 = "LIANJIAN_SM3"
NOTICE_DAYS = "LIANJIAN_NOTICE_DAYS"
AT_ONCE = "LIANJIAN_AT_ONCE"
WAITING = "LIANJIAN_WAITING"
ATTACHED_MB = "LIANJIAN_ATTACHED_MB"
SECURE = "LIANJIAN_SECURE"
HOSTS = "LIANJIAN_HOSTS"
PROXIES = "LIANJIAN_PROXIES"
IDLE = "LIANJIAN_IDLE_MINUTES"


def from_environment(data: Path | None = None) -> Settings:
    """Settings from ``--data`` and the environment; nothing is made.

    Raises ``ValueError`` for a database address that is not PostgreSQL's, a domain that no origin can begin with, and any other
    setting that cannot be read.
    """
    folder = data or Path(os.environ.get(DATA, "data"))
    url = os.environ.get(DATABASE_URL) or None
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise ValueError(f"{DATABASE_URL} is {url.split('@')[-1]!r}; it must begin with postgresql://")
    domain = os.environ.get(DOMAIN) or "county.local"
    if "+" in domain or any(c.isspace() for c in domain):
        raise ValueError(f"{DOMAIN} is {domain!r}; a domain has no spaces and no '+'")
    keys = os.environ.get(KEYS)
    days = os.environ.get(NOTICE_DAYS) or "5"
    if not (days.isascii() and days.isdecimal() and 1 <= int(days) <= 60):
        raise ValueError(f"{NOTICE_DAYS} is {days!r}; it is the working days of a public notice, 1 to 60")
    at_once = _number(AT_ONCE, 8, 1, 32)
    waiting = _number(WAITING, 64, 1, 10_000)
    quota = _quota()
    return Settings(
        folder=folder,
        database_url=url,
        key_folder=Path(keys) if keys else None,
        domain=domain,
        with_sm3=_switch(SM3, "a second tree with SM3"),
        secure_cookies=_switch(SECURE, "pages reached over HTTPS only"),
        hosts=_listed(HOSTS),
        proxies=_proxies(),
        idle_minutes=_number(IDLE, 60, 1, 720),
        notice_days=int(days),
        at_once=at_once,
        waiting=waiting,
        quota=quota,
    )


def _quota() -> Quota:
    text = os.environ.get(ATTACHED_MB)
    if not text:
        return Quota()
    parts = text.split(",")
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() and 1 <= len(p) <= 9 for p in parts):
        raise ValueError(
            f"{ATTACHED_MB} is {text!r}; it is the MB that may be attached to one thing, by one account on one day, "
            "and in all, such as 200,400,51200"
        )
    of_thing, of_day, of_all = (int(p) << 20 for p in parts)
    return Quota(of_thing=of_thing, of_day=of_day, of_all=of_all)


def _number(name: str, default: int, low: int, high: int) -> int:
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and low <= int(text) <= high):
        raise ValueError(f"{name} is {text!r}; it is a whole number from {low} to {high}")
    return int(text)


def _switch(name: str, meaning: str) -> bool:
    value = os.environ.get(name, "")
    if value not in ("", "0", "1"):
        raise ValueError(f"{name} is {value!r}; it is 1 for {meaning}, or 0")
    return value == "1"


def _listed(name: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in os.environ.get(name, "").split(",") if each.strip())


def _proxies() -> tuple[str, ...]:
    found = _listed(PROXIES)
    for each in found:
        try:
            ipaddress.ip_network(each, strict=False)
        except ValueError:
            raise ValueError(
                f"{PROXIES} is {each!r}; it lists addresses or networks such as 10.0.0.2"
            ) from None
    return found
