# SPDX-License-Identifier: MIT
"""Sessions: as they are made, steered and opened again."""
import asyncio
import datetime
import pathlib
import threading
import time

import numpy
import pytest

import focus_session


def test_segments_come_as_they_are_ready_and_in_order(service):
    with service.start(goal="focus", target_minutes=1, segment_seconds=20, divergence=0.3) as session:
        heard = []
        for segment in session:
            assert segment.ready and segment.playback_url.startswith("file:///")
            assert pathlib.Path(segment.path).exists()
            heard.append(segment)
        assert [one.index for one in heard] == list(range(len(session)))
        assert session.status == "ended" and session.info.ready_count == len(heard)
        assert heard[0].fade_in_ms == 0 and heard[0].fade_out_ms == heard[1].fade_in_ms > 0
        assert all(one.integrated_lufs == pytest.approx(one.target_lufs, abs=0.2) for one in heard)


def test_segments_come_asynchronously_and_the_loop_goes_on(service):
    async def main():
        ticks = 0

        async def tick():
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.01)

        ticking = asyncio.ensure_future(tick())
        session = service.start(goal="relax", target_minutes=1, segment_seconds=20, format="wav")
        indices = [segment.index async for segment in session]
        types = [event.type async for event in session.events()]
        ticking.cancel()
        assert indices == list(range(len(session)))
        assert types.count("segment_ready") == len(indices) and types[-1] == "status_changed"
        assert ticks > 5

    asyncio.run(asyncio.wait_for(main(), 60))


def test_an_asynchronous_iteration_can_be_cancelled(service):
    async def main():
        session = service.start(goal="focus", target_minutes=60, look_ahead=0, segment_seconds=20, format="wav")

        async def listen():
            async for _ in session.events():
                pass

        task = asyncio.ensure_future(listen())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        session.close()

    asyncio.run(asyncio.wait_for(main(), 30))


