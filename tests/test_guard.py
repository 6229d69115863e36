"""Who may speak to the window's server: asked on raw sockets, as a stranger would."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from doc_forms.desk import Desk
from doc_forms.web.app import make_app
from doc_forms.web.guard import Guard
from doc_forms.web.server import Server
from doc_forms.web.shell import BrowserShell


class Answer(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over an empty desk."""
    made = Server(make_app(Desk(folder=tmp_path_factory.mktemp("home")), BrowserShell()))
    yield made
    made.close()


def ask(server: Server, method: str, target: str, *headers: str, body: bytes = b"", host: str | None = None) -> Answer:
    """Send exactly these bytes and read the answer."""
    named = f"127.0.0.1:{server.port}" if host is None else host
    lines = [f"{method} {target} HTTP/1.1", *([f"Host: {named}"] if named else []), *headers, "Connection: close"]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def boot_target(server: Server) -> str:
    return server.guard.first_url().partition(f":{server.port}")[2]


@pytest.fixture(scope="module")
def cookie(server: Server) -> str:
    """The header of the window that this launch opened."""
    answer = ask(server, "GET", boot_target(server))
    return f"Cookie: {answer.headers['set-cookie'].partition(';')[0]}"


@pytest.fixture(scope="module")
def refusal(server: Server) -> Answer:
    """What a stranger gets: no cookie, as another user of this computer has none."""
    return ask(server, "GET", "/")


JSON = "Content-Type: application/json"
FORM = "Content-Type: application/x-www-form-urlencoded"


def origin(server: Server) -> str:
    return f"Origin: http://127.0.0.1:{server.port}"


def key(server: Server) -> str:
    return f"X-Doc-Forms-Key: {server.guard.write_key}"


def assert_refused(answer: Answer, refusal: Answer) -> None:
    assert (answer.status, answer.body) == (403, refusal.body)
    assert answer.headers.keys() == refusal.headers.keys()


def test_a_stranger_without_the_cookie_is_refused_in_words_that_say_nothing(refusal: Answer) -> None:
    assert refusal.status == 403
    assert "server" not in refusal.headers
    assert "set-cookie" not in refusal.headers
    assert not re.search(rb"case|waitress|flask|werkzeug", refusal.body, re.IGNORECASE)


def test_the_first_url_gives_the_cookie_of_this_launch_once(server: Server, refusal: Answer) -> None:
    target = boot_target(server)
    first = ask(server, "GET", target)
    assert (first.status, first.headers["location"]) == (303, "/")
    name, _, rest = first.headers["set-cookie"].partition("=")
    assert re.fullmatch(r"doc_forms_[0-9a-f]{12}", name)
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in rest.split(";")}
    assert_refused(ask(server, "GET", target), refusal)


def test_two_launches_name_their_cookies_differently(server: Server, tmp_path: Path) -> None:
    other = Guard(lambda *_: [], server.port)
    assert other._cookie_name != server.guard._cookie_name
    del tmp_path


def test_the_first_url_is_dead_after_thirty_seconds() -> None:
    now = [0.0]
    statuses: list[str] = []
    guard = Guard(lambda *_: [], 1, clock=lambda: now[0])
    query = guard.first_url().partition("?")[2]
    asked = {"HTTP_HOST": "127.0.0.1:1", "REQUEST_METHOD": "GET", "PATH_INFO": "/boot", "QUERY_STRING": query}
    now[0] = 30.1
    guard(asked, lambda status, _: statuses.append(status))
    now[0] = 29.9
    guard(asked, lambda status, _: statuses.append(status))
    assert statuses == ["403 Forbidden", "303 See Other"]


@pytest.mark.parametrize("target", ["/boot", "/boot?n=", "/boot?n=wrong", "/boot?m=1"])
def test_a_first_url_with_another_key_is_refused(server: Server, refusal: Answer, target: str) -> None:
    server.guard.first_url()
    assert_refused(ask(server, "GET", target), refusal)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", "[::1]:{port}"],
)
def test_another_host_name_is_refused_whoever_asks(server: Server, cookie: str, refusal: Answer, host: str) -> None:
    assert_refused(ask(server, "GET", "/", cookie, host=host.format(port=server.port)), refusal)


