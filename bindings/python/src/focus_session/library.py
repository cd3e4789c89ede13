# SPDX-License-Identifier: MIT
"""Libraries: folders of the user's own music, which an engine plays."""
import ctypes
from typing import List, NamedTuple, Optional

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._read import read
from ._struct import integer, path_bytes, real
from .errors import NotReadyError
from .files import PathLike
from .session import Session
from .values import LibraryMoment, LibraryProgress, LibraryTrack

_WAIT_MS = 100


class SkippedFile(NamedTuple):
    """A file of a library that is not played, and why."""

    path: str
    reason: str


class _ListHandle(Handle):
    _noun = "list"
    _destroy = "focus_library_list_destroy"


class _MomentHandle(Handle):
    _noun = "moment"
    _destroy = "focus_library_moment_destroy"


class Library(Handle):
    """A folder of audio files, or a playlist, scanned in the background. `Service.add_library` makes an
    engine of it. The files are read and never written. A context manager.

    Args:
        folder: a folder, with all folders in it, or a playlist (m3u, m3u8).
        worker_count: threads that read and measure, 1 to 64; None: half of the cores, at most 4.
        catalogue: the file that keeps what was found; None: one in the user's cache folder.

    Raises:
        UnsupportedError: without libfocus_session_library.
        FileMissingError: there is no such folder.
        InvalidArgumentError: with the field that is wrong.
    """

    _noun = "library"
    _destroy = "focus_library_destroy"

    def __init__(self, folder: PathLike, *, worker_count: Optional[int] = None,
                 catalogue: Optional[PathLike] = None) -> None:
        options = _abi.focus_library_options()
        options.worker_count = 0 if worker_count is None else integer("worker_count", worker_count)
        name = None if catalogue is None else path_bytes("catalogue", catalogue)
        options.catalogue = name
        pointer = ctypes.c_void_p()
        lib.focus_library_open(path_bytes("folder", folder), ctypes.byref(options), ctypes.byref(pointer))
        Handle.__init__(self, pointer.value)

    def scan(self) -> None:
        """Looks for files that are new, have changed or have gone. Returns at once."""
        with self._use as library:
            lib.focus_library_scan(library)

    def wait(self) -> None:
        """Waits until the scan is done. Ctrl-C ends the waiting; the scan goes on."""
        stopped: List[bool] = []

        def wait() -> None:
            while not stopped and self.progress.scanning:
                with self._use as library:
                    try:
                        lib.focus_library_wait(library, _WAIT_MS)
                    except NotReadyError:
                        continue
                    return
            with self._use as library:
                lib.focus_library_wait(library, 0)

        interruptible(wait, lambda: stopped.append(True))

    @property
    def progress(self) -> LibraryProgress:
        """How far the scan is."""
        struct = _abi.focus_library_progress()
        with self._use as library:
            lib.focus_library_get_progress(library, ctypes.byref(struct))
        return read(LibraryProgress, struct)

    @property
    def tracks(self) -> List[LibraryTrack]:
        """What can be played, as far as it is known by now."""
        found = []
        with self._list() as handle, handle._use as listing:
            for index in range(self._counts(listing)[0]):
                struct = _abi.focus_library_track()
                lib.focus_library_list_get_track(listing, index, ctypes.byref(struct))
                found.append(read(LibraryTrack, struct))
        return found

    @property
    def skipped(self) -> List[SkippedFile]:
        """What is not played, and why."""
        found = []
        path, reason = ctypes.c_char_p(), ctypes.c_char_p()
        with self._list() as handle, handle._use as listing:
            for index in range(self._counts(listing)[1]):
                lib.focus_library_list_get_skipped(listing, index, ctypes.byref(path), ctypes.byref(reason))
                found.append(SkippedFile((path.value or b"").decode("utf-8", "surrogateescape"),
                                         (reason.value or b"").decode("utf-8", "replace")))
        return found

    def moment(self, session: Session, seconds: float) -> LibraryMoment:
        """Which track a session that this library plays is heard with, and why.

        Raises:
            NotFoundError: no segment of it was made since the library was opened.
        """
        pointer = ctypes.c_void_p()
        with self._use as library, session._use as used:
            lib.focus_library_moment_create(library, used, ctypes.c_double(real("seconds", seconds)), ctypes.byref(pointer))
        struct = _abi.focus_library_moment_info()
        with _MomentHandle(pointer.value) as handle, handle._use as moment:
            lib.focus_library_moment_get_info(moment, ctypes.byref(struct))
            return read(LibraryMoment, struct)

    def _list(self) -> _ListHandle:
        pointer = ctypes.c_void_p()
        with self._use as library:
            lib.focus_library_list_create(library, ctypes.byref(pointer))
        return _ListHandle(pointer.value)

    @staticmethod
    def _counts(listing: Optional[int]) -> List[int]:
        tracks, skipped = ctypes.c_int32(), ctypes.c_int32()
        lib.focus_library_list_count(listing, ctypes.byref(tracks), ctypes.byref(skipped))
        return [tracks.value, skipped.value]
