# SPDX-License-Identifier: MIT
"""Tracks: segments to keep."""
import ctypes
import os
from typing import Union

from . import _abi
from ._handle import Handle
from ._library import lib
from ._read import read
from ._struct import path_bytes
from .values import TrackInfo


class Track(Handle):
    """A segment that was promoted: it outlives its session. Closing it leaves it in the store."""

    _noun = "track"
    _destroy = "focus_track_destroy"

    @property
    def info(self) -> TrackInfo:
        """What it is."""
        struct = _abi.focus_track_info()
        with self._use as track:
            lib.focus_track_get_info(track, ctypes.byref(struct))
            return read(TrackInfo, struct)

    @property
    def id(self) -> str:
        """Its id, with which `Service.open_track` finds it again."""
        return self.info.track_id

    def write(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Copies its audio to `path` in the format it has, whole or not at all."""
        with self._use as track:
            lib.focus_track_write(track, path_bytes("path", path))

    def __repr__(self) -> str:
        return "<Track, closed>" if self.closed else f"<Track {self.id} {self.info.title!r}>"
