# SPDX-License-Identifier: MIT
"""Audio files: writing one, measuring one."""
import ctypes
import os
from types import TracebackType
from typing import Any, Callable, Optional, Type, Union

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._read import read
from ._samples import FLOAT_BYTES, Samples, address, empty, readable, source
from ._struct import integer, path_bytes, real, text
from .errors import Cancelled, InvalidArgumentError
from .values import MeasurementInfo

PathLike = Union[str, "os.PathLike[str]"]


class AudioFile(Handle):
    """A file being written: it stands under its name only once it is committed.

    A context manager, which commits at its end, and leaves nothing behind after an exception:

        with AudioFile("out.flac", sample_rate=48000) as file:
            file.write(samples)
    """

    _noun = "audio file"
    _destroy = "focus_audio_file_destroy"

    def __init__(self, path: PathLike, *, sample_rate: int, channel_count: int = 2,
                 bits: int = 0, format: Optional[str] = None) -> None:
        """Begins a file; its ending chooses the format: .wav (32-bit float), .flac (24 bit), .ogg,
        .opus or .mp3. With `bits`, 16, 24 or 32 (float) per sample in .wav, 16 or 24 in .flac.
        With `format`, "mp3" and the like, it may go to a pipe that has no such ending."""
        self._channels = channel_count
        pointer = ctypes.c_void_p()
        name = path_bytes("path", path)
        rate = integer("sample_rate", sample_rate)
        channels = integer("channel_count", channel_count)
        if format is not None:
            options = _abi.focus_audio_file_options(
                sample_rate=rate, channel_count=channels, bits=integer("bits", bits), format=format)
            lib.focus_audio_file_create_with(name, ctypes.byref(options), ctypes.byref(pointer))
        elif bits == 0:
            lib.focus_audio_file_create(name, rate, channels, ctypes.byref(pointer))
        else:
            lib.focus_audio_file_create_with_bits(name, rate, channels, integer("bits", bits),
                                                  ctypes.byref(pointer))
        super().__init__(pointer.value)

    def write(self, samples: Any) -> None:
        """Appends frames: floats of shape (frames, channel_count), or (frames,) for one channel."""
        block, frames, channels = readable(samples, self._channels)
        if channels != self._channels:
            raise InvalidArgumentError(f"the file has {self._channels} channels, the samples {channels}",
                                       "samples")
        if frames == 0:
            return
        with self._use as file:
            lib.focus_audio_file_write(file, source(block), frames)

    def set_tag(self, name: str, value: str) -> None:
        """Says something of the file in the file: TITLE, ARTIST, ALBUM, GENRE, COMMENT, or a name of
        your own. Before the first write; "" takes a tag away. A file with tags tells its loudness."""
        with self._use as file:
            lib.focus_audio_file_set_tag(file, text("name", name), text("value", value))

    def add_chapter(self, start_seconds: float, title: str) -> None:
        """Adds a chapter, which reaches to the next one. Before the first write, in their order."""
        with self._use as file:
            lib.focus_audio_file_add_chapter(file, real("start_seconds", start_seconds),
                                             text("title", title))

    def describe_session(self, snapshot: Handle) -> None:
        """Gives a file that will have all of a session its tags and chapters, before the first
        write."""
        with self._use as file, snapshot._use as described:
            lib.focus_audio_file_describe_session(file, described)

    def commit(self) -> None:
        """Completes the file and gives it its name; nothing can be written after it."""
        with self._use as file:
            lib.focus_audio_file_commit(file)

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        try:
            if kind is None and not self.closed:
                self.commit()
        finally:
            self.close()


class Measurement(MeasurementInfo):
    """The loudness of an audio file, by EBU R 128, and its course.

    Attributes:
        momentary_lufs: momentary loudness (400 ms) in LUFS, one float32 each `curve_step_seconds`,
            the first of them one step from the start.
        short_term_lufs: likewise short-term loudness (3 s).
    """

    momentary_lufs: Samples
    short_term_lufs: Samples

    @classmethod
    def _of(cls, info: MeasurementInfo, momentary: Any, short_term: Any) -> "Measurement":
        measurement = cls(**vars(info))
        object.__setattr__(measurement, "momentary_lufs", momentary)
        object.__setattr__(measurement, "short_term_lufs", short_term)
        return measurement


class _MeasurementHandle(Handle):
    _noun = "measurement"
    _destroy = "focus_measurement_destroy"


def copied(source: Any, count: int) -> Any:
    """An array of what the library only lends."""
    out = empty(count)
    at, kept = address(out)
    if count:
        ctypes.memmove(at, source, count * FLOAT_BYTES)
    del kept
    return out


class _Measuring:
    """A measuring that is under way. It tells how far it is on the thread that makes the call."""

    def __init__(self, on_progress: Optional[Callable[[float], Any]]) -> None:
        self._on_progress = on_progress
        self.stopped = False
        self.raised: Optional[BaseException] = None

    def stop(self) -> None:
        """Ends it within moments."""
        self.stopped = True

    def receive(self, _: Any, fraction: float) -> int:
        try:
            if self._on_progress is not None and not self.stopped:
                self._on_progress(fraction)
        except BaseException as error:
            self.raised = error
            self.stopped = True
        return int(self.stopped)


def measure(path: PathLike, *, on_progress: Optional[Callable[[float], Any]] = None) -> Measurement:
    """Measures a whole audio file: WAV, AIFF, CAF, FLAC, Ogg Vorbis, Opus, MP3 and more.

    Args:
        on_progress: gets how far it is, 0 to 1, now and then. What it raises ends the measuring.

    Raises:
        FileMissingError: there is no such file.
        BadDataError: it is not audio.
    """
    name = path_bytes("path", path)
    measuring = _Measuring(on_progress)
    try:
        return interruptible(lambda: _measured(name, measuring), measuring.stop)
    except Cancelled:
        if measuring.raised is not None:
            raise measuring.raised from None
        raise


def _measured(name: bytes, measuring: _Measuring) -> Measurement:
    pointer = ctypes.c_void_p()
    options = _abi.focus_measurement_options(
        callback=_abi.focus_measurement_callback(measuring.receive))
    lib.focus_measurement_create_with(name, ctypes.byref(options), ctypes.byref(pointer))
    with _MeasurementHandle(pointer.value) as handle, handle._use as measurement:
        struct = _abi.focus_measurement_info()
        lib.focus_measurement_get_info(measurement, ctypes.byref(struct))
        info = read(MeasurementInfo, struct)
        momentary = ctypes.POINTER(ctypes.c_float)()
        short_term = ctypes.POINTER(ctypes.c_float)()
        lib.focus_measurement_curves(measurement, ctypes.byref(momentary), ctypes.byref(short_term))
        return Measurement._of(info, copied(momentary, info.curve_count),
                               copied(short_term, info.curve_count))
