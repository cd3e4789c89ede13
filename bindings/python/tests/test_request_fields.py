# SPDX-License-Identifier: MIT
"""What the fields of a request may hold."""
import inspect

import pytest

import focus_session
from focus_session import RequestFieldKind, request_fields


def test_every_field_is_an_argument_of_start():
    arguments = inspect.signature(focus_session.Service.start).parameters
    names = {field.name for field in request_fields()}
    assert "tempo_bpm" in names
    assert names <= set(arguments)


def test_the_ends_of_a_range_are_what_start_takes():
    tempo = next(field for field in request_fields() if field.name == "tempo_bpm")
    assert tempo.kind is RequestFieldKind.REAL and tempo.is_option and not tempo.is_required
    assert (tempo.minimum, tempo.maximum, tempo.unset) == (30.0, 240.0, 0.0)
    with focus_session.Service() as service:
        for bpm in (tempo.minimum, tempo.maximum):
            session = service.start(goal="sleep", target_minutes=1, tempo_bpm=bpm)
            assert all(segment.tempo_bpm == bpm for segment in session.snapshot())
        for bpm in (tempo.minimum - 0.1, tempo.maximum + 0.1):
            with pytest.raises(focus_session.InvalidArgumentError) as refused:
                service.start(goal="sleep", target_minutes=1, tempo_bpm=bpm)
            assert refused.value.field == "tempo_bpm"
