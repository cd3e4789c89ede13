# SPDX-License-Identifier: MIT
"""What a host has around it: threads, logging, HTTP, notebooks."""
import html.parser
import json
import logging
import threading
import time
import wsgiref.util
import xml.etree.ElementTree

import numpy
import pytest

import focus_session
from focus_session._library import lib


def counts_during(call):
    """How often another thread of Python got its turn during a call."""
    ticks, stop = [0], threading.Event()

    def tick():
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0.0005)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks[0]
    call()
    counted = ticks[0] - before
    stop.set()
    thread.join()
    return counted


def test_other_threads_run_during_every_long_call(service, finished, tmp_path):
    with service.start(goal="focus", target_minutes=600, look_ahead=0) as idle:
        while idle._log.after(0, 100)[0] == []:
            pass
        position = len(idle._log.after(0, 0)[0])
        assert counts_during(lambda: idle._log.after(position, 200)) > 20
    finished.write(tmp_path / "all.wav")
    out = numpy.empty((30 * 48000, 2), numpy.float32)
    with finished.play(offline=True) as player, player._use as pointer:  # all of it in one call
        assert counts_during(lambda: lib.focus_player_render_interleaved(pointer, out.ctypes.data, len(out))) > 2
    assert counts_during(lambda: focus_session.measure(tmp_path / "all.wav")) > 5
    assert counts_during(lambda: finished[0].write(tmp_path / "part.mp3")) > 2
    with focus_session.Mix([tmp_path / "all.wav"] * 2) as mix:
        assert counts_during(mix.write) > 10


def test_the_log_goes_into_logging(caplog):
    mine = logging.getLogger("mine")
    with caplog.at_level(logging.DEBUG):
        with focus_session.Service(logger=mine, log_level="debug") as service:
            @service.engine("fails", retries=0)
            def fails(brief, sink):
                raise ValueError("a reason to be logged")

            assert service.start(goal="focus", target_minutes=1, engine="fails", format="wav").wait(60) == "ended"
    told = [record for record in caplog.records if record.name == "mine"]
    assert any("a reason to be logged" in record.getMessage() for record in told)
    assert all(isinstance(record.levelno, int) for record in told)


def test_a_handler_that_fails_harms_nobody():
    class Fails(logging.Handler):
        def emit(self, record):
            raise SystemExit("not here")

    mine = logging.getLogger("fails")
    mine.addHandler(Fails())
    mine.propagate = False
    with focus_session.Service(logger=mine, log_level="debug") as service:
        assert service.start(goal="focus", target_minutes=1, format="wav").wait(60) == "ended"


@pytest.fixture(scope="module")
def key(service):
    drawn = focus_session.generate_access_key()
    service.add_access_key(drawn, organizations=["org_a"], caller="anna")
    return drawn


PATH = "/v1/music/org_a/focus/sessions"


def test_a_request_is_answered_without_a_socket(service, key):
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    body = json.dumps({"goal": "focus", "target_minutes": 1}).encode()
    with service.handle("POST", PATH, headers, body) as response:
        assert response.status == 202
        session = json.loads(response.body)["session_id"]
        assert dict(response.headers)["Content-Type"].startswith("application/json")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        told = json.loads(service.handle("GET", f"{PATH}/{session}", headers).body)
        if told["status"] == "ended":
            break
        time.sleep(0.05)
    url = told["segments"][0]["playback_url"]
    target = url[url.index("/", len("https://")):]
    with service.handle("GET", target, {"Range": "bytes=0-99"}) as response:
        assert response.status == 206 and len(response.body) == 100 and response.body[:4] == b"fLaC"
        path, offset, size = response.file
        assert path.exists() and (offset, size) == (0, 100)
    with service.handle("GET", f"{PATH}/{session}/events", headers) as stream:
        assert stream.is_stream and b"event" in stream.read(timeout=30)
        with pytest.raises(ValueError):
            stream.body
    assert service.handle("GET", f"{PATH}/{session}").status == 401
    service.remove_access_key(focus_session.hash_access_key(key))
    assert service.handle("GET", f"{PATH}/{session}", headers).status == 401
    service.add_access_key(key, organizations=["org_a"], caller="anna")


