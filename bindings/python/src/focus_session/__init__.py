# SPDX-License-Identifier: MIT
"""Endless, seamless focus music.

    with focus_session.Service() as service:
        for segment in service.start(goal="focus", target_minutes=60, divergence=0.3):
            print(segment.index, segment.playback_url, segment.fade_out_ms)

A `Service` starts `Session`s; a session is planned at once and its `Segment`s are made in the
background. A `Player` gives a session as one continuous stream. Everything here stands on the C
interface of the library, whose header says more of each call.
"""
from ._library import library_version
from .asgi import asgi_app
from .check import EngineCheck
from .engine import Brief, Engine, Sink
from .enums import (
    CheckVerdict,
    CrossfadeCurve,
    ErrorCode,
    EventType,
    Format,
    Goal,
    HttpBody,
    Intensity,
    LicenceClass,
    LogLevel,
    LoudnessState,
    Phase,
    PlayerMode,
    PlayerState,
    RequestFieldKind,
    Section,
    SessionStatus,
    Storage,
    StoreFindingKind,
    TempoMatch,
)
from .errors import (
    BadDataError,
    Cancelled,
    ClosedError,
    EngineError,
    FileMissingError,
    FocusError,
    ForkedError,
    InternalError,
    InvalidArgumentError,
    LibraryError,
    NoSpaceError,
    NotFoundError,
    NotReadyError,
    OutOfMemoryError,
    StorageError,
    UnsupportedError,
)
from .files import AudioFile, Measurement, measure
from .http import HttpResponse, generate_access_key, hash_access_key
from .library import Library, SkippedFile
from .mix import Mix, mix
from .player import Player
from .request_fields import request_fields
from .segment import Segment
from .service import Service
from .session import Chapter, Events, Session, Snapshot
from .store import StoreReport, check_store, repair_store
from .track import Track
from .values import (
    CheckResult,
    EngineInfo,
    Event,
    LibraryMoment,
    LibraryProgress,
    LibraryTrack,
    MixFile,
    MixInfo,
    MixTransition,
    PlayerInfo,
    RequestField,
    SegmentInfo,
    SessionInfo,
    Spend,
    StoreFinding,
    StoreInfo,
    TrackInfo,
)
from .webhook import Webhook, generate_webhook_secret
from .wsgi import wsgi_app

__version__ = "0.1.0"

__all__ = [
    "AudioFile",
    "BadDataError",
    "Brief",
    "Cancelled",
    "Chapter",
    "CheckResult",
    "CheckVerdict",
    "ClosedError",
    "CrossfadeCurve",
    "Engine",
    "EngineCheck",
    "EngineError",
    "EngineInfo",
    "ErrorCode",
    "Event",
    "EventType",
    "Events",
    "FileMissingError",
    "FocusError",
    "ForkedError",
    "Format",
    "Goal",
    "HttpBody",
    "HttpResponse",
    "Intensity",
    "InternalError",
    "InvalidArgumentError",
    "Library",
    "LibraryError",
    "LibraryMoment",
    "LibraryProgress",
    "LibraryTrack",
    "LicenceClass",
    "LogLevel",
    "LoudnessState",
    "Measurement",
    "Mix",
    "MixFile",
    "MixInfo",
    "MixTransition",
    "NoSpaceError",
    "NotFoundError",
    "NotReadyError",
    "OutOfMemoryError",
    "Phase",
    "Player",
    "PlayerInfo",
    "PlayerMode",
    "PlayerState",
    "RequestField",
    "RequestFieldKind",
    "Section",
    "Segment",
    "SegmentInfo",
    "Service",
    "Session",
    "SessionInfo",
    "SessionStatus",
    "Sink",
    "SkippedFile",
    "Snapshot",
    "Spend",
    "Storage",
    "StorageError",
    "StoreFinding",
    "StoreFindingKind",
    "StoreInfo",
    "StoreReport",
    "TempoMatch",
    "Track",
    "TrackInfo",
    "UnsupportedError",
    "Webhook",
    "asgi_app",
    "check_store",
    "generate_access_key",
    "generate_webhook_secret",
    "hash_access_key",
    "library_version",
    "measure",
    "mix",
    "repair_store",
    "request_fields",
    "wsgi_app",
]
