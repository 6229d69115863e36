"""The window's server: a socket that is already bound to this computer only, and waitress on it."""

from __future__ import annotations

import logging
import socket
import threading

from waitress.server import create_server

from doc_forms.web.guard import Application, Guard

_THREADS = 8
_LARGEST_REQUEST = 510 << 20  # the largest scan that the archive takes, and its form; kept on disk, not in memory


class Server:
    """Serves an application at a free port of 127.0.0.1, in a thread of its own, until it is closed."""

    def __init__(self, application: Application) -> None:
        logging.getLogger("waitress").setLevel(logging.CRITICAL)  # nothing about a request is ever logged
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        bound.bind(("127.0.0.1", 0))  # bound once and handed over: never tried, let go and bound again
        self.port: int = bound.getsockname()[1]
        self.guard = Guard(application, self.port)
        self._server = create_server(
            self.guard, sockets=[bound], threads=_THREADS, ident="", max_request_body_size=_LARGEST_REQUEST
        )
        self._closed = threading.Event()
        threading.Thread(target=self._server.run, name="window server", daemon=True).start()

    def close(self) -> None:
        """Let go of whoever waits; the socket goes with the process."""
        self._closed.set()

    def wait(self) -> None:
        """Wait until the server is closed."""
        self._closed.wait()
