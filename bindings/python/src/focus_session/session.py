# SPDX-License-Identifier: MIT
"""Sessions: one listener's hour, planned at once and made segment by segment."""
import asyncio
import ctypes
import json
import operator
from typing import Any, AsyncIterator, Dict, Iterator, List, NamedTuple, Optional, Union, overload

from . import _abi
from ._events import EventLog
from ._interrupt import deadline_of, slice_ms
from ._jupyter import PART_RATE, session_audio, session_html
from ._library import lib, string
from ._read import read
from ._session_methods import JsonMethods, SessionMethods
from ._struct import real
from .enums import EventType, SessionStatus
from .errors import ClosedError, EngineError
from .player import Player
from .segment import PathLike, Segment
from .values import Event, SegmentInfo, SessionInfo

_ASYNC_SECONDS = 0.05  # between two looks; an event loop has no thread to spare for waiting


class Chapter(NamedTuple):
    """A movement or a break of a session."""

    start_seconds: float
    title: str


class Snapshot(JsonMethods):
    """What a session was at one moment; it does not change any more. A sequence of its segments."""

    _noun = "snapshot"
    _destroy = "focus_snapshot_destroy"

    def __init__(self, session: "Session") -> None:
        self._session = session._use
        pointer = ctypes.c_void_p()
        with self._session as handle:
            lib.focus_session_snapshot(handle, ctypes.byref(pointer))
        super().__init__(pointer.value)

    @property
    def info(self) -> SessionInfo:
        """The session as a whole."""
        struct = _abi.focus_session_info()
        with self._use as snapshot:
            lib.focus_snapshot_info(snapshot, ctypes.byref(struct))
            return read(SessionInfo, struct)

    def __len__(self) -> int:
        return self.info.total_segments

    def __bool__(self) -> bool:
        return True  # also when it is closed, and has no length

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> List[Segment]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Segment, List[Segment]]:
        if isinstance(index, slice):
            return [self._segment(each) for each in range(*index.indices(len(self)))]
        if not hasattr(index, "__index__"):
            raise TypeError(f"index must be a whole number or a slice, not {type(index).__name__}")
        count = len(self)
        wanted = operator.index(index)
        if not -count <= wanted < count:
            raise IndexError(f"there is no segment {wanted}: the session has {count}")
        return self._segment(wanted % count)

    def _segment(self, index: int) -> Segment:
        struct = _abi.focus_segment_info()
        with self._use as snapshot:
            lib.focus_snapshot_segment(snapshot, index, ctypes.byref(struct))
            return Segment._of(read(SegmentInfo, struct), self._session)

    def __iter__(self) -> Iterator[Segment]:
        return (self[index] for index in range(len(self)))

    @property
    def chapters(self) -> List[Chapter]:
        """The movements and breaks of the whole session, in order."""
        count = ctypes.c_int32()
        with self._use as snapshot:
            lib.focus_snapshot_chapter_count(snapshot, ctypes.byref(count))
            return [self._chapter(snapshot, index) for index in range(count.value)]

    @staticmethod
    def _chapter(snapshot: Any, index: int) -> Chapter:
        struct = _abi.focus_chapter_info()
        lib.focus_snapshot_chapter(snapshot, index, ctypes.byref(struct))
        return Chapter(struct.start_seconds, string(struct.title))

    def _json(self, options: _abi.focus_json_options) -> Dict[str, Any]:
        result = ctypes.c_char_p()
        with self._use as snapshot:
            lib.focus_snapshot_json(snapshot, ctypes.byref(options), ctypes.byref(result))
            parsed: Dict[str, Any] = json.loads(string(result.value))
        return parsed

    def __repr__(self) -> str:
        if self.closed:
            return "<Snapshot, closed>"
        info = self.info
        return f"<Snapshot of {info.session_id}: {info.ready_count} of {info.total_segments} ready>"


