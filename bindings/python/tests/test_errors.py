# SPDX-License-Identifier: MIT
"""Bad input is refused with the field's name, as Python would refuse it."""
import copy
import dataclasses
import pickle

import numpy
import pytest

import focus_session
from focus_session import errors


@pytest.mark.parametrize("arguments, field", [
    ({"goal": "party", "target_minutes": 5}, "goal"),
    ({"target_minutes": 5}, "goal"),
    ({"goal": "focus", "target_minutes": 0}, "target_minutes"),
    ({"goal": "focus", "target_minutes": 2**40}, "target_minutes"),
    ({"goal": "focus", "target_minutes": 5, "divergence": 2.0}, "divergence"),
    ({"goal": "focus", "target_minutes": 5, "divergence": float("nan")}, "divergence"),
    ({"goal": "focus", "target_minutes": 5, "engine": "nobody"}, "engine"),
    ({"goal": "focus", "target_minutes": 5, "seed": -1}, "seed"),
    ({"goal": "focus", "target_minutes": 5, "seed": 2**64}, "seed"),
    ({"goal": "focus", "target_minutes": 5, "intensity": "loud"}, "intensity"),
    ({"goal": "focus", "target_minutes": 5, "format": "mp3"}, "format"),
    ({"custom_prompt": "rain\0sun", "target_minutes": 5}, "custom_prompt"),
    ({"goal": "focus", "custom_prompt": "rain", "target_minutes": 5}, "custom_prompt"),
    ({"custom_prompt": "\ud800", "target_minutes": 5}, "custom_prompt"),
])
def test_a_request_that_is_wrong_is_refused_by_its_field(service, arguments, field):
    with pytest.raises(focus_session.InvalidArgumentError) as caught:
        service.start(**arguments)
    assert caught.value.code == "invalid_argument" and caught.value.field == field
    assert isinstance(caught.value, ValueError) and field in str(caught.value)


def test_what_is_of_another_type_is_a_type_error(service):
    with pytest.raises(TypeError):
        service.start(goal="focus", target_minutes="an hour")
    with pytest.raises(TypeError):
        service.start(goal="focus", target_minutes=5.5)
    with pytest.raises(TypeError):
        service.start(custom_prompt=b"rain", target_minutes=5)
    with pytest.raises(TypeError):
        service.start(goal="focus", target_minutes=5, bananas=3)


def test_what_is_not_there_is_a_key_error_or_a_missing_file(service, tmp_path):
    with pytest.raises(KeyError) as caught:
        service.open("mfocus_000000000000")
    assert caught.value.code == "not_found" and caught.value.field == "session_id"
    assert str(caught.value) == caught.value.message  # and not its repr, as of other key errors
    with pytest.raises(FileNotFoundError) as missing:
        focus_session.measure(tmp_path / "none.wav")
    assert missing.value.filename == str(tmp_path / "none.wav") and missing.value.errno == 2
    with pytest.raises(FileNotFoundError):
        focus_session.Service(data_folder=tmp_path / "no" / "such")


@pytest.mark.parametrize("name", ["nofile", "nofile.wav", "no/file", "no file"])
def test_a_missing_file_is_one_whatever_its_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError) as missing:
        focus_session.measure(name)
    assert missing.value.filename == name == missing.value.path and missing.value.errno == 2


@pytest.mark.parametrize("session_id", ["mfocus_000000000000", "a/b", "no.such"])
def test_a_missing_session_is_no_missing_file_whatever_its_id(service, session_id):
    with pytest.raises(focus_session.NotFoundError) as caught:
        service.open(session_id)
    assert not isinstance(caught.value, OSError)
    assert caught.value.field == "session_id" and caught.value.path == ""


def test_a_file_that_is_no_audio_is_a_value_error(tmp_path):
    path = tmp_path / "text.wav"
    path.write_text("no music here")
    with pytest.raises(focus_session.BadDataError) as caught:
        focus_session.measure(path)
    assert isinstance(caught.value, ValueError) and caught.value.code == "bad_data"


def test_a_file_that_can_not_be_written_is_an_os_error(finished, tmp_path):
    with pytest.raises(OSError) as caught:
        finished[0].write(tmp_path / "no" / "such" / "folder.wav")
    assert isinstance(caught.value, focus_session.FocusError)


def test_what_is_closed_says_so(service):
    session = service.start(goal="relax", target_minutes=1)
    session.close()
    session.close()
    with pytest.raises(focus_session.ClosedError, match="the session is closed"):
        session.steer(goal="sleep")
    assert session.closed and "closed" in repr(session)
    assert session and bool(session) is True  # and not a question after its length


def test_a_handle_is_neither_copied_nor_pickled(service, finished):
    for handle in (service, finished, finished.snapshot()):
        for take in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError, match=f"a {handle._noun} can be neither copied nor pickled"):
                take(handle)


def test_a_segment_is_copied_as_the_value_that_it_is(finished):
    segment = finished[1]
    for other in (copy.copy(segment), copy.deepcopy(segment), dataclasses.replace(segment)):
        assert other == segment and numpy.array_equal(other.read(frames=10), segment.read(frames=10))
    other = dataclasses.replace(segment, index=0)
    assert other != segment and numpy.array_equal(other.read(frames=10), finished[0].read(frames=10))
    assert "_use" not in dataclasses.asdict(segment) and "_use" not in repr(segment)
    with pytest.raises(TypeError, match="can not be pickled"):
        pickle.dumps(segment)


def test_a_frame_that_no_number_of_the_library_holds_is_refused_by_its_name(finished):
    segment = finished[0]
    for field, value in [("first_frame", 2**64 + 5), ("first_frame", -1), ("frames", 2**64 + 5), ("frames", -1)]:
        for out in (None, numpy.zeros((10, 2), numpy.float32)):
            with pytest.raises(focus_session.InvalidArgumentError) as caught:
                segment.read(**{field: value}, out=out)
            assert caught.value.field == field


def test_an_error_can_be_pickled_and_is_of_its_built_in_kind():
    bases = {"invalid_argument": ValueError, "not_found": KeyError, "not_ready": RuntimeError, "io": OSError,
             "no_space": OSError, "bad_data": ValueError, "unsupported": NotImplementedError,
             "engine": RuntimeError, "cancelled": RuntimeError, "out_of_memory": MemoryError,
             "forked": RuntimeError, "internal": RuntimeError}
    for code in focus_session.ErrorCode:
        if code == "ok":
            continue
        error = errors.error_of(code.number, "a message", "a_field", "" if code == "not_found" else "a/path")
        assert isinstance(error, bases[code]) and error.code is code
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.message, again.field) == (type(error), "a message", "a_field")
        assert again.path == error.path == ("" if code == "not_found" else "a/path")


def test_only_a_path_makes_what_is_not_found_a_file():
    file = errors.error_of(-2, "a message", "a/path", "a/path")
    assert type(file) is focus_session.FileMissingError and file.filename == "a/path"
    again = pickle.loads(pickle.dumps(file))
    assert type(again) is type(file) and again.filename == "a/path" and again.errno == 2
    assert type(errors.error_of(-2, "a message", "a/field.with")) is focus_session.NotFoundError


def test_a_code_that_this_package_does_not_know_is_an_error_all_the_same():
    assert isinstance(errors.error_of(-99, "", ""), focus_session.InternalError)
    assert focus_session.EventType.of(77) == "unknown_77"
