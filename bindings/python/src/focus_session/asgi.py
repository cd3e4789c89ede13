# SPDX-License-Identifier: MIT
"""The wire contract as an ASGI application, for uvicorn, hypercorn and the frameworks on top of them."""
import asyncio
import functools
from typing import TYPE_CHECKING, Any, Awaitable, Callable

from ._mount import TOO_LARGE, base_url_of, target_of
from .http import HttpResponse

if TYPE_CHECKING:
    from .service import Service

_POLL_SECONDS = 0.2  # between two looks whether a stream has something new


def asgi_app(service: "Service") -> Callable[[Any, Any, Any], Awaitable[None]]:
    """Answers requests with a service, wherever it is mounted:

        app = asgi_app(service)                     # uvicorn module:app
        other_app.mount("/music", asgi_app(service))  # below another application, e.g. of Starlette

    A request borrows a thread of the event loop's executor while the library works for it, and for each
    block of a file. A stream of events has none between two looks.
    """

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await _answer(service, scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            raise ValueError(f"an ASGI application of HTTP was called for {scope['type']!r}")

    return app


async def _live(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _in_thread(call: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, functools.partial(call, *arguments, **more))


async def _answer(service: "Service", scope: Any, receive: Any, send: Any) -> None:
    body = b""
    more = True
    while more and len(body) < TOO_LARGE:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    mount = scope.get("root_path", "").rstrip("/")
    path = scope["path"]
    if mount and (path + "/").startswith(mount + "/"):  # servers differ in whether it is part of the path
        path = path[len(mount):]
    target = target_of(path, scope.get("query_string", b"").decode("latin-1"), "utf-8")
    response = await _in_thread(service.handle, scope["method"], target, headers, body[:TOO_LARGE],
                                base_url=_base_url(scope, headers, mount))
    try:
        await send({
            "type": "http.response.start",
            "status": response.status,
            "headers": [(name.lower().encode("latin-1"), value.encode("latin-1"))
                        for name, value in response.headers],
        })
        if response.is_stream:
            await _send_stream(response, receive, send)
        else:
            await _send_body(response, send)
    finally:
        response.close()


def _base_url(scope: Any, headers: Any, mount: str) -> str:
    host = next((value for name, value in headers if name.lower() == "host"), None)
    if host is None and scope.get("server"):
        host = ":".join(str(part) for part in scope["server"] if part is not None)
    return base_url_of(scope.get("scheme", "http"), host or "", mount, "utf-8")


async def _send_body(response: HttpResponse, send: Any) -> None:
    while True:
        # What is in memory is read at once; a file may keep the reader waiting.
        block = await _in_thread(response.read) if response.file else response.read()
        if block is None:
            break
        await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_stream(response: HttpResponse, receive: Any, send: Any) -> None:
    """Sends until the stream ends, or the client goes."""
    gone = asyncio.ensure_future(_wait_for_disconnect(receive))
    try:
        while not gone.done():
            block = await _in_thread(response.read, timeout=0)
            if block is None:
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            if block:
                await send({"type": "http.response.body", "body": block, "more_body": True})
            else:
                await asyncio.wait({gone}, timeout=_POLL_SECONDS)
    finally:
        gone.cancel()


async def _wait_for_disconnect(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
