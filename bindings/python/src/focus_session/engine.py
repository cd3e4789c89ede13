# SPDX-License-Identifier: MIT
"""Engines of one's own, in Python: what an engine is told, where it puts its music, what it says of
itself."""
import ctypes
import dataclasses
import inspect
import threading
from typing import Any, Callable, Optional

from . import _abi
from ._engine_description import EngineDescription
from ._library import lib
from ._read import read
from ._samples import Samples, address, empty, planar, readable, source
from ._struct import choice, count, integer, real, text
from .enums import LicenceClass
from .errors import Cancelled, ClosedError
from .values import BriefInfo


@dataclasses.dataclass(frozen=True)
class Brief(BriefInfo):
    """All an engine is told of one segment: the same brief asks for the same music, unless the engine
    has declared that it continues the segment before.

    The session is one piece of whole bars in four-four, which begin at start_seconds + n *
    bar_seconds. `character` is the goal whose music is meant. Exactly `frames` frames are wanted at
    `sample_rate`, unfaded and played on through both overlaps: loudness, crossfades and the last fade
    are the library's work. `seed` is the segment's own, `session_seed` the same for all segments.

    Attributes:
        previous_samples: the end of the segment before as it is heard, float32 of shape
            (previous_frames, 2); None unless the engine `continues_previous`, and where there is
            none. The last `overlap_in_frames` of them are heard together with the first ones of this
            segment.
    """

    previous_samples: Optional[Samples] = dataclasses.field(repr=False, compare=False)


def read_brief(struct: Any) -> Brief:
    """A brief of one's own of what the library lends for one call."""
    info = read(BriefInfo, struct)
    previous = None
    if struct.previous_samples and struct.previous_frames > 0:
        previous = empty(struct.previous_frames, 2)
        at, kept = address(previous)
        ctypes.memmove(at, struct.previous_samples, struct.previous_frames * 8)
        del kept
    return Brief(**vars(info), previous_samples=previous)


class Sink:
    """Where an engine puts its music. Valid until its `generate` returns; may be used from any
    thread."""

    def __init__(self, pointer: Any, frames: int) -> None:
        self._pointer = pointer
        self._lock = threading.RLock()
        self._frames = frames
        self._written = 0

    def write(self, samples: Any, *, channel_count: int = 0) -> None:
        """Takes the next frames; what is beyond the brief's `frames` is dropped.

        Args:
            samples: floats nominally within -1 to 1, as an array, buffer or sequence of the shape
                (n,), (n, 1) or (n, 2), or planar as (1, n), (2, n) or a pair of them.
            channel_count: 2 where one dimension is interleaved.

        Raises:
            Cancelled: the work is wanted no more. Let it pass.
        """
        channel_count = integer("channel_count", channel_count)
        parts, frames = planar(samples)
        if parts is None:
            block, frames, channels = readable(samples, channel_count)
        with self._lock:
            pointer = self._valid()
            if parts is not None:
                pointers = (ctypes.c_void_p * len(parts))(*[source(part) for part in parts])
                lib.focus_sink_write_planar(pointer, pointers, frames, len(parts))
            elif frames:
                lib.focus_sink_write_interleaved(pointer, source(block), frames, channels)
            else:
                lib.focus_sink_check(pointer)
            self._written = min(self._frames, self._written + frames)

    @property
    def written(self) -> int:
        """Frames so far."""
        return self._written

    @property
    def remaining(self) -> int:
        """Frames that are still wanted."""
        return self._frames - self._written

    def progress(self, fraction: float) -> None:
        """Tells how far the work is, from 0 to 1, for an engine that delivers only at its end; what is
        written counts by itself. Raises `Cancelled` like `write`."""
        with self._lock:
            lib.focus_sink_report_progress(self._valid(), real("fraction", fraction))

    @property
    def cancelled(self) -> bool:
        """Whether the work is wanted no more: then return."""
        try:
            self.check()
        except (Cancelled, ClosedError):
            return True
        return False

    def check(self) -> None:
        """Raises `Cancelled` when the work is wanted no more. Call it often in long loops."""
        with self._lock:
            lib.focus_sink_check(self._valid())

    def _explain(self, message: str) -> None:
        message = message.replace("\0", " ").encode("utf-8", "backslashreplace").decode("utf-8")
        with self._lock:
            lib.focus_sink_explain(self._valid(), text("message", message))

    def _valid(self) -> Any:
        if self._pointer is None:
            raise ClosedError("the sink is gone: generate has returned", "sink")
        return self._pointer

    def _invalidate(self) -> None:
        with self._lock:
            self._pointer = None


class Engine(EngineDescription):
    """An engine of one's own. Set what it is as class or instance attributes, and override `generate`;
    `Service.add_engine` makes it playable.

    Of all that is None the library's default is meant. See `focus_engine_description` in the header.
    """

    def generate(self, brief: Brief, sink: Sink) -> Any:
        """Plays one segment: writes `brief.frames` frames into the sink, or yields blocks of them, or
        returns them all.

        Called on a thread of its own; at most `concurrency` calls at a time. What it raises is
        explained to the listener's host by the last line of its traceback, all of which goes to the
        log. It is then tried again as described, but for `InvalidArgumentError`, `UnsupportedError`
        and `NotFoundError`, and then stood in for.
        """
        raise NotImplementedError(f"{type(self).__name__} does not override generate")

    def close(self) -> None:
        """Called when no call is under way or will ever come, on any thread."""


class FunctionEngine(Engine):
    """What the decorator `Service.engine` makes of a function."""

    def __init__(self, function: Callable[..., Any], **description: Any) -> None:
        for name, value in description.items():
            if name not in _DESCRIBED:
                raise TypeError(f"an engine has no {name}")
            setattr(self, name, value)
        told = getattr(function, "func", function).__doc__  # of a functools.partial
        self.description = self.description or (told or "").strip().split("\n")[0] or None
        self._play = _with_sink(function)

    def generate(self, brief: Brief, sink: Sink) -> Any:
        """Calls the function with the brief, and with the sink if it takes it."""
        return self._play(brief, sink)


def _with_sink(function: Callable[..., Any]) -> Callable[[Brief, Sink], Any]:
    """A function as it is called with brief and sink, of which it may take the brief alone."""
    try:
        others = list(inspect.signature(function).parameters.values())[1:]
    except ValueError:  # it is not in Python, and does not tell
        others = []
    if others and others[0].kind in (inspect.Parameter.POSITIONAL_ONLY,
                                     inspect.Parameter.POSITIONAL_OR_KEYWORD):
        if others[0].name == "sink" or others[0].default is inspect.Parameter.empty:
            return function
    if any(one.name == "sink" and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in others):
        return lambda brief, sink: function(brief, sink=sink)
    return lambda brief, sink: function(brief)


_DESCRIBED = frozenset(
    name for name in _abi.focus_engine_description._kinds() if name not in ("struct_size", "reserved"))


def describe(engine: Engine) -> _abi.focus_engine_description:
    """What an engine says of itself, for the library."""
    values = {name: getattr(engine, name) for name in _DESCRIBED}
    values["licence_class"] = choice("licence_class", LicenceClass, values["licence_class"])
    retries = values["retries"]
    if retries is not None:
        retries = count("retries", retries)
    values["retries"] = _abi.NO_RETRIES if retries == 0 else retries
    return _abi.focus_engine_description(**values)
