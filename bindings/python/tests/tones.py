# SPDX-License-Identifier: MIT
"""An engine that plays a tone, and sessions played by engines of the tests."""
import numpy

import focus_session


class Tone(focus_session.Engine):
    """A tone in the key of its seed."""

    key = "tone"
    display_name = "Tone"
    description = "A sine."
    version = "3"
    licence_class = "commercial_cleared"
    commercial_use = True
    retries = 0
    closed = False

    def generate(self, brief, sink):
        frequency = 200.0 + brief.seed % 200
        time_axis = numpy.arange(brief.frames) / brief.sample_rate
        sink.write(0.2 * numpy.sin(2 * numpy.pi * frequency * time_axis))

    def close(self):
        self.closed = True


def play(service, engine, sample_rate=8000, **more):
    """A session by an engine, all of it made, in the format and at the rate that take no time."""
    session = service.start(goal="focus", target_minutes=1, segment_seconds=20, engine=engine, format="wav",
                            sample_rate=sample_rate, **more)
    assert session.wait(60) == "ended"
    return session
