# SPDX-License-Identifier: MIT
"""Players: a session as one continuous stream."""
import ctypes
import threading
from typing import Any, Iterator, Optional

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._samples import FLOAT_BYTES, Samples, address, empty, rows, writable
from ._struct import integer
from .enums import PlayerState
from .errors import InvalidArgumentError, NotFoundError
from .files import AudioFile, PathLike
from .values import PlayerInfo, read

_BLOCK = 4096


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
        self._one_at_a_time = threading.RLock()
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
                as sounddevice gives it.

        Returns:
            float32 of shape (frames, channel_count): a NumPy array, or a memoryview where there is
            no NumPy. In real time always as much as asked for, silence where there is no music.
            Offline only music: shorter at the session's end, and then empty.

        Raises:
            EngineError, StorageError: offline, a segment could not be made or read.
        """
        if out is not None:
            out, room = writable(out, self._channels)
            frames = room if frames is None else frames
            if frames > room:
                raise InvalidArgumentError(f"out has room for {room} frames, not {frames}", "frames")
        elif frames is None:
            if not self._offline:
                raise InvalidArgumentError("a real-time player needs to know how many frames", "frames")
            info = self.info
            left = max(0.0, info.duration_seconds - info.position_seconds)
            frames = int(left * info.sample_rate) + 2 * _BLOCK
        frames = integer("frames", frames)
        if frames < 0:
            raise InvalidArgumentError("frames must not be negative", "frames")
        if out is None:
            out = empty(frames, self._channels)
        result: Samples = rows(out, self._fill(out, frames))
        return result

    def _fill(self, out: Any, frames: int) -> int:
        begin, kept = address(out)
        if frames == 0:
            return 0
        if not self._offline:
            with self._use as player:
                lib.focus_player_render_interleaved(player, begin, frames)
            del kept
            return frames
        filled = 0
        while filled < frames:  # in blocks, so that other calls and Ctrl-C get their turn
            wanted = min(_BLOCK, frames - filled)
            at = begin + filled * self._channels * FLOAT_BYTES
            music = interruptible(lambda: self._render(at, wanted, kept))
            filled += music
            if music < wanted:
                break
        return filled

    def _render(self, at: int, frames: int, kept: Any) -> int:
        with self._one_at_a_time, self._use as player:
            return lib.focus_player_render_interleaved(player, at, frames)

    def read_planar(self, frames: int) -> Samples:
        """The same as one array a channel: float32 of shape (channel_count, frames), and in an
        offline player as well of that shape at the session's end, the rest being silence."""
        frames = integer("frames", frames)
        if frames < 0:
            raise InvalidArgumentError("frames must not be negative", "frames")
        out = empty(self._channels, frames)
        begin, kept = address(out)
        if frames:
            step = frames * FLOAT_BYTES
            pointers = (ctypes.c_void_p * self._channels)(
                *[begin + channel * step for channel in range(self._channels)])

            def render() -> int:
                with self._one_at_a_time, self._use as player:
                    return lib.focus_player_render_planar(player, pointers, frames)

            interruptible(render) if self._offline else render()
        del kept
        result: Samples = out
        return result

    def blocks(self, frames: int = _BLOCK) -> Iterator[Samples]:
        """What is left of the session, block by block. For an offline player."""
        if not self._offline:
            raise InvalidArgumentError("a real-time player has no end: use read", "mode")
        while len(block := self.read(frames)):
            yield block

    def write(self, path: PathLike) -> None:
        """Writes what is left of the session to a file, whole or not at all; the ending chooses the
        format: .wav, .flac, .ogg, .opus or .mp3. For an offline player."""
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
            lib.focus_player_seek(player, seconds)

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
            lib.focus_player_set_volume(player, value)

    def set_sleep_timer(self, seconds: Optional[float], fade_seconds: float = 0.0) -> None:
        """Pauses after that much music, the last `fade_seconds` of it fading away. None: no timer."""
        with self._use as player:
            lib.focus_player_set_sleep_timer(player, -1.0 if seconds is None else seconds, fade_seconds)

    def set_output(self, sample_rate: Optional[int] = None, channel_count: int = 2) -> None:
        """Plays at another rate or on other channels from now on, as after a change of the device.
        No `read` may be under way."""
        with self._one_at_a_time, self._use as player:
            lib.focus_player_set_output(player, integer("sample_rate", sample_rate or 0),
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
