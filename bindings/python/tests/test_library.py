# SPDX-License-Identifier: MIT
"""A folder of music as an engine."""
import math
import pathlib

import numpy
import pytest

import focus_session

RATE = 22050


def write_track(path, hertz, title):
    time = numpy.arange(RATE * 30) / RATE
    tone = 0.2 * numpy.sin(2 * math.pi * hertz * time)
    beat = 0.3 * numpy.sin(2 * math.pi * 80 * time) * numpy.exp(-12 * (time % 0.5))
    with focus_session.AudioFile(path, sample_rate=RATE) as file:
        file.set_tag("TITLE", title)
        file.write(numpy.column_stack([tone + beat] * 2).astype(numpy.float32))


@pytest.fixture
def music(tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(3):
        write_track(folder / f"{number}.flac", 262 + 50 * number, f"Piece {number}")
    (folder / "broken.wav").write_bytes(b"this is no music at all")
    return folder


@pytest.fixture
def library(music, tmp_path):
    try:
        library = focus_session.Library(music, catalogue=tmp_path / "music.sqlite")
    except focus_session.UnsupportedError as error:
        pytest.skip(str(error))
    with library:
        library.wait()
        yield library


def test_a_folder_is_scanned(library, music):
    assert library.progress.track_count == 3
    assert not library.progress.scanning
    assert [track.title for track in library.tracks] == ["Piece 0", "Piece 1", "Piece 2"]
    assert library.tracks[0].path == music / "0.flac"
    assert library.tracks[0].bpm == pytest.approx(120, abs=1)
    assert [pathlib.Path(path).name for path, _ in library.skipped] == ["broken.wav"]
    library.scan()
    library.wait()
    assert library.progress.analysed_seconds == 0


def test_a_session_is_played_from_it(library, alone):
    alone.add_library(library)
    session = alone.start(goal="focus", target_minutes=1, segment_seconds=20, engine="library", sample_rate=8000)
    assert session.wait(timeout=120) == "ended"
    assert {segment.engine for segment in session} == {"library"}
    moment = library.moment(session, 10)
    assert moment.title.startswith("Piece") and moment.why
    with pytest.raises(focus_session.InvalidArgumentError):
        alone.add_library(library)


def test_what_can_not_be_opened_is_told(tmp_path):
    try:
        with pytest.raises(focus_session.FileMissingError):
            focus_session.Library(tmp_path / "none", catalogue=tmp_path / "x.sqlite")
    except focus_session.UnsupportedError as error:
        pytest.skip(str(error))
