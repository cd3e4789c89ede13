# SPDX-License-Identifier: MIT
"""Engines in Python as they should be."""
import functools
import gc
import sys
import threading
import time
import weakref

import numpy
import pytest

import focus_session
from focus_session import _handle
from focus_session.engine import FunctionEngine
from tones import Tone, play


def test_an_engine_is_listed_as_it_describes_itself_and_plays(alone):
    tone = Tone()
    alone.add_engine(tone)
    info = {one.key: one for one in alone.engines()}["tone"]
    assert (info.display_name, info.version, info.licence_class) == ("Tone", "3", "commercial_cleared")
    assert info.commercial_use and not info.vocals and not info.has_score
    session = play(alone, "tone", seed=5)
    for segment in session.segments:
        assert segment.engine == "tone" and not segment.fallback
        assert segment.integrated_lufs == pytest.approx(segment.target_lufs, abs=0.3)
        assert segment.target_lufs == pytest.approx(-18.0, abs=2.0)
    again = play(alone, "tone", seed=5)
    assert numpy.array_equal(session[0].read(), again[0].read())
    assert alone.remove_engine("tone", timeout=5.0) and tone.closed
    assert not _handle.thread.in_callback  # what is closed from now on is given back at once
    with pytest.raises(focus_session.InvalidArgumentError):
        play(alone, "tone")
    with pytest.raises(focus_session.NotFoundError):
        alone.remove_engine("tone")


def test_what_an_engine_says_of_itself_is_checked(alone):
    for name, value, field in [("key", "Not A Key", "key"), ("key", "studio", "key"),
                               ("concurrency", 100, "concurrency"), ("retries", -1, "retries"),
                               ("licence_class", "free", "licence_class"), ("sample_rate", 5, "sample_rate")]:
        engine = Tone()
        setattr(engine, name, value)
        with pytest.raises(focus_session.InvalidArgumentError) as caught:
            alone.add_engine(engine)
        assert caught.value.field == field
    assert [info.key for info in alone.engines()] == ["studio", "soundscape"]


def test_a_function_is_an_engine_and_may_yield_or_return_or_write(alone):
    @alone.engine("yields", sample_rate=24000)
    def yields(brief):
        """Noise in blocks."""
        assert brief.sample_rate == 24000
        noise = numpy.random.default_rng(brief.seed)
        left = brief.frames
        while left:
            count = min(left, 10000)
            yield noise.normal(0.0, 0.1, (count, 2))
            left -= count

    @alone.engine("returns")
    def returns(brief):
        return numpy.random.default_rng(brief.seed).normal(0.0, 0.1, (2, brief.frames))

    @alone.engine("writes")
    def writes(brief, sink):
        sink.progress(0.5)
        sink.write(numpy.random.default_rng(brief.seed).normal(0.0, 0.1, (brief.frames, 1)))

    assert isinstance(yields, focus_session.Engine)
    assert {info.key: info.description for info in alone.engines()}["yields"] == "Noise in blocks."
    for key in ("yields", "returns", "writes"):
        assert all(segment.engine == key for segment in play(alone, key).segments), key
    with pytest.raises(TypeError, match="an engine has no colour"):
        alone.engine("x", colour=1)(yields)


def test_the_sink_goes_to_a_function_that_asks_for_it():
    class Player:
        def play(self, brief):
            return brief

        def write(self, brief, sink):
            return brief, sink

        def __call__(self, brief, level=0.5):
            return brief, level

    def level(brief, level=0.5):
        return brief, level

    def last(brief, level=0.5, *, sink):
        return brief, level, sink

    def either(brief, sink=None):
        return brief, sink

    def second(brief, out, level=0.5):
        return brief, out, level

    def all_(*arguments):
        return arguments

    @functools.wraps(second)
    def wrapped(*arguments):
        return arguments

    for function, given in [(Player().play, "b"), (Player().write, ("b", "s")), (Player(), ("b", 0.5)),
                            (level, ("b", 0.5)), (functools.partial(level, level=0.2), ("b", 0.2)),
                            (last, ("b", 0.5, "s")), (functools.partial(last, level=1), ("b", 1, "s")),
                            (either, ("b", "s")), (second, ("b", "s", 0.5)), (all_, ("b",)),
                            (wrapped, ("b", "s"))]:
        assert FunctionEngine(function, key="x").generate("b", "s") == given, function
    assert FunctionEngine(functools.partial(level, level=1), key="x").description is None


