# SPDX-License-Identifier: MIT
"""The wire contract as a WSGI application, for any server of Python's."""
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator
from urllib.parse import quote

from .http import HttpResponse

if TYPE_CHECKING:
    from .service import Service

_TOO_LARGE = 65537  # one more than the library takes, so that it says so itself


def wsgi_app(service: "Service") -> Callable[[Any, Any], Iterable[bytes]]:
    """Answers requests with a service:

        wsgiref.simple_server.make_server("127.0.0.1", 8080, wsgi_app(service)).serve_forever()
    """

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        target = quote(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
                       safe="/:@!$&'()*+,;=~-._", encoding="latin-1")
        if environ.get("QUERY_STRING"):
            target += "?" + environ["QUERY_STRING"]
        headers = [(name[5:].replace("_", "-"), value) for name, value in environ.items()
                   if name.startswith("HTTP_")]
        if environ.get("CONTENT_TYPE"):
            headers.append(("Content-Type", environ["CONTENT_TYPE"]))
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(min(length, _TOO_LARGE)) if length else b""
        response = service.handle(environ["REQUEST_METHOD"], target, headers, body)
        start_response(f"{response.status} {_reason(response.status)}", response.headers)
        return _blocks(response)

    return app


def _blocks(response: HttpResponse) -> Iterator[bytes]:
    with response:
        yield from response


def _reason(status: int) -> str:
    import http

    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Answer"
