# SPDX-License-Identifier: MIT
"""Segments: the pieces that a session is made of."""
import ctypes
import dataclasses
import os
from typing import TYPE_CHECKING, Any, Optional, Union

from ._handle import Use
from ._jupyter import segment_audio, segment_html
from ._library import lib
from ._samples import Samples, address, empty, rows, writable
from ._struct import count, integer, path_bytes, text
from .track import Track
from .values import SegmentInfo

PathLike = Union[str, "os.PathLike[str]"]


@dataclasses.dataclass(frozen=True)
class Segment(SegmentInfo):
    """A segment of a session as it was when it was asked for: planned, or ready to be read.

    Its attributes are those of `SegmentInfo`. Reading needs the session to be open.
    """

    # Of its session. No field of the value, but `dataclasses.replace` hands it on.
    if TYPE_CHECKING:
        _use: Use
    else:
        _use: dataclasses.InitVar[Optional[Use]] = None

        def __post_init__(self, _use: Optional[Use]) -> None:
            object.__setattr__(self, "_use", _use)

    @classmethod
    def _of(cls, info: SegmentInfo, use: Use) -> "Segment":
        values: Any = {**vars(info), "_use": use}
        return cls(**values)

    @property
    def playback_url(self) -> Optional[str]:
        """The file:// URL of its file; None in a memory store, and until it is ready."""
        return None if self.path is None else self.path.absolute().as_uri()

    @property
    def sample_rate(self) -> int:
        """Of its samples, in Hz."""
        return round(self.frames / self.duration_seconds)

    def read(self, first_frame: int = 0, frames: Optional[int] = None,
             out: Optional[Any] = None) -> Samples:
        """Its samples, from `first_frame` on.

        Args:
            frames: how many; None: all that are left, or as many as fit into `out`.
            out: a float32 array of shape (frames, 2) to be filled instead of a new one; of one
                dimension, it is taken as interleaved.

        Returns:
            float32 of shape (frames, 2): a NumPy array, or a memoryview where there is no NumPy; of
            `out`, a view. Shorter than asked for only at the segment's end.

        Raises:
            NotReadyError: it is not made yet.
            NotFoundError: a memory store has dropped it, or the session was deleted.
        """
        first_frame = count("first_frame", first_frame, ctypes.c_int64)
        left = max(0, self.frames - first_frame)
        wanted = left if frames is None else count("frames", frames, ctypes.c_int64)
        if out is not None:
            room = writable(out, 2)
            wanted = room if frames is None else min(wanted, room)
        else:
            wanted = min(wanted, left)
            out = empty(wanted, 2)
        pointer, room_kept = address(out)
        filled = ctypes.c_int64()
        nothing = ctypes.c_float()  # room for no frame is room as well
        with self._use as session:
            lib.focus_session_read_segment(session, self.index, first_frame,
                                           pointer or ctypes.addressof(nothing), wanted,
                                           ctypes.byref(filled))
        del room_kept
        result: Samples = rows(out, filled.value, 2)
        return result

    def write(self, path: PathLike, bits: int = 0) -> None:
        """Writes it to a file, whole or not at all; the ending chooses the format: .flac, .wav, .ogg,
        .opus or .mp3. With `bits`, 16, 24 or 32 (float) per sample in .wav, 16 or 24 in .flac."""
        with self._use as session:
            if bits == 0:
                lib.focus_session_write_segment(session, self.index, path_bytes("path", path))
            else:
                lib.focus_session_write_segment_with_bits(
                    session, self.index, path_bytes("path", path), integer("bits", bits))

    def write_score(self, path: PathLike) -> None:
        """Writes its notes as a standard MIDI file; it need not be ready.

        Raises:
            UnsupportedError: its engine keeps no score.
        """
        with self._use as session:
            lib.focus_session_write_score(session, self.index, path_bytes("path", path))

    def promote(self, title: str = "") -> Track:
        """Keeps it as a track, which outlives the session; once more gives the same track."""
        pointer = ctypes.c_void_p()
        with self._use as session:
            lib.focus_session_promote(session, self.index, text("title", title), ctypes.byref(pointer))
        return Track(pointer.value, self._use)

    def audio(self) -> Any:
        """An audio player of it, for a notebook."""
        return segment_audio(self.write, self)

    def _repr_html_(self) -> str:
        return segment_html(self.write, self)


