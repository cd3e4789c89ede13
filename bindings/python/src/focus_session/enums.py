# SPDX-License-Identifier: MIT
"""The enumerations of the library: each member is its own name as a string.

    Goal.FOCUS == "focus"

Written by tools/write_abi.py from focus_session.h: change that one, not this.
"""
from typing import Literal, Union

from ._choice import Choice


class ErrorCode(Choice):
    """Why a call failed."""

    OK = "ok"
    #: an argument or a field holds what it may not; see `field`
    INVALID_ARGUMENT = "invalid_argument"
    #: no such session, segment, engine, file or folder
    NOT_FOUND = "not_found"
    #: the segment is planned, but not made yet
    NOT_READY = "not_ready"
    #: a file could not be read or written; `field` is its path
    IO = "io"
    #: the disk, or the store's bound, is full
    NO_SPACE = "no_space"
    #: a damaged store, or a file that is not audio
    BAD_DATA = "bad_data"
    #: right, but not possible here (an engine without a score)
    UNSUPPORTED = "unsupported"
    #: a music engine failed, and so did its fallback
    ENGINE = "engine"
    #: the work was stopped before it was done
    CANCELLED = "cancelled"
    OUT_OF_MEMORY = "out_of_memory"
    #: the handle was made before fork(), in the parent process
    FORKED = "forked"
    #: a defect of the library; please report its message
    INTERNAL = "internal"


class Storage(Choice):
    """Where segments are kept."""

    #: a private folder, removed when the service is destroyed, or, where the process was killed,
    #: when the next is opened; in a minimal build the same as FOCUS_STORAGE_MEMORY
    TEMPORARY = "temporary"
    #: `data_folder`, which lasts: sessions can be opened again; FOCUS_ERROR_UNSUPPORTED in a
    #: minimal build
    FOLDER = "folder"
    #: no files at all; bounded: 4 ahead of the player, heard ones dropped, all let go when nobody
    #: uses the session any more
    MEMORY = "memory"


class LogLevel(Choice):
    """How important a line of the log is."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LicenceClass(Choice):
    """The permitted use of an engine's music. It must not be overstated."""

    COMMERCIAL_CLEARED = "commercial_cleared"
    COMMERCIAL_ENTERPRISE = "commercial_enterprise"
    PERSONAL_ONLY = "personal_only"
    UNCLEAR = "unclear"


class Goal(Choice):
    """What the music is for."""

    FOCUS = "focus"
    RELAX = "relax"
    SLEEP = "sleep"
    ENERGIZE = "energize"
    CUSTOM_PROMPT = "custom_prompt"


class Intensity(Choice):
    """How busy the music is."""

    #: medium
    DEFAULT = "default"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Format(Choice):
    """The format of segments. A memory store holds the samples that a file in this format would
    contain."""

    #: 16 bit with TPDF dither
    FLAC16 = "flac16"
    FLAC24 = "flac24"
    #: 32-bit float
    WAV = "wav"
    OGG = "ogg"
    OPUS = "opus"


class SessionStatus(Choice):
    """How a session stands."""

    #: segments are still to come
    ACTIVE = "active"
    #: all are ready, the caller ended it, or it can not go on
    ENDED = "ended"
    #: stopped because the spend cap was reached
    STOPPED_CAP = "stopped_cap"


class Phase(Choice):
    """The purpose of a segment in a session with `work_minutes`."""

    #: the session has no phases
    NONE = "none"
    WORK = "work"
    BREAK = "break"


class EventType(Choice):
    """What has happened."""

    #: nothing has happened
    NONE = "none"
    #: segment_index can be played
    SEGMENT_READY = "segment_ready"
    #: see focus_snapshot_info
    STATUS_CHANGED = "status_changed"
    #: another engine stands in for segment_index; message says why
    FALLBACK = "fallback"
    #: segment_index could not be made or kept; message says why. The session makes no further
    #: segment until it is opened anew.
    SEGMENT_FAILED = "segment_failed"
    #: planned anew from segment_index on; see focus_session_steer
    STEERED = "steered"
    #: segment_index could not be read, or not be written while a player listens; message says why.
    #: It is made again, or kept in memory until it was heard: the music goes on.
    TROUBLE = "trouble"


class PlayerMode(Choice):
    """Whether a player may wait."""

    #: never waits: for an audio callback
    REALTIME = "realtime"
    #: waits for segments that are still being made: for rendering to a file
    OFFLINE = "offline"


class PlayerState(Choice):
    """What a player does now."""

    #: the next segment is not ready: silence; the position does not move
    WAITING = "waiting"
    PLAYING = "playing"
    PAUSED = "paused"
    #: the session is over, or was ended and everything ready was played
    FINISHED = "finished"


class CrossfadeCurve(Choice):
    """The law of a crossfade; with u from 0 to 1 through the overlap and p = (1 - cos(pi u)) /
    2:"""

    #: cos and sin of pi u / 2: one side is silent
    EQUAL_POWER = "equal_power"
    #: 1 - p and p
    EQUAL_GAIN = "equal_gain"
    #: (1 - p) k and p k, with k from levels and correlation
    LOUDNESS_HELD = "loudness_held"
    #: 1 - p and p: both sides are the same music
    SAME_PIECE = "same_piece"


class TempoMatch(Choice):
    """What coincides in a transition."""

    #: a tempo is unknown, or they differ by more than 2 %
    NONE = "none"
    BEATS = "beats"
    DOWNBEATS = "downbeats"


class Section(Choice):
    """The position of a segment in the form of its session."""

    OPENING = "opening"
    SETTLING = "settling"
    DEVELOPING = "developing"
    CLOSING = "closing"


class CheckVerdict(Choice):
    """What a check says of one thing that was tried."""

    HOLDS = "holds"
    FAILS = "fails"
    #: true of it, and neither right nor wrong: its speed, its loudness
    NOTE = "note"
    #: could not be tried; detail says why
    SKIPPED = "skipped"


class HttpBody(Choice):
    """Where the body of an answer is."""

    #: in memory
    BYTES = "bytes"
    #: a range of a file
    FILE = "file"
    #: produced over time (Server-Sent Events); its length is not known
    STREAM = "stream"


# What the C interface calls them, in their order.
ErrorCode._set_numbers(0, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12)
Storage._set_numbers(0, 1, 2)
LogLevel._set_numbers(0, 1, 2, 3)
LicenceClass._set_numbers(0, 1, 2, 3)
Goal._set_numbers(1, 2, 3, 4, 5)
Intensity._set_numbers(0, 1, 2, 3)
Format._set_numbers(0, 1, 2, 3, 4)
SessionStatus._set_numbers(0, 1, 2)
Phase._set_numbers(0, 1, 2)
EventType._set_numbers(0, 1, 2, 3, 4, 5, 6)
PlayerMode._set_numbers(0, 1)
PlayerState._set_numbers(0, 1, 2, 3)
CrossfadeCurve._set_numbers(0, 1, 2, 3)
TempoMatch._set_numbers(0, 1, 2)
Section._set_numbers(0, 1, 2, 3)
CheckVerdict._set_numbers(0, 1, 2, 3)
HttpBody._set_numbers(0, 1, 2)

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
