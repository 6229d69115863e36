"""Who may speak to the window's server: the window that this launch opened, and nobody else.

Every request passes here before anything is routed. Whatever is refused is refused with the same answer, so that
a stranger (another program, another user of this computer, a web page) cannot tell what is there.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from itertools import chain
from typing import Any

from werkzeug.formparser import parse_form_data

KEY_HEADER = "X-Doc-Forms-Key"
"""Carries the write key of a script's request."""
KEY_FIELD = "_key"
"""Carries the write key of a form."""
KEY = "doc_forms.key"
"""Where an application finds the write key to put into its pages."""

_FIRST_URL_SECONDS = 30.0
_READING = frozenset({"GET", "HEAD"})
_WRITING = frozenset({"POST", "PATCH"})
_BODIES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
_OWN_FETCHES = (None, "none", "same-origin")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", _POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),  # `no-referrer` would make the Origin of our own forms "null"
    ("X-Content-Type-Options", "nosniff"),
)
_REFUSAL = "不能这样打开。请从程序打开窗口。\n".encode()

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Guard:
    """A WSGI application around another one. Its secrets live in this object only, and die with the launch."""

    def __init__(self, application: Application, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._application = application
        self._host = f"127.0.0.1:{port}"
        self._clock = clock
        self._cookie_name = f"doc_forms_{secrets.token_hex(6)}"
        self._cookie = secrets.token_urlsafe(32)
        self._lock = threading.Lock()
        self._once = ""
        self._until = 0.0
        self.write_key = secrets.token_urlsafe(32)
        """What a page of ours shows with each write; pages find it in their request's environment (`KEY`)."""

    def first_url(self) -> str:
        """Give the address that opens the window: it works once, within 30 seconds."""
        with self._lock:
            self._once, self._until = secrets.token_urlsafe(32), self._clock() + _FIRST_URL_SECONDS
            return f"http://{self._host}/boot?n={self._once}"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or refuse it."""
        if not self._is_addressed_rightly(environ):
            return _refuse(start_response)
        if environ.get("PATH_INFO") == "/boot":
            return self._boot(environ, start_response)
        if not self._is_signed_in(environ) or not self._may_write(environ):
            return _refuse(start_response)

        def guarded(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [pair for pair in headers if pair[0].title() not in {name for name, _ in _HEADERS}]
            return start_response(status, [*kept, *_HEADERS], *rest)

        return self._application({**environ, KEY: self.write_key}, guarded)

    def _is_addressed_rightly(self, environ: Environ) -> bool:
        """Whether the request names this server exactly and comes from a page of it, or from no page at all."""
        return (
            environ.get("HTTP_HOST") == self._host
            and environ.get("REQUEST_METHOD") in _READING | _WRITING
            and environ.get("HTTP_SEC_FETCH_SITE") in _OWN_FETCHES
        )

    def _boot(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Exchange the one-use address for the cookie."""
        stated = environ.get("QUERY_STRING", "").removeprefix("n=")
        with self._lock:
            good = (
                environ["REQUEST_METHOD"] == "GET"
                and bool(self._once)
                and self._clock() <= self._until
                and _same(stated, self._once)
            )
            if good:
                self._once = ""
        if not good:
            return _refuse(start_response)
        cookie = f"{self._cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"
        headers = [("Location", "/"), ("Set-Cookie", cookie), ("Content-Length", "0"), *_HEADERS]
        start_response("303 See Other", headers)
        return [b""]

    def _is_signed_in(self, environ: Environ) -> bool:
        try:
            jar = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        except CookieError:
            return False
        held = jar.get(self._cookie_name)
        return held is not None and _same(held.value, self._cookie)

    def _may_write(self, environ: Environ) -> bool:
        """Whether the request only reads, or is a write that a page of ours sent."""
        if environ["REQUEST_METHOD"] in _READING:
            return True
        body = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if environ.get("HTTP_ORIGIN") != f"http://{self._host}" or body not in _BODIES:
            return False
        key = environ.get("HTTP_X_DOC_FORMS_KEY")
        if key is None and body != "application/json":
            key = _key_of_form(environ)
        return key is not None and _same(key, self.write_key)


def _key_of_form(environ: Environ) -> str | None:
    """The write key that a form carries; the body is left to be read again."""
    stream = environ["wsgi.input"]
    _, form, files = parse_form_data(environ, silent=True)
    for file in chain.from_iterable(files.listvalues()):
        file.close()
    stream.seek(0)
    return form.get(KEY_FIELD)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _refuse(start_response: StartResponse) -> Iterable[bytes]:
    length = ("Content-Length", str(len(_REFUSAL)))
    start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8"), length, *_HEADERS])
    return [_REFUSAL]
