# SPDX-License-Identifier: MIT
"""Samples: segments, players, files, measurements and mixes."""
import array
import threading

import numpy
import pytest

import focus_session
from focus_session._library import lib
from programs import ends


def test_a_segment_is_an_array(finished):
    segment = finished[1]
    samples = segment.read()
    assert samples.shape == (segment.frames, 2) and samples.dtype == numpy.float32
    assert segment.sample_rate == 48000 and 0.1 < numpy.abs(samples).max() <= 1.0
    part = segment.read(first_frame=1000, frames=500)
    assert numpy.array_equal(part, samples[1000:1500])
    assert len(segment.read(first_frame=segment.frames - 10)) == 10
    assert len(segment.read(first_frame=segment.frames)) == 0
    room = numpy.zeros((100, 2), numpy.float32)
    filled = segment.read(first_frame=1000, out=room)
    assert numpy.shares_memory(filled, room) and numpy.array_equal(room, samples[1000:1100])


def test_a_segment_is_written_in_any_format(finished, tmp_path):
    for ending in ("flac", "wav", "ogg", "opus", "mp3"):
        path = tmp_path / f"part.{ending}"
        finished[0].write(path)
        measured = focus_session.measure(path)
        assert measured.duration_seconds == pytest.approx(finished[0].duration_seconds, abs=0.2)
        assert measured.integrated_lufs == pytest.approx(finished[0].integrated_lufs, abs=0.7)
        assert len(measured.momentary_lufs) == len(measured.short_term_lufs) == measured.curve_count > 100
    finished[0].write_score(tmp_path / "part.mid")
    assert (tmp_path / "part.mid").read_bytes()[:4] == b"MThd"


def test_an_offline_player_gives_the_whole_session_and_no_more(finished):
    with finished.play(offline=True) as player:
        samples = player.read()
        assert samples.shape == (60 * 48000, 2) and player.finished
        assert player.read(100).shape == (0, 2)
    with finished.play(offline=True, sample_rate=24000, channel_count=1) as player:
        blocks = list(player.blocks(10000))
        assert sum(map(len, blocks)) == 60 * 24000 and blocks[0].shape == (10000, 1)


def test_a_player_fills_the_callers_array(finished):
    with finished.play(offline=True) as one, finished.play(offline=True) as other:
        out = numpy.zeros((4800, 2), numpy.float32)
        filled = one.read(out=out)
        assert numpy.shares_memory(filled, out) and numpy.array_equal(out, other.read(4800))
        flat = array.array("f", bytes(4 * 9600))
        one.read(out=flat)
        assert numpy.array_equal(numpy.array(flat).reshape(-1, 2), other.read(4800))
        assert one.read(100, out=out).shape == (100, 2)
        planar = one.read_planar(100)
        assert planar.shape == (2, 100)
        other.read(100)
        assert numpy.array_equal(planar.T, other.read(100))
        for wrong in (numpy.zeros((10, 3), numpy.float32), numpy.zeros((10, 2)), bytes(80)):
            with pytest.raises((TypeError, ValueError)):
                one.read(out=wrong)
        with pytest.raises(focus_session.InvalidArgumentError):
            one.read(5000, out=out)


def test_what_fills_the_callers_array_is_a_view_of_it(finished):
    expected = finished[0].read(frames=1000)
    for make in (lambda: numpy.zeros(2400, numpy.float32), lambda: array.array("f", bytes(9600)),
                 lambda: memoryview(array.array("f", bytes(9600))),
                 lambda: numpy.zeros((1200, 2), numpy.float32),
                 lambda: memoryview(bytearray(9600)).cast("f", [1200, 2])):
        with finished.play(offline=True) as player:
            for read in (lambda out: player.read(1000, out=out), lambda out: finished[0].read(0, 1000, out=out)):
                out = make()
                filled = read(out)
                assert filled.shape == (1000, 2) and numpy.array_equal(filled, expected)
                assert numpy.array_equal(numpy.asarray(out).reshape(-1, 2)[:1000], expected)
                assert numpy.shares_memory(numpy.asarray(filled), numpy.asarray(out))
                player.seek(0.0)
    with finished.play(offline=True, channel_count=1) as player:
        assert player.read(out=array.array("f", bytes(400))).shape == (100, 1)
        player.seek(59.0)
        player.read()
        assert len(player.read(out=numpy.zeros(100, numpy.float32))) == 0
        assert len(player.read(out=array.array("f", bytes(400)))) == 0