def test_samples_are_taken_in_any_shape(alone):
    written = []
    ramp = numpy.linspace(0.0, 0.5, 1000, dtype=numpy.float32)
    frozen = numpy.broadcast_to(ramp, (2, 1000))
    frozen.flags.writeable = False
    forms = [ramp, ramp[:, None], numpy.stack([ramp, -ramp], 1), numpy.stack([ramp, -ramp]), ramp[None, :],
             ramp.astype(float)[::-1], frozen, frozen.T, list(ramp), memoryview(ramp), (ramp, -ramp),
             numpy.zeros((0, 2)), ramp.astype(numpy.float16)]

    @alone.engine("shapes", retries=0)
    def shapes(brief, sink):
        for form in forms:
            sink.write(form)
            written.append(sink.written)
        sink.write(numpy.stack([ramp, -ramp], 1).ravel(), channel_count=2)
        written.append(sink.written)
        for wrong, error in [(numpy.zeros((5, 3)), ValueError), (numpy.zeros((2, 2, 2)), ValueError),
                             (numpy.zeros(5, int), TypeError)]:
            with pytest.raises(error):
                sink.write(wrong)
        with pytest.raises(ValueError):
            sink.write((ramp, ramp[:5]))
        rest = numpy.random.default_rng(1).normal(0, 0.1, (sink.remaining + 500, 2))
        sink.write(rest)
        assert sink.remaining == 0

    session = play(alone, "shapes", sample_rate=48000)
    assert not session[0].fallback, [event.message for event in session.events()]
    assert written[:14] == [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 11000, 11000, 12000, 13000]
    samples = session[0].read(frames=4000) / 10 ** (session[0].gain_db / 20)
    stereo = numpy.stack([ramp, -ramp], 1)
    assert numpy.allclose(samples[2000:3000], stereo, atol=0.01)  # a mastered one
    assert numpy.allclose(samples[3000:4000], stereo, atol=0.01)  # a mastered one


def test_a_sink_is_of_no_use_after_the_call(alone):
    kept = []

    @alone.engine("keeps")
    def keeps(brief, sink):
        kept.append(sink)
        sink.write(numpy.random.default_rng(1).normal(0, 0.1, brief.frames))

    play(alone, "keeps")
    with pytest.raises(focus_session.ClosedError, match="generate has returned"):
        kept[0].write([0.0])
    assert kept[0].cancelled


def test_another_thread_may_write(alone):
    @alone.engine("helper")
    def helper(brief, sink):
        noise = numpy.random.default_rng(1).normal(0, 0.1, brief.frames)
        thread = threading.Thread(target=sink.write, args=(noise,))
        thread.start()
        thread.join()

    assert not play(alone, "helper")[0].fallback


def test_an_engine_that_continues_hears_what_was_before(alone):
    heard = []

    @alone.engine("continues", continues_previous=True, previous_seconds=5.0)
    def continues(brief):
        heard.append((brief.segment_index, brief.previous_samples))
        return numpy.random.default_rng(brief.seed).normal(0, 0.1, (brief.frames, 2))

    session = play(alone, "continues")
    assert [index for index, _ in heard] == list(range(len(session)))
    assert heard[0][1] is None
    tail = session[0].read()[-len(heard[1][1]):]
    assert heard[1][1].shape == (5 * 8000, 2) and numpy.allclose(heard[1][1], tail, atol=1e-3)


def test_as_many_calls_as_were_described_go_on_at_once(alone):
    running, most = [], []
    both = threading.Barrier(2, timeout=30)

    @alone.engine("pair", concurrency=2, retries=0)
    def pair(brief, sink):
        running.append(1)
        most.append(len(running))
        if brief.segment_index < 2:
            both.wait()  # breaks, and fails the call, unless the other one comes meanwhile
        sink.write(numpy.random.default_rng(1).normal(0, 0.1, brief.frames))
        running.pop()

    session = play(alone, "pair")
    assert not any(segment.fallback for segment in session.segments) and max(most) == 2


