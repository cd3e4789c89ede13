# SPDX-License-Identifier: MIT
"""The contract as WSGI and ASGI applications, called as their servers do."""
import asyncio
import io
import json
import threading
import wsgiref.util
from wsgiref.validate import validator

import pytest

import focus_session

PATH = "/v1/music/org_a/focus/sessions"
START = (b'{"goal":"focus","target_minutes":1,'
         b'"options":{"segment_seconds":20,"sample_rate":8000,"seed":1}}')


@pytest.fixture
def key(alone):
    text = focus_session.generate_access_key()
    alone.add_access_key(text, organizations=["org_a"])
    return text


def call_wsgi(app, method, path, key, body=b"", mount="", query="", **more):
    environ = {"REQUEST_METHOD": method, "SCRIPT_NAME": mount, "PATH_INFO": path, "QUERY_STRING": query,
               "HTTP_X_API_KEY": key, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
               "CONTENT_TYPE": "application/json", **more}
    wsgiref.util.setup_testing_defaults(environ)
    told = []
    result = validator(app)(environ, lambda line, headers, error=None: told.append((line, headers)))
    content = b"".join(result)
    result.close()
    return int(told[0][0].split()[0]), content


class Client:
    """An ASGI server of one request: `gone` may be set to end it."""

    def __init__(self, method, path, key, body=b"", root_path="", query=b"", scheme="http"):
        self.scope = {"type": "http", "method": method, "path": path, "root_path": root_path,
                      "query_string": query, "scheme": scheme, "server": ("127.0.0.1", 80),
                      "headers": [(b"host", b"music.test"), (b"x-api-key", key.encode()),
                                  (b"content-type", b"application/json")]}
        half = len(body) // 2
        self.received = [{"type": "http.request", "body": body[:half], "more_body": True},
                         {"type": "http.request", "body": body[half:], "more_body": False}]
        self.gone = asyncio.Event()
        self.sent = []
        self.news = asyncio.Event()

    async def receive(self):
        if self.received:
            return self.received.pop(0)
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        self.news.set()

    def run(self, app):
        return app(self.scope, self.receive, self.send)

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def call_asgi(app, *arguments, **more):
    async def call():
        client = Client(*arguments, **more)
        await client.run(app)
        assert not client.sent[-1]["more_body"]
        return client.status, client.body

    return asyncio.run(call())


def ready_url(service, key, ask):
    """The first playback URL of a session that is ready, as `ask` is told it."""
    status, content = ask("POST", PATH, key, START)
    assert status == 202, content
    session_id = json.loads(content)["session_id"]
    with service.open(session_id) as session:
        assert session.wait(timeout=60) == "ended"
    return json.loads(ask("GET", f"{PATH}/{session_id}", key)[1])["segments"][0]["playback_url"]


def test_wsgi_below_a_mount(alone, key):
    app = focus_session.wsgi_app(alone)

    def ask(method, path, key, body=b""):
        return call_wsgi(app, method, path, key, body, mount="/deep/musi\xc3\xbck", HTTP_HOST="music.test",
                         **{"wsgi.url_scheme": "https"})

    url = ready_url(alone, key, ask)
    base = "https://music.test/deep/musi%C3%BCk"
    assert url.startswith(base + "/v1/audio/sessions/")
    path, _, query = url[len(base):].partition("?")
    assert call_wsgi(app, "GET", path, "", query=query)[0] == 200
    assert call_wsgi(app, "GET", "", key)[0] == 404


def test_a_host_that_is_none_makes_no_url_of_it(alone, key):
    app = focus_session.wsgi_app(alone)
    url = ready_url(alone, key, lambda *request: call_wsgi(app, *request, HTTP_HOST='evil"/?#'))
    assert url.startswith("http://localhost/v1/audio/")


def test_a_public_base_url_goes_before_the_mount(alone, key):
    alone.set_http_options(public_base_url="https://music.example.com")
    app = focus_session.asgi_app(alone)
    url = ready_url(alone, key, lambda *request: call_asgi(app, *request, root_path="/music"))
    assert url.startswith("https://music.example.com/v1/audio/")


@pytest.mark.parametrize("prefix", ["", "/music"])
def test_asgi_below_a_mount(alone, key, prefix):
    """With the mount in the path, as some servers have it, and without."""
    app = focus_session.asgi_app(alone)

    def ask(method, path, key, body=b"", query=b""):
        return call_asgi(app, method, prefix + path, key, body, root_path="/music", query=query)

    url = ready_url(alone, key, ask)
    base = "http://music.test/music"
    assert url.startswith(base + "/v1/audio/sessions/")
    path, _, query = url[len(base):].partition("?")
    status, audio = ask("GET", path, "", query=query.encode())
    assert status == 200 and audio.startswith(b"fLaC")
    assert ask("HEAD", path, "", query=query.encode()) == (200, b"")
    assert ask("GET", "", key)[0] == 404


def test_asgi_bodies(alone, key):
    app = focus_session.asgi_app(alone)
    assert call_asgi(app, "POST", PATH, key, b"{}")[0] == 422
    assert call_asgi(app, "POST", PATH, key, b"x" * 200000)[0] == 413
    assert call_asgi(app, "GET", "/no where/\xfc", key)[0] == 404


def test_an_event_stream_ends_when_its_client_goes(alone, key):
    async def listen(app, session_id):
        client = Client("GET", f"{PATH}/{session_id}/events", key)
        task = asyncio.ensure_future(client.run(app))
        while b"event: session" not in client.body:
            client.news.clear()
            await asyncio.wait_for(client.news.wait(), 30)
        assert client.status == 200
        await asyncio.sleep(0.5)
        assert not task.done()
        client.gone.set()
        await asyncio.wait_for(task, 10)

    app = focus_session.asgi_app(alone)
    _, content = call_asgi(app, "POST", PATH, key, START)
    asyncio.run(listen(app, json.loads(content)["session_id"]))


def test_sixty_event_streams_share_a_few_threads(alone, key):
    async def listen(app, session_id):
        clients = [Client("GET", f"{PATH}/{session_id}/events", key) for _ in range(60)]
        tasks = [asyncio.ensure_future(client.run(app)) for client in clients]
        for client in clients:
            while b"event: session" not in client.body:
                client.news.clear()
                await asyncio.wait_for(client.news.wait(), 30)
        threads = threading.active_count()
        for client in clients:
            client.gone.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 30)
        return threads

    app = focus_session.asgi_app(alone)
    _, content = call_asgi(app, "POST", PATH, key, START)
    before = threading.active_count()
    assert asyncio.run(listen(app, json.loads(content)["session_id"])) < before + 40


def test_what_is_not_http(alone):
    app = focus_session.asgi_app(alone)
    sent = []

    async def send(message):
        sent.append(message)

    async def receive_of(messages):
        return messages.pop(0)

    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    asyncio.run(app({"type": "lifespan"}, lambda: receive_of(messages), send))
    asyncio.run(app({"type": "websocket"}, None, send))
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete", "lifespan.shutdown.complete", "websocket.close"]
    with pytest.raises(ValueError, match="carrier pigeon"):
        asyncio.run(app({"type": "carrier pigeon"}, None, send))
