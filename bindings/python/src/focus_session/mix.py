# SPDX-License-Identifier: MIT
"""Mixes: audio files of one's own, levelled and joined to one as seamlessly as segments are."""
import ctypes
from typing import Any, Iterable, List, Optional, Tuple

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._mix_methods import MixMethods
from ._read import read
from ._samples import Samples, address, empty
from ._struct import integer, path_bytes, several
from .files import PathLike, copied
from .values import MixFile, MixInfo, MixTransition


class Mix(MixMethods):
    """Some files, and how they are joined. `write` makes the mix; then `files` and `transitions` tell
    what was done. A context manager."""

    _noun = "mix"
    _destroy = "focus_mix_destroy"

    def _open(self, paths: Iterable[PathLike], options: _abi.focus_mix_options) -> None:
        names = [path_bytes("paths", each) for each in several("paths", paths)]
        pointer = ctypes.c_void_p()
        array = (ctypes.c_char_p * len(names))(*names)
        lib.focus_mix_create(array, len(names), ctypes.byref(options), ctypes.byref(pointer))
        Handle.__init__(self, pointer.value)

    def write(self, path: Optional[PathLike] = None) -> None:
        """Makes the mix and writes it, whole or not at all; the ending chooses the format: .wav
        (32-bit float), .flac (24 bit), .ogg, .opus or .mp3. None: finds the transitions, and writes
        nothing. Blocks until it is done; `info.progress` tells how far it is, `cancel` stops it.

        Raises:
            Cancelled: it was stopped.
        """
        name = None if path is None else path_bytes("path", path)

        def write() -> None:
            with self._use as mix:
                lib.focus_mix_write(mix, name)

        interruptible(write, self.cancel)

    def cancel(self) -> None:
        """Stops the `write` that is under way on another thread, if any."""
        with self._use as mix:
            lib.focus_mix_cancel(mix)

    @property
    def info(self) -> MixInfo:
        """Counts, length and progress."""
        struct = _abi.focus_mix_info()
        with self._use as mix:
            lib.focus_mix_get_info(mix, ctypes.byref(struct))
        return read(MixInfo, struct)

    @property
    def files(self) -> List[MixFile]:
        """Each file as it was mixed."""
        found = []
        for index in range(self.info.file_count):
            struct = _abi.focus_mix_file_info()
            with self._use as mix:
                lib.focus_mix_get_file(mix, index, ctypes.byref(struct))
                found.append(read(MixFile, struct))
        return found

    @property
    def transitions(self) -> List[MixTransition]:
        """How each file goes over into the next."""
        found = []
        for index in range(self.info.transition_count):
            struct = _abi.focus_mix_transition_info()
            with self._use as mix:
                lib.focus_mix_get_transition(mix, index, ctypes.byref(struct))
            found.append(read(MixTransition, struct))
        return found

    def loudness(self, index: int) -> Samples:
        """Momentary loudness (400 ms) in LUFS of file `index` as it was mixed, one each 0.1 s."""
        struct = _abi.focus_mix_file_info()
        points = ctypes.POINTER(ctypes.c_float)()
        with self._use as mix:
            lib.focus_mix_get_file(mix, integer("index", index), ctypes.byref(struct))
            lib.focus_mix_file_curve(mix, index, ctypes.byref(points))
            curve: Samples = copied(points, struct.curve_count)
        return curve

    def gains(self, index: int, count: int = 101) -> Tuple[Samples, Samples]:
        """The gains of the old and the new file at `count` moments of transition `index`."""
        count = integer("count", count)
        old, new = empty(max(count, 0)), empty(max(count, 0))
        old_at, old_kept = address(old)
        new_at, new_kept = address(new)
        with self._use as mix:
            lib.focus_mix_transition_gains(mix, integer("index", index), count,
                                           old_at, new_at)
        del old_kept, new_kept
        return old, new

    def __repr__(self) -> str:
        return "<Mix, closed>" if self.closed else f"<Mix of {self.info.file_count} files>"


def mix(paths: Iterable[PathLike], out: PathLike, **options: Any) -> Mix:
    """Mixes files into one and tells how: `Mix(paths, **options)`, written to `out`."""
    made = Mix(paths, **options)
    try:
        made.write(out)
    except BaseException:
        made.close()
        raise
    return made
