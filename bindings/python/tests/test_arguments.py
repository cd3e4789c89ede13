# SPDX-License-Identifier: MIT
"""What a caller gives of the wrong kind is refused in one line that names the argument."""
import datetime
import fractions

import pytest

import focus_session


@pytest.fixture(scope="module")
def session(service):
    with service.start(goal="focus", target_minutes=1, segment_seconds=20, seed=7) as made:
        made.wait(timeout=60)
        yield made


@pytest.fixture(scope="module")
def player(session):
    with session.play(offline=True) as made:
        yield made


WHOLE = ["target_minutes", "seed", "sample_rate", "look_ahead", "work_minutes", "break_minutes"]
REAL = ["divergence", "target_lufs", "segment_seconds", "modulation_depth", "pads_db", "bass_db",
        "melody_db", "percussion_db", "ambience_db", "ending_seconds", "fallback_after_seconds",
        "tempo_bpm"]
TEXT = ["custom_prompt", "engine", "fallback", "scenes", "programme"]


@pytest.mark.parametrize("name, value", [
    *((name, value) for name in WHOLE for value in (1.5, "2", b"2", [], object(), float("nan"))),
    *((name, value) for name in REAL for value in ("0.5", b"1", [], {}, 1j)),
    *((name, value) for name in TEXT for value in (5, b"rain", ["rain"]))])
def test_of_a_request(service, name, value):
    with pytest.raises(TypeError, match=name):
        service.start(**{"goal": "focus", "target_minutes": 1, name: value})


@pytest.mark.parametrize("name", REAL)
def test_a_number_that_is_none_is_refused_by_its_name(service, name):
    with pytest.raises(ValueError, match=name) as caught:
        service.start(**{"goal": "focus", "target_minutes": 1, name: float("nan")})
    assert caught.value.field == name
    with pytest.raises(ValueError, match=name):
        service.start(**{"goal": "focus", "target_minutes": 1, name: 10**400})


def test_the_error_shows_what_was_given(service):
    with pytest.raises(TypeError) as caught:
        service.start(goal="focus", target_minutes=1.5)
    assert str(caught.value) == "target_minutes must be a whole number, not 1.5 (float)"
    with pytest.raises(TypeError) as caught:
        service.start(goal="focus", target_minutes="x" * 100)
    assert str(caught.value) == "target_minutes must be a whole number, not str"


def test_whatever_is_a_number_is_taken(service):
    numpy = pytest.importorskip("numpy")
    with service.start(goal="focus", target_minutes=numpy.int64(1), divergence=numpy.float32(0.5),
                       target_lufs=fractions.Fraction(-18), seed=True, look_ahead=0) as made:
        assert made.info.target_minutes == 1 and made.info.seed == 1


@pytest.mark.parametrize("call, name", [
    (lambda s, p: setattr(p, "volume", "x"), "volume"),
    (lambda s, p: setattr(p, "volume", None), "volume"),
    (lambda s, p: p.seek("1:30"), "seconds"),
    (lambda s, p: p.set_sleep_timer("soon"), "seconds"),
    (lambda s, p: p.set_sleep_timer(60, "slowly"), "fade_seconds"),
    (lambda s, p: p.set_output("48 kHz"), "sample_rate"),
    (lambda s, p: p.set_output(44100.0), "sample_rate"),
    (lambda s, p: p.set_output(44100, "stereo"), "channel_count"),
    (lambda s, p: p.read("all"), "frames"),
    (lambda s, p: p.read(1.5), "frames"),
    (lambda s, p: p.read("all", bytearray(8)), "out"),
    (lambda s, p: p.read_planar("all"), "frames"),
    (lambda s, p: next(p.blocks(0.5)), "frames"),
    (lambda s, p: p.write(5), "path"),
    (lambda s, p: s.write(None), "path"),
    (lambda s, p: s.write(b"out.wav"), "path"),
    (lambda s, p: s.play(sample_rate="x"), "sample_rate"),
    (lambda s, p: s.play(channel_count=2.0), "channel_count"),
    (lambda s, p: s.steer(target_minutes=2.5), "target_minutes"),
    (lambda s, p: s.steer(divergence="much"), "divergence"),
    (lambda s, p: s.steer(at_seconds="now"), "at_seconds"),
    (lambda s, p: s.wait("long"), "timeout"),
    (lambda s, p: next(s.iterate("long")), "timeout"),
    (lambda s, p: next(s.events("long")), "timeout"),
    (lambda s, p: s.audio("x"), "start_seconds"),
    (lambda s, p: s.audio(0, "x"), "seconds"),
    (lambda s, p: s.json(base_url=5), "base_url"),
    (lambda s, p: s["0"], "index"),
    (lambda s, p: s[0.0], "index"),
    (lambda s, p: s["0":], "slice"),
    (lambda s, p: s[0].read("0"), "first_frame"),
    (lambda s, p: s[0].read(0, 1.5), "frames"),
    (lambda s, p: s[0].write(7), "path"),
    (lambda s, p: s[0].write_score(7), "path"),
    (lambda s, p: s[0].promote(7), "title"),
])
def test_of_sessions_and_players(session, player, call, name):
    with pytest.raises(TypeError, match=name):
        call(session, player)


