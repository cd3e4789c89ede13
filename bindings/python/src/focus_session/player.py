# SPDX-License-Identifier: MIT
"""Players: a session as one continuous stream."""
import ctypes
import threading
from typing import Any, Callable, Iterator, Optional

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._read import read
from ._samples import FLOAT_BYTES, Samples, address, empty, rows, writable
from ._struct import count, integer, real
from .enums import PlayerState
from .errors import InvalidArgumentError, NotFoundError
from .files import AudioFile, PathLike
from .values import PlayerInfo

_BLOCK = 4096

_Going = Callable[[], bool]


class Player(Handle):
    """A session as one stream, crossfaded, at the host's rate and channel count.

    A real-time player never waits: call `read` from an audio callback, one thread at a time. An
    offline player waits for what is still being made: for rendering to files and arrays. The other
    methods may be called from any thread. A context manager; it keeps alive what it needs.
    """

    _noun = "player"
    _destroy = "focus_player_destroy"

    def __init__(self, pointer: Optional[int], offline: bool, keep: Any) -> None:
        super().__init__(pointer, keep)
        self._offline = offline
        self._turn = threading.Lock()  # of the thread that reads, or changes what is read
        self._look()

    def _look(self) -> None:
        info = self.info
        self._rate, self._channels = info.sample_rate, info.channel_count

    # -- sound

    def read(self, frames: Optional[int] = None, out: Optional[Any] = None) -> Samples:
        """The next frames of the session.

        Args:
            frames: how many; None: as many as fit into `out`, or, offline, all that are left.
            out: a float32 array of shape (frames, channel_count) to be filled instead of a new one,
                as sounddevice gives it; of one dimension, it is taken as interleaved.

        Returns:
            float32 of shape (frames, channel_count): a NumPy array, or a memoryview where there is
            no NumPy; of `out`, a view. In real time always as much as asked for, silence where there
            is no music, and while `set_output` or another thread's `read` is under way. Offline only
            music: shorter at the session's end and where it pauses, and then empty. Ctrl-C loses what
            an offline call has read by then: `blocks` is for what may be interrupted.

        Raises:
            EngineError, StorageError: offline, a segment could not be made or read.
        """
        result: Samples = self._in_turn(lambda going: self._read(frames, out, going))
        return result

    def read_planar(self, frames: int) -> Samples:
        """The same as one array a channel: float32 of shape (channel_count, frames), and in an
        offline player as well of that shape at the session's end, the rest being silence."""
        result: Samples = self._in_turn(lambda going: self._read_planar(count("frames", frames), going))
        return result

    def _in_turn(self, body: Callable[[_Going], Any]) -> Any:
        """Has the player to itself while `body` reads, which asks whether it is still to render. In
        real time it does not wait for that: then it is not."""
        with self._use:  # first: in a forked child a thread that is not there may hold the lock
            pass
        if self._offline:
            stopped = threading.Event()

            def alone() -> Any:
                with self._turn:
                    return body(lambda: not stopped.is_set())

            return interruptible(alone, stopped.set)
        mine = self._turn.acquire(blocking=False)
        try:
            return body(lambda: mine)
        finally:
            if mine:
                self._turn.release()

    def _read(self, frames: Optional[int], out: Any, going: _Going) -> Any:
        if out is not None:
            room = writable(out, self._channels)
            frames = room if frames is None else count("frames", frames)
            if frames > room:
                raise InvalidArgumentError(f"out has room for {room} frames, not {frames}", "frames")
        elif frames is None:
            if not self._offline:
                raise InvalidArgumentError("a real-time player needs to know how many frames", "frames")
            info = self.info
            left = max(0.0, info.duration_seconds - info.position_seconds)
            frames = int(left * info.sample_rate) + 2 * _BLOCK
        frames = count("frames", frames)
        if out is None:
            out = empty(frames, self._channels)
        begin, kept = address(out)
        step = self._channels * FLOAT_BYTES

        def render(player: Any, at: int, wanted: int) -> int:
            return lib.focus_player_render_interleaved(player, begin + at * step, wanted)

        filled = self._fill(render, frames, going)
        if not self._offline and filled < frames:
            ctypes.memset(begin, 0, frames * step)
            filled = frames
        del kept
        return rows(out, filled, self._channels)

    def _read_planar(self, frames: int, going: _Going) -> Any:
        out = empty(self._channels, frames)
        begin, kept = address(out)
        step = frames * FLOAT_BYTES
        ctypes.memset(begin, 0, self._channels * step)

        def render(player: Any, at: int, wanted: int) -> int:
            pointers = (ctypes.c_void_p * self._channels)(
                *[begin + channel * step + at * FLOAT_BYTES for channel in range(self._channels)])
            return lib.focus_player_render_planar(player, pointers, wanted)

        self._fill(render, frames, going)
        del kept
        return out

    def _fill(self, render: Callable[[Any, int, int], int], frames: int, going: _Going) -> int:
        block = _BLOCK if self._offline else frames  # Ctrl-C and `close` are heard between two
        filled = 0
        while filled < frames and going():
            wanted = min(block, frames - filled)
            with self._use as player:
                music = render(player, filled, wanted)
            if self._offline and music < wanted:
                return filled + music
            filled += wanted
        return filled

    def blocks(self, frames: int = _BLOCK) -> Iterator[Samples]:
        """What is left of the session, block by block, or what there is until the sleep timer pauses.
        For an offline player.

        Raises:
            InvalidArgumentError: `pause` holds it.
        """
        if not self._offline:
            raise InvalidArgumentError("a real-time player has no end: use read", "mode")
        if count("frames", frames) == 0:
            raise InvalidArgumentError("frames must be 1 or more", "frames")
        info = self.info
        may_pause = info.sleep_seconds is not None and info.state is not PlayerState.PAUSED
        while len(block := self.read(frames)):
            yield block
        if not (self.finished or may_pause):
            raise InvalidArgumentError("the player is paused before its end: resume it", "player")

    def write(self, path: PathLike) -> None:
        """Writes what is left of the session to a file, whole or not at all; the ending chooses the
        format: .wav, .flac, .ogg, .opus or .mp3. For an offline player, which must not be paused; see
        `blocks`."""
        with AudioFile(path, sample_rate=self._rate, channel_count=self._channels) as file:
            for block in self.blocks():
                file.write(block)

    # -- control

    def pause(self) -> None:
        """Fades out within 20 ms and holds the position."""
        with self._use as player:
            lib.focus_player_pause(player)

    def resume(self) -> None:
        """Goes on where `pause` held."""
        with self._use as player:
            lib.focus_player_resume(player)

    def seek(self, seconds: float) -> None:
        """Goes on at a moment of the session."""
        with self._use as player:
            lib.focus_player_seek(player, real("seconds", seconds))

    def skip(self) -> bool:
        """Goes on where the next segment begins. False in the last one, where nothing changes."""
        with self._use as player:
            try:
                lib.focus_player_skip(player)
            except NotFoundError:
                return False
        return True

    @property
    def volume(self) -> float:
        """The gain of all that is read, from 0 to 1. Setting it takes 50 ms to be heard."""
        return self.info.volume

    @volume.setter
    def volume(self, value: float) -> None:
        with self._use as player:
            lib.focus_player_set_volume(player, real("volume", value))

    def set_sleep_timer(self, seconds: Optional[float], fade_seconds: float = 0.0) -> None:
        """Pauses after that much music, the last `fade_seconds` of it fading away. None: no timer."""
        with self._use as player:
            lib.focus_player_set_sleep_timer(player,
                                             -1.0 if seconds is None else real("seconds", seconds),
                                             real("fade_seconds", fade_seconds))

    def set_output(self, sample_rate: Optional[int] = None, channel_count: int = 2) -> None:
        """Plays at another rate or on other channels from now on, as after a change of the device.
        Waits for a `read` that is under way, which offline may be long."""
        with self._use as player, self._turn:
            lib.focus_player_set_output(player, integer("sample_rate", 0 if sample_rate is None else sample_rate),
                                        integer("channel_count", channel_count))
            self._look()

    # -- what it does

    @property
    def info(self) -> PlayerInfo:
        """What it does now."""
        struct = _abi.focus_player_info()
        with self._use as player:
            lib.focus_player_get_info(player, ctypes.byref(struct))
        return read(PlayerInfo, struct)

    @property
    def state(self) -> PlayerState:
        """Waiting, playing, paused or finished."""
        return self.info.state

    @property
    def finished(self) -> bool:
        """Whether the session is over."""
        return self.state is PlayerState.FINISHED

    @property
    def position_seconds(self) -> float:
        """Where it is, in what the listener hears."""
        return self.info.position_seconds

    @property
    def sample_rate(self) -> int:
        """Of what it gives, in Hz."""
        return self._rate

    @property
    def channel_count(self) -> int:
        """Of what it gives."""
        return self._channels

    def __repr__(self) -> str:
        if self.closed:
            return "<Player, closed>"
        info = self.info
        return (f"<Player {info.state} at {info.position_seconds:.1f} of {info.duration_seconds:.0f} s, "
                f"{info.sample_rate} Hz>")