def test_every_iterator_of_events_sees_all_of_them(service):
    with service.start(goal="energize", target_minutes=1, segment_seconds=20, format="wav") as session:
        seen = {}

        def listen(name):
            seen[name] = [(event.type, event.segment_index) for event in session.events()]

        threads = [threading.Thread(target=listen, args=(name,)) for name in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        late = [(event.type, event.segment_index) for event in session.events()]
        assert late == seen[0] == seen[1] == seen[2]
        assert sorted(index for kind, index in late if kind == "segment_ready") == list(range(len(session)))
        ready = next(event for event in session.events() if event.type == "segment_ready")
        assert ready.code == "ok"


def test_waiting_ends_when_the_time_is_up(service):
    with service.start(goal="focus", target_minutes=600, look_ahead=0, segment_seconds=20, format="wav") as session:
        began = time.monotonic()
        for _ in session.events(timeout=0.1):
            pass
        assert session.wait(timeout=0.1) == "active"
        assert time.monotonic() - began < 30
        last = session[len(session) - 1]
        assert not last.ready and last.playback_url is None and last.path is None
        with pytest.raises(focus_session.NotReadyError):
            last.read()
        with pytest.raises(IndexError):
            session[len(session)]


def test_waiting_ends_where_more_is_made_only_for_a_listener(service):
    async def gather(session):
        return [event.type async for event in session.events(timeout=0.05)]

    with service.start(goal="focus", target_minutes=5, look_ahead=0, segment_seconds=20, format="wav") as session:
        assert session.wait(timeout=60) == "active" and session.info.ready_count == 1 < len(session)
        assert session.wait(timeout=60) == "active" and session.info.ready_count == 1
        told = [event.type for event in session.events(timeout=0.05)]
        assert "segment_ready" in told and asyncio.run(asyncio.wait_for(gather(session), 60)) == told


def test_events_end_with_what_they_are_of_however_they_are_iterated_over(service):
    async def gather(events):
        return [event async for event in events]

    session = service.start(goal="focus", target_minutes=5, segment_seconds=20, format="wav")
    begun, other = session.events(), session.events()
    while session.info.ready_count < 3:
        time.sleep(0.01)  # so that one that has begun has read further than it was asked
    assert next(begun).type == "segment_ready"
    session.close()
    assert list(begun) == [] and asyncio.run(gather(other)) == []
    with pytest.raises(focus_session.ClosedError):
        session.events()
    with pytest.raises(focus_session.ClosedError):
        session.events().poll()


def test_closing_ends_the_waits_of_other_threads(service):
    session = service.start(goal="focus", target_minutes=600, look_ahead=0, segment_seconds=20, format="wav")
    outcome = []

    def listen():
        outcome.append(list(session.events()))

    thread = threading.Thread(target=listen)
    thread.start()
    time.sleep(0.05)
    session.close()
    thread.join(30)
    assert len(outcome) == 1


def test_a_memory_store_is_read_to_its_end_by_iterating(tmp_path):
    with focus_session.Service(storage="memory") as service:
        session = service.start(goal="focus", target_minutes=2, segment_seconds=20, seed=3, format="wav")
        lengths = [len(segment.read()) for segment in session.iterate(timeout=60)]
        assert len(lengths) == len(session) > 4 and all(lengths)
        assert session[len(session) - 1].playback_url is None


def test_steering_changes_what_was_not_heard_and_brings_new_segments(service):
    with service.start(goal="focus", target_minutes=1, segment_seconds=20, format="wav") as session:
        before = [segment.index for segment in session]
        with session.play(offline=True) as player:
            player.read(48000)
            start = session.steer(goal="energize", intensity="high", target_minutes=2)
            assert 1.0 < start < 30.0
            assert session.info.goal == "energize" and session.info.target_minutes == 2
            steered = [event for event in session.events(timeout=30) if event.type == "steered"]
            assert len(steered) == 1
            again = [segment.index for segment in session]
        assert again[0] == 0 and again[-1] == len(session) - 1 and len(before) != len(session)
        with pytest.raises(focus_session.InvalidArgumentError) as caught:
            session.steer()
        assert caught.value.field == "steering"


def test_levels_of_layers_are_steered_and_kept_with_the_session(service):
    with service.start(goal="focus", target_minutes=2, segment_seconds=20, format="wav") as session:
        session.steer(bass_db=-6.5, percussion_db=0.0)
        with session.snapshot() as snapshot:
            options = snapshot.json(include_analysis=True)["analysis"]["request"]["options"]
        assert options["bass_db"] == -6.5 and options["percussion_db"] == 0
        with pytest.raises(focus_session.InvalidArgumentError) as caught:
            session.steer(pads_db=12.5)
        assert caught.value.field == "pads_db"


def test_the_chapters_of_a_session_are_its_movements(service):
    with service.start(goal="focus", target_minutes=10, seed=2) as session, \
            session.snapshot() as snapshot:
        chapters = snapshot.chapters
        assert len(chapters) > 1 and chapters[0].start_seconds == 0.0
        assert chapters[0].title.startswith("Movement A (")


def test_an_iterator_gives_segments_again_that_steering_has_replaced(service):
    session = service.start(goal="focus", target_minutes=1, segment_seconds=20, format="wav")
    assert session.wait(60) == "ended"
    player = session.play(offline=True)
    player.read(4800)
    given = iter(session)
    first = [next(given).index for _ in range(len(session))]
    assert first == list(range(len(session)))
    session.steer(goal="relax")
    rest = [segment.index for segment in given]
    assert rest[0] <= 1 and rest == list(range(rest[0], len(session)))


def test_a_session_can_be_opened_again_from_its_folder(tmp_path):
    folder = tmp_path / "music"
    with focus_session.Service(data_folder=folder) as service:
        with service.start(goal="sleep", target_minutes=1, seed=11, format="wav") as session:
            name = session.id
            session.wait(60)
            samples = session[0].read(frames=4800)
        assert service.sessions() == [name]
    with focus_session.Service(data_folder=folder) as service:
        with service.open(name) as session:
            info = session.info
            assert info.seed == 11 and info.goal is focus_session.Goal.SLEEP
            assert abs(info.created_at - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(hours=1)
            assert numpy.array_equal(session[0].read(frames=4800), samples)
            track = session[0].promote("Night")
            assert track.info.title == "Night" and track.info.session_id == name
            track.write(tmp_path / "night.flac")
            assert service.tracks() == [track.id]
        service.delete(name)
        assert service.sessions() == []
        assert service.open_track(track.id).info.title == "Night"
        service.delete_track(track.id)
        assert service.tracks() == []
        assert service.delete_expired(datetime.datetime.now()) == 0


def test_the_session_object_is_that_of_the_wire_contract(finished):
    told = finished.json(include_analysis=True)
    assert told["session_id"] == finished.id and told["status"] == "ended"
    for segment, said in zip(finished.segments, told["segments"]):
        assert said["playback_url"] == segment.playback_url
        assert said["fade_out_ms"] == segment.fade_out_ms and said["analysis"]["key"] == segment.key
    assert finished.json(base_url="https://a/")["segments"][0]["playback_url"] == "https://a/000.flac"


def test_a_snapshot_stays_as_it_was(service):
    with service.start(goal="focus", target_minutes=1, format="wav") as session:
        snapshot = session.snapshot()
        session.wait(60)
        assert snapshot.info.ready_count <= len(snapshot) == len(session)
        assert snapshot[-1].index == len(snapshot) - 1
        assert session.info.ready_count == len(session)


def test_prices_and_caps_stop_a_session(tmp_path):
    with focus_session.Service() as service:
        service.set_engine_price("studio", 1_000_000)
        service.set_spend_caps(per_session_micros=1_500_000)
        session = service.start(goal="focus", target_minutes=3, segment_seconds=30, format="wav")
        made = list(session)
        assert session.status == "stopped_cap" and len(made) < len(session)
        assert 0 < session.info.spent_micros <= 1_500_000
        assert service.spend().settled_micros == session.info.spent_micros
        assert service.engines()[0].price_micros_per_minute == 1_000_000


def test_ending_keeps_what_is_ready(service):
    with service.start(goal="focus", target_minutes=600, look_ahead=1, segment_seconds=20, format="wav") as session:
        first = next(iter(session))
        session.end()
        session.end()
        assert session.wait(5) == "ended" and session[first.index].ready


def test_the_example_of_the_design(capsys):
    with focus_session.Service() as service:
        for segment in service.start(goal="focus", target_minutes=1, divergence=0.3):
            print(segment.index, segment.playback_url, segment.fade_out_ms)
    assert capsys.readouterr().out.startswith("0 file:///")
