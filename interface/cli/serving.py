"""Serving the pages, and the demo."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import uvicorn

from application.integrity.heartbeat import Heartbeat
from application.settings import Settings
from application.stores.accounts.keeping import accounts_of
from application.system import System
from interface.cli.account import say_how_to_begin
from interface.cli.output import fail, progress_bar, say, tell
from interface.composition import build, utc_now
from interface.demo.accounts import CLERKS_OF_THE_STORY, DEMO_ACTORS, PASSWORD
from interface.demo.telling import live
from interface.serving.server import create_server
from projections.figures.county import figures

DEMO_YEAR = 2025
STORY = "interface/demo/story.toml"


def serve_system(system: System, host: str, port: int) -> None:
    """Serve until interrupted. Ends the command where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # From here on a request waits instead of being refused, so the address may be told.
        listener.listen(128)
    except OSError as error:
        listener.close()
        fail(f"cannot listen on {host}:{port}: {error.strerror}; give another --port, or 0 for a free one")
    say(f"http://{host}:{listener.getsockname()[1]}")
    app = create_server(system, accounts_of(system))
    say_how_to_begin(system)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False)
    )
    heartbeat = Heartbeat(system.custody, system.clock, system.settings.zone)
    heartbeat.start()
    try:
        server.run(sockets=[listener])
    finally:
        heartbeat.stop()


def run_demo(folder: Path, host: str, port: int, serve_pages: bool) -> None:
    """From nothing to a county that lived its year until yesterday: figures, accounts, pages. A demo folder is made anew."""
    marker = folder / ".lianjian-demo"
    if folder.exists() and any(folder.iterdir()) and not marker.exists():
        fail(f"{folder} holds something that is no demo; give an empty folder with --data")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    marker.touch()
    zone = Settings(folder=folder).zone
    with progress_bar("demo") as advance:
        told = live(folder, utc_now().astimezone(zone).date(), progress=advance, say=tell)
    system = build(Settings(folder=folder), begin=False, tell=tell)
    say(f"a year lived: {told} acts of {STORY}, {system.log.position()} records")
    with system.reading() as connection:
        counted = figures(connection, DEMO_YEAR, system.log.position()).as_dict()
    for name, value in counted.items():
        say(f"  {name}: {value}")
    accounts = accounts_of(system)
    say("accounts (password for all: " + PASSWORD + ")")
    for actor in (*DEMO_ACTORS, *CLERKS_OF_THE_STORY):
        say(f"  {actor.username:8} {actor.role.value:14} {actor.display_name} · {actor.office}")
    if serve_pages:
        serve_system(system, host, port)
    else:
        system.close()
    accounts.close()