def test_an_engine_lives_as_long_as_it_can_be_called_and_no_longer():
    service = focus_session.Service()
    engine = Tone()
    gone = weakref.ref(engine)
    service.add_engine(engine)
    del engine
    gc.collect()
    assert gone() is not None
    session = service.start(goal="focus", target_minutes=1, engine="tone", format="wav")
    service.close()
    assert session.wait(60) == "ended" and session[0].engine == "tone"
    session.close()
    deadline = time.monotonic() + 30
    while gone() is not None and time.monotonic() < deadline:
        time.sleep(0.01)
        gc.collect()
    assert gone() is None


def test_an_engine_may_use_the_library_itself(alone, tmp_path):
    @alone.engine("nested")
    def nested(brief, sink):
        with focus_session.Service(storage="memory") as inner:
            with inner.start(goal="relax", target_minutes=1, seed=1) as session:
                with session.play(offline=True) as player:
                    while sink.remaining:
                        block = player.read(48000)
                        if not len(block):
                            player.seek(0.0)
                        sink.write(block)

    assert not play(alone, "nested")[0].fallback


def test_a_brief_tells_all_there_is(alone):
    briefs = []

    @alone.engine("asks")
    def asks(brief):
        briefs.append(brief)
        return numpy.random.default_rng(1).normal(0, 0.1, brief.frames)

    session = play(alone, "asks", seed=9, work_minutes=0, melody_db=-6.0, divergence=0.25)
    for brief in briefs:
        segment = session[brief.segment_index]
        assert (brief.frames, brief.key, brief.tempo_bpm) == (segment.frames, segment.key, segment.tempo_bpm)
        assert brief.goal == brief.character == "focus" and brief.intensity == "medium"
        assert brief.session_id == session.id and brief.session_seed == 9 and brief.divergence == 0.25
        assert brief.melody_db == -6.0 and brief.bar_seconds == pytest.approx(240.0 / brief.tempo_bpm)
    assert len({brief.seed for brief in briefs}) == len(briefs) == len(session)


def test_an_engine_may_be_a_command(alone):
    alone.add_command_engine(
        f"{sys.executable} -c 'import json, sys, focus_session; brief = json.load(open(sys.argv[1])); "
        "file = focus_session.AudioFile(sys.argv[2], sample_rate=brief[\"sample_rate\"], channel_count=1); "
        "import random; noise = random.Random(brief[\"seed\"]); "
        "file.write([noise.uniform(-0.2, 0.2) for _ in range(4800)] * (brief[\"frames\"] // 4800 + 1)); "
        "file.commit()' {brief} {out}.wav && mv {out}.wav {out}", key="shell", licence_class="personal_only")
    session = play(alone, "shell")
    assert all(segment.engine == "shell" and not segment.fallback for segment in session.segments), [
        event.message for event in session.events()]
    with pytest.raises(focus_session.InvalidArgumentError):
        alone.add_command_engine("true", key="shell")


def test_an_engine_is_checked(alone):
    alone.add_engine(Tone())
    seen = []
    check = alone.check_engine("tone", quick=True, on_result=seen.append)
    assert check.results == seen and len(seen) > 3 and "holds" in str(check)
    slow = "a segment that is wanted no more is given up"  # in time, which other programs may take
    assert [result for result in check.failures if result.name != slow] == []

    @alone.engine("broken", retries=0)
    def broken(brief, sink):
        raise ValueError("out of strings")

    check = alone.check_engine("broken", quick=True)
    assert not check and any("out of strings" in result.detail for result in check.failures)

    def stop(result):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        alone.check_engine("tone", quick=True, on_result=stop)
    with pytest.raises(focus_session.InvalidArgumentError):
        alone.check_engine("nobody")


def test_the_music_before_is_the_briefs_own():
    """What the library lends for one call alone is copied."""
    import ctypes

    from focus_session import _abi
    from focus_session.engine import read_brief

    lent = numpy.arange(8, dtype=numpy.float32)
    struct = _abi.focus_brief(goal=1, character=2, intensity=3, previous_frames=4, key="D dorian")
    struct.previous_samples = lent.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    brief = read_brief(struct)
    lent[:] = 0.0
    assert brief.previous_samples.tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert (brief.character, brief.intensity, brief.key) == ("relax", "high", "D dorian")