class Session(JsonMethods, SessionMethods):
    """One listener's hour. `Service.start` and `Service.open` make it.

    Iterating waits for segments and gives each as soon as it is ready, in order:

        for segment in session: ...
        async for segment in session: ...

    A segment that steering has replaced comes again. A context manager: once it is closed, segments
    go on being made only while a player of it is left; its music stays in the store.
    """

    _noun = "session"
    _destroy = "focus_session_destroy"

    def __init__(self, pointer: Optional[int], keep: Any, bounded: bool) -> None:
        super().__init__(pointer, keep)
        self._bounded = bounded  # segments are made only as far ahead of a listener as was asked
        self._log = EventLog(self._use)
        self._id = self.info.session_id

    # -- what it is

    @property
    def id(self) -> str:
        """With which `Service.open` finds it again."""
        return self._id

    @property
    def info(self) -> SessionInfo:
        """The session as it is now."""
        with self.snapshot() as snapshot:
            return snapshot.info

    @property
    def status(self) -> SessionStatus:
        """Active, ended, or stopped because the spend cap was reached."""
        return self.info.status

    def snapshot(self) -> Snapshot:
        """The session and its segments as they are now, and from then on as they were."""
        return Snapshot(self)

    @property
    def segments(self) -> List[Segment]:
        """All segments as they are now, planned or ready."""
        with self.snapshot() as snapshot:
            return list(snapshot)

    def __len__(self) -> int:
        return self.info.total_segments

    def __bool__(self) -> bool:
        return True  # also when it is closed, and has no length

    @overload
    def __getitem__(self, index: int) -> Segment: ...

    @overload
    def __getitem__(self, index: slice) -> List[Segment]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Segment, List[Segment]]:
        with self.snapshot() as snapshot:
            return snapshot[index]

    def _json(self, options: _abi.focus_json_options) -> Dict[str, Any]:
        with self.snapshot() as snapshot:
            return snapshot._json(options)

    # -- as it is made

    def __iter__(self) -> Iterator[Segment]:
        return self.iterate()

    def iterate(self, timeout: Optional[float] = None) -> Iterator[Segment]:
        """The segments, each as soon as it is ready.

        Args:
            timeout: the longest wait for one of them, in seconds; None: as long as it takes.

        Raises:
            TimeoutError: the next segment took longer.
            EngineError: a segment could not be made, and so the session makes no further one.
        """
        reader = _Reader(self)
        deadline = deadline_of(timeout)
        while not reader.over:
            segment = reader.next()
            if segment is not None:
                yield segment
                deadline = deadline_of(timeout)
            elif not reader.over:
                wait = slice_ms(deadline)
                if wait == 0:
                    raise TimeoutError(f"segment {reader.index} was not ready in {timeout} s")
                reader.wait(wait)

    async def __aiter__(self) -> AsyncIterator[Segment]:
        reader = _Reader(self)
        while not reader.over:
            segment = reader.next()
            if segment is not None:
                yield segment
            elif not reader.over:
                await asyncio.sleep(_ASYNC_SECONDS)

    def events(self, timeout: Optional[float] = None) -> "Events":
        """What happens to the session, from the moment on at which this object was made, to be
        iterated over with `for` or `async for`. Each call gives an iterator of its own that sees all.
        It ends after the event that tells that the session is no longer active, and when this object
        is closed. One that waits for a listener (see `wait`) stays active: give a timeout.

        Args:
            timeout: ends too when nothing has happened for so many seconds.

        Raises:
            ClosedError: the session is closed already.
        """
        with self._use:
            return Events(self, timeout)

    def wait(self, timeout: Optional[float] = None) -> SessionStatus:
        """Waits until nothing is being made any more. Returns how it stands, also when the time is up.

        That is "active" where more is to be made, but not now: in a memory store, with a `look_ahead`
        or a price, segments are made only so far ahead of a listener. Iterating makes them all, as does
        a player that is read.
        """
        deadline = deadline_of(timeout)
        position = 0
        quiet = False
        while True:
            info = self.info
            wait = slice_ms(deadline)
            pending = info.next_ready_at is not None
            # Between two segments there is none for a moment, so look twice.
            if info.status is not SessionStatus.ACTIVE or wait == 0 or (quiet and not pending):
                return info.status
            events, position = self._log.after(position, wait)
            quiet = not pending and not events

    # -- what is done with it

    def _play(self, options: _abi.focus_player_options, offline: bool) -> Player:
        pointer = ctypes.c_void_p()
        with self._use as session:
            lib.focus_player_create(session, ctypes.byref(options), ctypes.byref(pointer))
        return Player(pointer.value, offline, self._use._keep)

    def write(self, path: PathLike, *, sample_rate: Optional[int] = None) -> None:
        """Writes the whole session, crossfaded, to one file; the ending chooses the format: .wav,
        .flac, .ogg, .opus or .mp3. Waits for what is still being made."""
        with self.play(offline=True, sample_rate=sample_rate) as player:
            player.write(path)

    def _steer(self, steering: _abi.focus_steering) -> float:
        start = ctypes.c_double()
        with self._use as session:
            lib.focus_session_steer(session, ctypes.byref(steering), ctypes.byref(start))
        return start.value

    def end(self) -> None:
        """Ends it: no further segment is made, ready ones stay. Never blocks."""
        with self._use as session:
            lib.focus_session_end(session)

    def audio(self, start_seconds: float = 0.0, seconds: float = 60.0) -> Any:
        """An audio player of a part of it, for a notebook. Waits for what is still being made."""
        begin, length = real("start_seconds", start_seconds), real("seconds", seconds)
        with self.play(offline=True, sample_rate=PART_RATE) as player:
            if begin:
                player.seek(begin)
            return session_audio(player.read, self.id, begin, length)

    def _repr_html_(self) -> str:
        with self.snapshot() as snapshot:
            return session_html(snapshot.info, list(snapshot))

    def __repr__(self) -> str:
        if self.closed:
            return f"<Session {self._id}, closed>"
        info = self.info
        return (f"<Session {info.session_id}: {info.target_minutes} min of {info.goal} by {info.engine}, "
                f"{info.ready_count} of {info.total_segments} segments ready, {info.status}>")