def test_http_options_are_kept_to(service, key):
    service.set_http_options(public_base_url="https://music.example.com", requests_per_minute=None)
    service.rotate_url_key()
    answer = service.handle("POST", PATH, [("X-API-Key", key)], b'{"goal":"relax","target_minutes":1}')
    session = json.loads(answer.body)["session_id"]
    with service.open(session) as opened:
        opened.wait(60)
    told = json.loads(service.handle("GET", f"{PATH}/{session}", [("X-API-Key", key)]).body)
    assert told["segments"][0]["playback_url"].startswith("https://music.example.com/")
    with pytest.raises(focus_session.InvalidArgumentError) as caught:
        service.set_http_options(url_life_seconds=-5)
    assert caught.value.field == "url_life_seconds"
    with pytest.raises(TypeError):
        service.add_access_key()


def test_a_service_is_a_wsgi_application(service, key):
    from wsgiref.validate import validator
    import io

    app = validator(focus_session.wsgi_app(service))
    for method, path, body, status in [("GET", "/healthz", b"", "200"), ("GET", "/no%20where", b"", "404"),
                                       ("POST", PATH, b'{"goal":"party","target_minutes":1}', "422"),
                                       ("POST", PATH, b"x" * 70000, "413")]:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "a=b", "SCRIPT_NAME": "",
                   "HTTP_X_API_KEY": key, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
                   "CONTENT_TYPE": "application/json"}
        wsgiref.util.setup_testing_defaults(environ)
        told = []
        result = app(environ, lambda line, headers, error=None: told.append((line, headers)))
        content = b"".join(result)
        result.close()
        assert told[0][0].startswith(status), told
        assert content


class Page(html.parser.HTMLParser):
    """What a notebook would show."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.sources = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.sources += [value for name, value in attributes if name in ("src", "href")]

    def handle_data(self, data):
        self.texts.append(data)


def test_a_notebook_shows_the_timeline(service, finished):
    text = finished._repr_html_()
    page = Page(text)
    shown = " ".join(page.texts)
    assert finished.id in shown and "3 of 3 segments ready, ended" in shown
    assert page.tags.count("polygon") == len(finished) and "script" not in page.tags
    svg = text[text.index("<svg"):text.index("</svg>") + 6]
    xml.etree.ElementTree.fromstring(svg)  # well-formed
    for segment in finished.segments:
        assert f"Segment {segment.index}: ready" in shown and segment.key in shown
        assert f"{segment.integrated_lufs:.1f} LUFS" in shown
    assert "currentColor" in text and "stroke-dasharray" not in text


def test_a_notebook_shows_what_is_planned_as_such(service):
    with service.start(goal="focus", target_minutes=1440, look_ahead=0) as session:
        text = session._repr_html_()
        assert "stroke-dasharray" in text and "planned" in text and "more</text>" in text
        assert len(text) < 400_000


def test_what_a_listener_has_written_is_escaped(service):
    prompt = '<script>alert("x")</script> & rain'
    with service.start(custom_prompt=prompt, target_minutes=1) as session:
        text = session._repr_html_()
    assert "<script" not in text and "script" not in Page(text).tags
    assert prompt in "".join(Page(text).texts)


def test_a_notebook_plays_a_segment_and_a_part_of_the_session(finished):
    for shown in (finished[0]._repr_html_(), finished.audio(10.0, 5.0)._repr_html_()):
        page = Page(shown)
        assert page.tags.count("audio") == 1
        assert page.sources[0].startswith("data:audio/mpeg;base64,") and len(page.sources[0]) > 20_000
    from focus_session._jupyter import Audio

    assert "too much for a page" in Audio(bytes(20_000_000), "long")._repr_html_()


def test_the_package_has_a_version_and_a_hint_for_everything_public():
    assert focus_session.library_version().startswith("0.")
    for name in focus_session.__all__:
        thing = getattr(focus_session, name)
        assert thing.__doc__, name
        if isinstance(thing, type):
            inherited = [vars(one) for one in thing.__mro__ if one.__module__.startswith("focus_session")]
            for attribute, value in {key: one[key] for one in inherited for key in one}.items():
                if not attribute.startswith("_") and (callable(value) or isinstance(value, property)):
                    assert value.__doc__, f"{name}.{attribute}"