def test_no_host_or_two_of_them_are_refused(server: Server, cookie: str, refusal: Answer) -> None:
    assert_refused(ask(server, "GET", "/", cookie, host=""), refusal)
    assert_refused(ask(server, "GET", "/", "Host: evil.example", cookie), refusal)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_another_site_or_port_is_refused(
    server: Server, cookie: str, refusal: Answer, site: str, method: str
) -> None:
    assert_refused(ask(server, method, "/", cookie, f"Sec-Fetch-Site: {site}", origin(server), key(server)), refusal)


@pytest.mark.parametrize("target", ["/", "/static/look.css", "/nothing", "/case/0123456789ab", "/articles/34"])
def test_every_address_refuses_a_stranger_alike(server: Server, refusal: Answer, target: str) -> None:
    assert_refused(ask(server, "GET", target), refusal)
    assert_refused(ask(server, "GET", target, "Cookie: doc_forms_000000000000=x"), refusal)


def test_a_wrong_value_under_the_right_cookie_name_is_refused(server: Server, cookie: str, refusal: Answer) -> None:
    assert_refused(ask(server, "GET", "/", cookie[:-1] + ("x" if cookie[-1] != "x" else "y")), refusal)


@pytest.mark.parametrize("foreign", ["", "Origin: https://evil.example", "Origin: null", "Origin: http://127.0.0.1:1"])
def test_a_write_from_another_origin_or_none_is_refused(
    server: Server, cookie: str, refusal: Answer, foreign: str
) -> None:
    headers = [cookie, JSON, key(server), *filter(None, [foreign])]
    assert_refused(ask(server, "POST", "/cases/sample", *headers, body=b"{}"), refusal)


@pytest.mark.parametrize("wrong", ["", "X-Doc-Forms-Key: wrong", "X-Doc-Forms-Key:"])
def test_a_write_without_the_key_of_our_pages_is_refused(
    server: Server, cookie: str, refusal: Answer, wrong: str
) -> None:
    headers = [cookie, JSON, origin(server), *filter(None, [wrong])]
    assert_refused(ask(server, "POST", "/cases/sample", *headers, body=b"{}"), refusal)


@pytest.mark.parametrize("body", [b"name=x", b"_key=wrong&name=x"])
def test_a_form_without_the_key_of_our_pages_is_refused(
    server: Server, cookie: str, refusal: Answer, body: bytes
) -> None:
    assert_refused(ask(server, "POST", "/cases", cookie, FORM, origin(server), body=body), refusal)


def test_a_write_in_plain_text_is_refused(server: Server, cookie: str, refusal: Answer) -> None:
    headers = [cookie, "Content-Type: text/plain", origin(server), key(server)]
    assert_refused(ask(server, "POST", "/cases/sample", *headers, body=b"{}"), refusal)


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE"])
def test_methods_that_no_page_uses_are_refused(server: Server, cookie: str, refusal: Answer, method: str) -> None:
    assert_refused(ask(server, method, "/", cookie, origin(server), key(server)), refusal)


def test_our_own_page_reads_and_writes(server: Server, cookie: str) -> None:
    page = ask(server, "GET", "/", cookie, "Sec-Fetch-Site: same-origin")
    assert page.status == 200
    body = f"_key={server.guard.write_key}&name=x".encode()
    made = ask(server, "POST", "/cases", cookie, FORM, origin(server), "Sec-Fetch-Site: same-origin", body=body)
    assert made.status == 302
    assert re.fullmatch(r"/case/[0-9a-f]{12}", made.headers["location"])


def test_every_answer_carries_the_headers_that_shut_others_out(server: Server, cookie: str) -> None:
    for target in ("/", "/static/look.css", "/nothing"):
        headers = ask(server, "GET", target, cookie).headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers
        assert not any(name.startswith("access-control-") for name in headers)


def test_the_server_listens_on_this_computer_only(server: Server) -> None:
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        own = "127.0.0.2"  # another address of this computer
    with pytest.raises(ConnectionError), socket.create_connection((own, server.port), timeout=2):
        pass
