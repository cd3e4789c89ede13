# SPDX-License-Identifier: MIT
"""The wire contract as a WSGI application, for any server of Python's."""
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator

from ._mount import TOO_LARGE, base_url_of, target_of
from .http import HttpResponse

if TYPE_CHECKING:
    from .service import Service

_ENCODING = "latin-1"  # as WSGI has bytes in its texts


def wsgi_app(service: "Service") -> Callable[[Any, Any], Iterable[bytes]]:
    """Answers requests with a service, wherever it is mounted (see PEP 3333 for SCRIPT_NAME):

        wsgiref.simple_server.make_server("127.0.0.1", 8080, wsgi_app(service)).serve_forever()
    """

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        target = target_of(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""), _ENCODING)
        headers = [(name[5:].replace("_", "-"), value) for name, value in environ.items()
                   if name.startswith("HTTP_")]
        if environ.get("CONTENT_TYPE"):
            headers.append(("Content-Type", environ["CONTENT_TYPE"]))
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(min(length, TOO_LARGE)) if length else b""
        response = service.handle(environ["REQUEST_METHOD"], target, headers, body,
                                  base_url=_base_url(environ))
        start_response(f"{response.status} {_reason(response.status)}", response.headers)
        return _blocks(response)

    return app


def _base_url(environ: Any) -> str:
    host = environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"
    scheme = environ.get("wsgi.url_scheme", "http")
    return base_url_of(scheme, host, environ.get("SCRIPT_NAME", ""), _ENCODING)


def _blocks(response: HttpResponse) -> Iterator[bytes]:
    with response:
        yield from response


def _reason(status: int) -> str:
    import http

    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return "Answer"