def test_a_read_and_a_change_of_the_output_wait_for_one_another():
    assert "(480000, 2) (10, 8)" in ends("""
        import threading
        service = focus_session.Service(worker_count=2)
        session = service.start(goal="focus", target_minutes=1, segment_seconds=20)
        player = session.play(offline=True)
        player.read(1)
        shapes = []
        reading = threading.Thread(target=lambda: shapes.append(player.read(480000).shape))
        reading.start()
        while player.position_seconds < 0.1: time.sleep(0.001)
        player.set_output(channel_count=8)
        reading.join()
        print(*shapes, player.read(10).shape)
    """)


def test_a_real_time_read_waits_for_no_change_of_the_output(finished, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def stays(name):
        real = getattr(lib, name)

        def call(*arguments):
            begun.set()
            assert go_on.wait(10)
            return real(*arguments)

        monkeypatch.setattr(lib, name, call)

    def meanwhile(call):
        thread = threading.Thread(target=call)
        thread.start()
        assert begun.wait(10)
        begun.clear()
        return thread

    with finished.play() as player:
        stays("focus_player_set_output")
        changing = meanwhile(lambda: player.set_output(channel_count=8))
        out = numpy.ones((100, 2), numpy.float32)
        assert numpy.array_equal(player.read(out=out), numpy.zeros((100, 2))) and not out.any()
        assert not player.read_planar(10).any() and not player.read(10).any()
        go_on.set()
        changing.join(10)
        assert player.read(10).shape == (10, 8)
        with pytest.raises(ValueError):
            player.read(out=out)

        go_on.clear()
        stays("focus_player_render_interleaved")
        reading = meanwhile(lambda: player.read(10))
        changing = threading.Thread(target=lambda: player.set_output(channel_count=1))
        changing.start()
        changing.join(0.05)
        assert changing.is_alive() and player.channel_count == 8
        go_on.set()
        reading.join(10)
        changing.join(10)
        assert player.channel_count == 1


def test_a_paused_player_is_no_finished_one(finished, tmp_path):
    with finished.play(offline=True) as player:
        player.pause()
        for read in (lambda: player.write(tmp_path / "paused.wav"), lambda: list(player.blocks())):
            with pytest.raises(focus_session.InvalidArgumentError, match="paused") as caught:
                read()
            assert caught.value.field == "player"
        assert list(tmp_path.iterdir()) == []
        player.resume()
        player.seek(50.0)
        blocks = player.blocks(48000)
        next(blocks)
        player.pause()
        with pytest.raises(focus_session.InvalidArgumentError, match="paused"):
            list(blocks)
        player.resume()
        player.set_sleep_timer(2.0, 1.0)
        player.write(tmp_path / "asleep.wav")
        assert focus_session.measure(tmp_path / "asleep.wav").duration_seconds == pytest.approx(2.0, abs=0.1)
        player.resume()
        assert player.read().shape[0] > 48000 and list(player.blocks()) == []
        with pytest.raises(focus_session.InvalidArgumentError) as caught:
            next(player.blocks(0))
        assert caught.value.field == "frames"


def test_a_real_time_player_never_waits(finished):
    with finished.play(sample_rate=44100) as player:
        heard = 0.0
        for _ in range(2000):
            block = player.read(512)
            assert block.shape == (512, 2)
            heard = max(heard, float(numpy.abs(block).max()))
            if heard > 0.05:
                break
        assert heard > 0.0 and player.sample_rate == 44100
        with pytest.raises(focus_session.InvalidArgumentError):
            player.read()
        with pytest.raises(focus_session.InvalidArgumentError):
            next(player.blocks())


def test_a_player_is_led_about(finished):
    with finished.play(offline=True) as player:
        player.seek(15.0)
        assert player.position_seconds == pytest.approx(15.0)
        segment = player.info.segment_index
        assert player.skip() and player.position_seconds > 15.0
        player.read(48000)
        assert player.info.segment_index > segment
        player.volume = 0.5
        assert player.volume == 0.5
        with pytest.raises(focus_session.InvalidArgumentError):
            player.volume = 1.5
        player.set_sleep_timer(10.0, 2.0)
        assert player.info.sleep_seconds == pytest.approx(10.0)
        player.set_sleep_timer(None)
        assert player.info.sleep_seconds is None
        player.pause()
        assert player.read(48000).shape[0] < 48000
        player.resume()
        player.set_output(44100, 1)
        assert player.read(100).shape == (100, 1) and player.channel_count == 1
        player.seek(59.0)
        player.read(100)
        assert not player.skip() and player.info.next_join_seconds is None


def test_a_player_outlives_its_session_and_service():
    service = focus_session.Service()
    session = service.start(goal="focus", target_minutes=1)
    player = session.play(offline=True)
    session.close()
    service.close()
    assert player.read().shape[0] == 60 * 48000
    player.close()


def test_a_session_is_written_to_one_file(finished, tmp_path):
    finished.write(tmp_path / "all.flac")
    measured = focus_session.measure(tmp_path / "all.flac")
    assert measured.duration_seconds == 60.0 and measured.sample_rate == 48000
    assert measured.integrated_lufs == pytest.approx(-18.0, abs=1.0)


def test_a_file_stands_under_its_name_only_when_it_is_complete(tmp_path):
    tone = numpy.sin(numpy.arange(48000) * 0.05) * 0.5
    with focus_session.AudioFile(tmp_path / "tone.wav", sample_rate=48000, channel_count=1) as file:
        file.write(tone)  # float64 and one dimension
        file.write(tone.astype(numpy.float32))
        file.write([0.0, 0.5, -0.5])
    assert focus_session.measure(tmp_path / "tone.wav").duration_seconds == pytest.approx(2.0, abs=1e-3)
    with pytest.raises(ZeroDivisionError):
        with focus_session.AudioFile(tmp_path / "broken.wav", sample_rate=48000) as file:
            file.write(numpy.zeros((100, 2)))
            raise ZeroDivisionError
    with pytest.raises(TypeError, match="not int16"):
        with focus_session.AudioFile(tmp_path / "ints.wav", sample_rate=48000) as file:
            file.write(numpy.zeros((100, 2), numpy.int16))
    with pytest.raises(focus_session.InvalidArgumentError):
        focus_session.AudioFile(tmp_path / "what.xyz", sample_rate=48000)
    assert [path.name for path in tmp_path.iterdir()] == ["tone.wav"]


def test_a_file_says_what_it_is(service, tmp_path):
    path = tmp_path / "told.bin"
    with service.start(goal="relax", target_minutes=10, seed=2) as session, \
            session.snapshot() as snapshot, \
            focus_session.AudioFile(path, sample_rate=48000, channel_count=1, format="flac") as file:
        file.describe_session(snapshot)
        file.set_tag("TITLE", "Abend")
        file.write(array.array("f", [0.1, -0.1] * 24000))
        with pytest.raises(focus_session.InvalidArgumentError) as caught:
            file.add_chapter(1.0, "late")
        assert caught.value.field == "file"
    told = path.read_bytes()
    assert b"TITLE=Abend" in told and b"CHAPTER001NAME=Movement A" in told
    assert b"--goal relax --minutes 10 --seed 2" in told


@pytest.fixture(scope="module")
def tones(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tones")
    generator = numpy.random.default_rng(1)
    paths = []
    for number in range(2):
        path = folder / f"{number}.wav"
        with focus_session.AudioFile(path, sample_rate=44100) as file:
            file.write(generator.normal(0.0, 0.1 + 0.1 * number, (44100 * 12, 2)))
        paths.append(path)
    return paths


def test_files_are_mixed_and_what_was_done_is_told(tones, tmp_path):
    with focus_session.mix(tones, tmp_path / "mix.flac", crossfade_seconds=2.0, target_lufs=-20.0) as mix:
        info = mix.info
        assert info.complete and info.file_count == 2 and info.progress == 1.0
        assert [file.path for file in mix.files] == tones
        assert all(file.integrated_lufs == pytest.approx(-20.0, abs=0.2) for file in mix.files)
        (transition,) = mix.transitions
        assert transition.end_seconds - transition.start_seconds == pytest.approx(2.0, abs=0.1)
        assert isinstance(transition.curve, focus_session.CrossfadeCurve)
        old, new = mix.gains(0, 11)
        assert old[0] > new[0] and old[-1] < new[-1] and len(old) == 11
        assert len(mix.loudness(0)) == mix.files[0].curve_count
    assert focus_session.measure(tmp_path / "mix.flac").duration_seconds == pytest.approx(
        info.duration_seconds, abs=0.01)


def test_a_mix_is_stopped_from_another_thread(tones, tmp_path):
    with focus_session.Mix(tones * 20) as mix:
        timer = threading.Timer(0.05, mix.cancel)
        timer.start()
        with pytest.raises(focus_session.Cancelled):
            mix.write(tmp_path / "mix.wav")
        timer.join()
    assert list(tmp_path.iterdir()) == []
