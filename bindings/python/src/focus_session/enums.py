# SPDX-License-Identifier: MIT
"""The enumerations of the library: each member is its own name as a string.

    Goal.FOCUS == "focus"

Written by tools/write_abi.py from focus_session.h: change that one, not this.
"""
from typing import Literal, Union

from ._choice import Choice


class ErrorCode(Choice):
    """Why a call failed."""

    OK = ("ok", 0)
    #: an argument or a field holds what it may not; see `field`
    INVALID_ARGUMENT = ("invalid_argument", -1)
    #: no such session, segment, engine, file or folder
    NOT_FOUND = ("not_found", -2)
    #: the segment is planned, but not made yet
    NOT_READY = ("not_ready", -3)
    #: a file could not be read or written; `field` is its path
    IO = ("io", -4)
    #: the disk, or the store's bound, is full
    NO_SPACE = ("no_space", -5)
    #: a damaged store, or a file that is not audio
    BAD_DATA = ("bad_data", -6)
    #: right, but not possible here (an engine without a score)
    UNSUPPORTED = ("unsupported", -7)
    #: a music engine failed, and so did its fallback
    ENGINE = ("engine", -8)
    #: the work was stopped before it was done
    CANCELLED = ("cancelled", -9)
    OUT_OF_MEMORY = ("out_of_memory", -10)
    #: the handle was made before fork(), in the parent process
    FORKED = ("forked", -11)
    #: a defect of the library; please report its message
    INTERNAL = ("internal", -12)


class Storage(Choice):
    """Where segments are kept."""

    #: a private folder, removed when the service is destroyed
    TEMPORARY = ("temporary", 0)
    #: `data_folder`, which lasts: sessions can be opened again
    FOLDER = ("folder", 1)
    #: no files at all; bounded: 4 ahead of the player, heard ones dropped, all let go when nobody
    #: uses the session any more
    MEMORY = ("memory", 2)


class LogLevel(Choice):
    """How important a line of the log is."""

    DEBUG = ("debug", 0)
    INFO = ("info", 1)
    WARNING = ("warning", 2)
    ERROR = ("error", 3)


class LicenceClass(Choice):
    """What may be done with an engine's music; never overstated."""

    COMMERCIAL_CLEARED = ("commercial_cleared", 0)
    COMMERCIAL_ENTERPRISE = ("commercial_enterprise", 1)
    PERSONAL_ONLY = ("personal_only", 2)
    UNCLEAR = ("unclear", 3)


class Goal(Choice):
    """What the music is for."""

    FOCUS = ("focus", 1)
    RELAX = ("relax", 2)
    SLEEP = ("sleep", 3)
    ENERGIZE = ("energize", 4)
    CUSTOM_PROMPT = ("custom_prompt", 5)


class Intensity(Choice):
    """How busy the music is."""

    #: medium
    DEFAULT = ("default", 0)
    LOW = ("low", 1)
    MEDIUM = ("medium", 2)
    HIGH = ("high", 3)


class Format(Choice):
    """How segments are kept. A memory store holds the samples that a file of the format would give
    back."""

    #: 16 bit with TPDF dither
    FLAC16 = ("flac16", 0)
    FLAC24 = ("flac24", 1)
    #: 32-bit float
    WAV = ("wav", 2)
    OGG = ("ogg", 3)
    OPUS = ("opus", 4)


class SessionStatus(Choice):
    """How a session stands."""

    #: segments are still to come
    ACTIVE = ("active", 0)
    #: all are ready, or the caller ended it
    ENDED = ("ended", 1)
    #: stopped because the spend cap was reached
    STOPPED_CAP = ("stopped_cap", 2)


class Phase(Choice):
    """What a segment is for, where a session was asked for with `work_minutes`."""

    #: the session has no phases
    NONE = ("none", 0)
    WORK = ("work", 1)
    BREAK = ("break", 2)