class _Reader:
    """Goes through the segments of a session in order, as they become ready."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._position = 0
        self._listener: Optional[Player] = None
        self.index = 0
        self.over = False

    def wait(self, wait_ms: int) -> None:
        """For something to happen; what that is, `next` sees."""
        self._session._log.after(self._position, wait_ms)

    def next(self) -> Optional[Segment]:
        """The next segment, if it is ready. Sets `over` when there will be no more."""
        failure = self._follow_events()
        with self._session.snapshot() as snapshot:
            info = snapshot.info
            segment = snapshot[self.index] if self.index < info.total_segments else None
        if segment is not None and segment.ready:
            self.index += 1
            return segment
        if segment is not None and failure is not None:
            self._stop()
            raise EngineError(failure.message or f"segment {self.index} could not be made")
        if segment is None or info.status is not SessionStatus.ACTIVE:
            self._stop()
        elif self._session._bounded and self.index:
            self._listen(segment)
        return None

    def _follow_events(self) -> Optional[Event]:
        events, self._position = self._session._log.after(self._position, 0)
        failure = None
        for event in events:
            if event.type is EventType.STEERED:
                self.index = min(self.index, event.segment_index)
            elif event.type is EventType.SEGMENT_FAILED:
                failure = event
        return failure

    def _listen(self, segment: Segment) -> None:
        """The reader is the listener: the library makes no more ahead of it than was asked for."""
        if self._listener is None:
            self._listener = self._session.play()
        self._listener.seek(max(0.0, segment.start_seconds - 0.001))

    def _stop(self) -> None:
        self.over = True
        if self._listener is not None:
            self._listener.close()


class Events:
    """What happens to a session; see `Session.events`."""

    def __init__(self, session: Session, timeout: Optional[float]) -> None:
        self._session = session
        self._timeout = timeout
        self._position = 0
        self._waiting: List[Event] = []
        self._quiet = False
        self._over = False

    def poll(self) -> Optional[Event]:
        """The next event, if there is one already. Never waits."""
        return self._take(0)

    def _take(self, wait_ms: int) -> Optional[Event]:
        with self._session._use:
            pass  # a closed session ends it, also where more had been read
        if not self._waiting:
            active = self._session.status is SessionStatus.ACTIVE
            wait_ms = 0 if self._quiet else wait_ms
            self._waiting, self._position = self._session._log.after(self._position, wait_ms)
            if not self._waiting:
                # The event that tells of the end comes after it, so look twice.
                self._over = self._quiet and not active
                self._quiet = not active
                return None
        event = self._waiting.pop(0)
        self._quiet = event.type is EventType.STATUS_CHANGED
        return event

    def _next(self, wait_ms: int) -> Optional[Event]:
        """The next one of an iteration, which a closed session ends."""
        try:
            return self._take(wait_ms)
        except ClosedError:
            self._over = True
            return None

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        deadline = deadline_of(self._timeout)
        while not self._over:
            wait = slice_ms(deadline)
            event = self._next(wait)
            if event is not None:
                return event
            if wait == 0:
                break
        raise StopIteration

    def __aiter__(self) -> "Events":
        return self

    async def __anext__(self) -> Event:
        deadline = deadline_of(self._timeout)
        while not self._over:
            event = self._next(0)
            if event is not None:
                return event
            if slice_ms(deadline) == 0:
                break
            if not self._over:
                await asyncio.sleep(_ASYNC_SECONDS)
        raise StopAsyncIteration
