# SPDX-License-Identifier: MIT
"""Engines in Python that fail, hang, or never end."""
import logging
import threading
import time

import numpy
import pytest

import focus_session
from tones import Tone, play


def play_stood_in(service, engine):
    """A session of an engine that fails, with one beside it that stands in for it soon."""
    service.add_engine(Tone())
    return play(service, engine, fallback="tone")


def test_an_exception_is_explained_by_its_last_line_and_logged_whole(alone, caplog):
    class Broken(Tone):
        key = "broken"

        def generate(self, brief, sink):
            sink.write([0.0] * 10)
            raise KeyError("no such string")

    alone.add_engine(Broken())
    with caplog.at_level(logging.ERROR, "focus_session"):
        session = play(alone, "broken", sample_rate=48000)
    assert all(segment.fallback and segment.engine == "studio" for segment in session.segments)
    told = [event for event in session.events() if event.type == "fallback"]
    assert told and all("KeyError: 'no such string'" in event.message for event in told)
    assert "in generate" in caplog.text and "no such string" in caplog.text


def test_an_engine_that_uses_what_it_has_closed_says_so(alone, caplog):
    closed = focus_session.Service(storage="memory")
    closed.close()

    @alone.engine("uses", retries=0)
    def uses(brief, sink):
        closed.start(goal="focus", target_minutes=1)

    with caplog.at_level(logging.ERROR, "focus_session"):
        session = play_stood_in(alone, "uses")
    told = [event.message for event in session.events() if event.type == "fallback"]
    assert told and all("the service is closed" in message for message in told)
    assert "in uses" in caplog.text


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit(), MemoryError(),
                                   StopIteration(), RecursionError("deep")])
def test_whatever_is_raised_ends_the_call_alone(alone, error):
    @alone.engine("raises", retries=0)
    def raises(brief, sink):
        raise error

    assert all(segment.engine == "tone" for segment in play_stood_in(alone, "raises").segments)


def test_an_exception_that_can_not_be_told_is_an_error_all_the_same(alone):
    class Unspeakable(Exception):
        def __str__(self):
            raise RuntimeError("not even that")

    @alone.engine("mute", retries=0)
    def mute(brief, sink):
        raise Unspeakable

    assert all(segment.engine == "tone" for segment in play_stood_in(alone, "mute").segments)


def test_an_engine_is_tried_again(alone):
    attempts = []

    @alone.engine("moody", retries=3, retry_delay_seconds=0.01)
    def moody(brief, sink):
        if brief.segment_index == 0:
            attempts.append(brief.attempt)
        if brief.attempt < 3:
            raise OSError("the model is loading")
        sink.write(numpy.random.default_rng(1).normal(0, 0.1, brief.frames))

    assert not play(alone, "moody")[0].fallback and attempts == [1, 2, 3]


def test_what_is_no_use_is_not_tried_again(alone):
    attempts = []

    @alone.engine("picky", retries=3, retry_delay_seconds=0.01)
    def picky(brief, sink):
        attempts.append(brief.attempt)
        raise focus_session.UnsupportedError("not in this key")

    play_stood_in(alone, "picky")
    assert set(attempts) == {1}


def test_too_little_is_no_segment(alone):
    @alone.engine("short", retries=0)
    def short(brief):
        return numpy.zeros(100)

    session = play_stood_in(alone, "short")
    assert all(segment.fallback for segment in session.segments)
    assert any("100 of" in event.message for event in session.events())


def test_an_engine_that_hangs_is_stood_in_for_after_its_timeout(alone):
    free = threading.Event()

    @alone.engine("hangs", retries=0, timeout_seconds=0.2)
    def hangs(brief, sink):
        free.wait(60)

    session = play(alone, "hangs", sample_rate=48000)
    assert all(segment.engine == "studio" for segment in session.segments)
    assert not alone.remove_engine("hangs", timeout=0.0)
    free.set()


def test_cancelling_is_seen_at_once(alone):
    began, ended = threading.Event(), []

    @alone.engine("long")
    def long(brief, sink):
        began.set()
        try:
            while not sink.cancelled:
                time.sleep(0.005)
            sink.write([0.0])
        except focus_session.Cancelled as error:
            ended.append(error)
            raise

    session = alone.start(goal="focus", target_minutes=1, engine="long")
    assert began.wait(30)
    session.end()
    assert alone.remove_engine("long", timeout=30.0)
    assert len(ended) == 1


def test_a_generator_that_has_no_end_is_ended_when_the_segment_is_full(alone):
    @alone.engine("endless", retries=0, timeout_seconds=60)
    def endless(brief):
        while True:
            yield numpy.random.default_rng(1).normal(0, 0.1, (48000, 2))

    assert all(segment.engine == "endless" for segment in play(alone, "endless").segments)


def test_a_generator_is_closed_when_it_is_wanted_no_more(alone):
    began, closed = threading.Event(), threading.Event()

    @alone.engine("endless")
    def endless(brief):
        try:
            while True:
                began.set()
                yield []
                time.sleep(0.001)
        finally:
            closed.set()

    session = alone.start(goal="focus", target_minutes=1, engine="endless")
    assert began.wait(30)
    session.end()
    assert closed.wait(30)