class EventType(Choice):
    """What has happened."""

    #: nothing has happened
    NONE = ("none", 0)
    #: segment_index can be played
    SEGMENT_READY = ("segment_ready", 1)
    #: see focus_snapshot_info
    STATUS_CHANGED = ("status_changed", 2)
    #: another engine stands in for segment_index; message says why
    FALLBACK = ("fallback", 3)
    #: segment_index could not be made or kept; message says why. The session makes no further
    #: segment until it is opened anew.
    SEGMENT_FAILED = ("segment_failed", 4)
    #: planned anew from segment_index on; see focus_session_steer
    STEERED = ("steered", 5)
    #: segment_index could not be read, or not be written while a player listens; message says why.
    #: It is made again, or kept in memory until it was heard: the music goes on.
    TROUBLE = ("trouble", 6)


class PlayerMode(Choice):
    """Whether a player may wait."""

    #: never waits: for an audio callback
    REALTIME = ("realtime", 0)
    #: waits for segments that are still being made: for rendering to a file
    OFFLINE = ("offline", 1)


class PlayerState(Choice):
    """What a player does now."""

    #: what comes next is not ready: silence, and the position stands
    WAITING = ("waiting", 0)
    PLAYING = ("playing", 1)
    PAUSED = ("paused", 2)
    #: the session is over, or was ended and all that is ready was played
    FINISHED = ("finished", 3)


class CrossfadeCurve(Choice):
    """The law of a crossfade; with u from 0 to 1 through the overlap and p = (1 - cos(pi u)) /
    2:"""

    #: cos and sin of pi u / 2: one side is silent
    EQUAL_POWER = ("equal_power", 0)
    #: 1 - p and p
    EQUAL_GAIN = ("equal_gain", 1)
    #: (1 - p) k and p k, with k from levels and correlation
    LOUDNESS_HELD = ("loudness_held", 2)
    #: 1 - p and p: both sides are the same music
    SAME_PIECE = ("same_piece", 3)


class TempoMatch(Choice):
    """What meets in a transition."""

    #: a tempo is unknown, or they differ by more than 2 %
    NONE = ("none", 0)
    BEATS = ("beats", 1)
    DOWNBEATS = ("downbeats", 2)


class Section(Choice):
    """Where in a session's arc a segment stands."""

    OPENING = ("opening", 0)
    SETTLING = ("settling", 1)
    DEVELOPING = ("developing", 2)
    CLOSING = ("closing", 3)


class CheckVerdict(Choice):
    """What a check says of one thing that was tried."""

    HOLDS = ("holds", 0)
    FAILS = ("fails", 1)
    #: true of it, and neither right nor wrong: its speed, its loudness
    NOTE = ("note", 2)
    #: could not be tried; detail says why
    SKIPPED = ("skipped", 3)


class HttpBody(Choice):
    """Where the body of an answer is."""

    #: in memory
    BYTES = ("bytes", 0)
    #: a range of a file
    FILE = ("file", 1)
    #: comes as things happen (Server-Sent Events); its length is not known
    STREAM = ("stream", 2)


# What a caller may write: a member, or its name.
StorageLike = Union[Storage, Literal["temporary", "folder", "memory"]]
LogLevelLike = Union[LogLevel, Literal["debug", "info", "warning", "error"]]
LicenceClassLike = Union[LicenceClass, Literal["commercial_cleared", "commercial_enterprise",
    "personal_only", "unclear"]]
GoalLike = Union[Goal, Literal["focus", "relax", "sleep", "energize", "custom_prompt"]]
IntensityLike = Union[Intensity, Literal["default", "low", "medium", "high"]]
FormatLike = Union[Format, Literal["flac16", "flac24", "wav", "ogg", "opus"]]
PlayerModeLike = Union[PlayerMode, Literal["realtime", "offline"]]

__all__ = [
    "ErrorCode",
    "Storage",
    "LogLevel",
    "LicenceClass",
    "Goal",
    "Intensity",
    "Format",
    "SessionStatus",
    "Phase",
    "EventType",
    "PlayerMode",
    "PlayerState",
    "CrossfadeCurve",
    "TempoMatch",
    "Section",
    "CheckVerdict",
    "HttpBody",
]
