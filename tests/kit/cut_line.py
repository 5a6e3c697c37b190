"""A line to PostgreSQL that can be cut at the worst moment: the server has committed, and nobody hears of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict


class CutLine:
    """Passes everything on between clients and the server; ``url`` leads through it.

    Once ``cut`` is set, the next commit is the last thing the server hears of that connection, and what it answers, once
    the transaction is durable, is not passed on. With ``late`` the client is cut off first, and the server hears of the
    commit when the next client asks it for a lock.
    """

    def __init__(self, url: str, folder: Path, ends: ExitStack) -> None:
        parts = conninfo_to_dict(url)
        self._server = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
        self._ends = ends
        self._socket = ends.enter_context(socket.socket(socket.AF_UNIX))
        self._socket.bind(str(folder / ".s.PGSQL.5432"))
        self._socket.listen()
        self.url = f"postgresql://{parts['user']}@/{parts['dbname']}?host={quote(str(folder))}&port=5432"
        self.cut = threading.Event()
        self.late = False
        self._locking = threading.Event()
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def hang_up(self) -> None:
        """No new connections."""
        self._socket.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._ends.enter_context(self._socket.accept()[0])
                server = self._ends.enter_context(socket.socket(socket.AF_UNIX))
                server.connect(self._server)
                lost = threading.Event()
                for passes in (self._asks, self._answers):
                    threading.Thread(target=passes, args=(client, server, lost), daemon=True).start()

    def _asks(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if b"LOCK TABLE" in data and self.cuts:
                    self._locking.set()
                if self.cut.is_set() and b"COMMIT" in data:
                    self.cut.clear()
                    self.cuts += 1
                    lost.set()
                    if self.late:
                        client.shutdown(socket.SHUT_RDWR)
                        self._locking.wait(10)
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)

    def _answers(self, client: socket.socket, server: socket.socket, lost: threading.Event) -> None:
        with suppress(OSError):
            while (data := server.recv(65536)) and not lost.is_set():
                client.sendall(data)
            for end in (server, client):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cut_line(url: str, folder: Path) -> Iterator[CutLine]:
    """The line to the server of ``url``, with its socket in ``folder``."""
    folder.mkdir()
    with ExitStack() as ends:
        line = CutLine(url, folder, ends)
        yield line
        line.hang_up()