@pytest.mark.parametrize("call, name", [
    (lambda s: s.open(5), "session_id"),
    (lambda s: s.delete(None), "session_id"),
    (lambda s: s.delete_expired("yesterday"), "before"),
    (lambda s: s.open_track(b"x"), "track_id"),
    (lambda s: s.delete_track(5), "track_id"),
    (lambda s: s.set_engine_price(5, 1), "engine_key"),
    (lambda s: s.set_engine_price("studio", 1.5), "micros_per_minute"),
    (lambda s: s.set_spend_caps(per_day_micros=0.5), "per_day_micros"),
    (lambda s: s.set_spend_caps(organization=5), "organization"),
    (lambda s: s.spend(5), "organization"),
    (lambda s: s.remove_engine(5), "key"),
    (lambda s: s.remove_engine("none", "long"), "timeout"),
    (lambda s: s.add_command_engine(5), "command"),
    (lambda s: s.add_command_engine("{brief} {out}", key="k", retries="many"), "retries"),
    (lambda s: s.add_command_engine("{brief} {out}", key="k", concurrency=1.5), "concurrency"),
    (lambda s: s.add_command_engine("{brief} {out}", key="k", timeout_seconds="1 s"), "timeout_seconds"),
    (lambda s: s.handle(5, "/"), "method"),
    (lambda s: s.handle("GET", b"/"), "target"),
    (lambda s: s.handle("GET", "/", headers=5), "headers"),
    (lambda s: s.handle("POST", "/", body="text"), "body"),
    (lambda s: s.handle("GET", "/healthz").read("all"), "size"),
    (lambda s: s.add_access_key("k", organizations="org_a"), "organizations"),
    (lambda s: s.add_access_key("k", organizations=[5]), "organizations"),
    (lambda s: s.add_access_key("k", capabilities=5), "capabilities"),
    (lambda s: s.add_access_key("k", requests_per_minute="many"), "requests_per_minute"),
    (lambda s: s.set_http_options(url_life_seconds=1.5), "url_life_seconds"),
    (lambda s: s.check_engine("studio", seed="x"), "seed"),
    (lambda s: focus_session.Service(worker_count="four"), "worker_count"),
    (lambda s: focus_session.Service(data_folder=5), "data_folder"),
    (lambda s: focus_session.AudioFile(5, sample_rate=48000), "path"),
    (lambda s: focus_session.AudioFile("x.wav", sample_rate="48k"), "sample_rate"),
    (lambda s: focus_session.measure(5), "path"),
    (lambda s: focus_session.Mix("one.wav"), "paths"),
    (lambda s: focus_session.Mix([5]), "paths"),
    (lambda s: focus_session.Mix(5), "paths"),
    (lambda s: focus_session.Mix(["a.wav"], target_lufs="loud"), "target_lufs"),
    (lambda s: focus_session.Mix(["a.wav"], sample_rate=44100.0), "sample_rate"),
    (lambda s: focus_session.hash_access_key(5), "key"),
    (lambda s: focus_session.check_store(5), "data_folder"),
])
def test_of_services_and_files(service, call, name):
    with pytest.raises(TypeError, match=name):
        call(service)


def test_moments_and_limits_that_can_not_be(service):
    with pytest.raises(ValueError, match="before"):
        service.delete_expired(float("inf"))
    with pytest.raises(ValueError, match="timeout"):
        service.remove_engine("none", float("nan"))
    with pytest.raises(ValueError, match="size"):
        service.handle("GET", "/healthz").read(0)
    assert service.delete_expired(datetime.datetime(1980, 1, 1)) == 0


def test_a_slice_of_a_session_is_a_list_of_its_segments(session):
    count = len(session)
    assert count == 3
    assert [segment.index for segment in session[0:2]] == [0, 1]
    assert [segment.index for segment in session[:]] == [0, 1, 2]
    assert [segment.index for segment in session[::-1]] == [2, 1, 0]
    assert [segment.index for segment in session[-2:]] == [1, 2]
    assert session[5:9] == [] and session[1].read(0, 10).shape == (10, 2)
    with session.snapshot() as snapshot:
        assert [segment.index for segment in snapshot[1:]] == [1, 2]
        assert snapshot[-1].index == 2
    assert session[0:1][0] == session[0]
    for outside in (3, -4, 2**40, -2**70):
        with pytest.raises(IndexError, match="no segment"):
            session[outside]


def test_a_measuring_tells_how_far_it_is_and_can_be_ended(session, tmp_path):
    session.write(tmp_path / "whole.wav")
    told = []
    focus_session.measure(tmp_path / "whole.wav", on_progress=told.append)
    assert told and told == sorted(told) and told[-1] == 1.0

    def enough(_):
        raise ZeroDivisionError("enough")

    with pytest.raises(ZeroDivisionError, match="enough"):
        focus_session.measure(tmp_path / "whole.wav", on_progress=enough)


def test_a_store_is_checked_and_repaired(tmp_path):
    folder = tmp_path / "data"
    with focus_session.Service(data_folder=folder) as service:
        session = service.start(goal="focus", target_minutes=1, segment_seconds=20, seed=7)
        session.wait(timeout=60)
        session[0].promote("To keep").close()
        with pytest.raises(focus_session.StorageError):
            focus_session.check_store(folder)
        session.close()
    report = focus_session.check_store(folder)
    assert report and not report.findings and report.info.track_count == 1
    (folder / "catalogue.sqlite").unlink()
    report = focus_session.check_store(folder, quick=True)
    assert not report and "catalogue_missing" in {finding.kind for finding in report.problems}
    report = focus_session.repair_store(folder)
    assert report and report.info.backup_folder.is_dir() and "found again" in str(report)
    with focus_session.Service(data_folder=folder) as service:
        (track,) = service.tracks()
        with service.open_track(track) as kept:
            assert kept.info.title == "To keep"
    with pytest.raises(FileNotFoundError):
        focus_session.check_store(tmp_path / "none")
