# SPDX-License-Identifier: MIT
"""What the library tells: plain values, each made of a struct of the C interface.

A field is called as in the header, which says more of each; units are in the names. Where the header
has a value that means "none" (a path of "", a time of 0, a moment of -1), there is None here.
"""
import dataclasses
import datetime
import pathlib
import typing
from typing import Any, Callable, Dict, List, Optional, Tuple, Type, TypeVar

from ._choice import Choice
from ._library import string
from .enums import (
    CheckVerdict,
    CrossfadeCurve,
    ErrorCode,
    EventType,
    Goal,
    HttpBody,
    Intensity,
    LicenceClass,
    Phase,
    PlayerState,
    Section,
    SessionStatus,
    TempoMatch,
)

Value = TypeVar("Value")


@dataclasses.dataclass(frozen=True)
class EngineInfo:
    """An engine that can be played, and what may be done with its music."""

    key: str
    display_name: str
    description: str
    version: str
    enabled: bool
    max_duration_seconds: int
    vocals: bool
    stems: bool
    licence_class: LicenceClass
    commercial_use: bool
    requires_attribution: bool
    has_score: bool
    concurrency: int
    """Segments it makes at a time; 0: as many as there are workers."""
    price_micros_per_minute: int


@dataclasses.dataclass(frozen=True)
class SessionInfo:
    """A session as a whole, as it was at one moment."""

    session_id: str
    status: SessionStatus
    engine: str
    goal: Goal
    intensity: Intensity
    target_minutes: int
    total_segments: int
    ready_count: int
    more_pending: bool
    divergence: float
    seed: int
    target_lufs: float
    sample_rate: int
    channel_count: int
    created_at: datetime.datetime
    next_ready_at: Optional[datetime.datetime]
    custom_prompt: str
    spent_micros: int


@dataclasses.dataclass(frozen=True)
class SegmentInfo:
    """One segment, planned or ready; what was measured is 0 until it is ready."""

    index: int
    ready: bool
    path: Optional[pathlib.Path]
    engine: str
    engine_version: str
    licence_class: LicenceClass
    key: str
    tempo_bpm: float
    start_seconds: float
    duration_seconds: float
    frames: int
    fade_in_ms: int
    fade_out_ms: int
    target_lufs: float
    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float
    gain_db: float
    cue_in_seconds: float
    cue_out_seconds: float
    limited: bool
    fallback: bool
    phase: Phase


@dataclasses.dataclass(frozen=True)
class Event:
    """Something that has happened to a session."""

    type: EventType
    #: -1 where it is not about a segment
    segment_index: int
    code: ErrorCode
    message: str
    engine: str


@dataclasses.dataclass(frozen=True)
class PlayerInfo:
    """What a player does now."""

    state: PlayerState
    segment_index: int
    underruns: int
    position_seconds: float
    duration_seconds: float
    next_join_seconds: Optional[float]
    sleep_seconds: Optional[float]
    volume: float
    sample_rate: int
    channel_count: int


@dataclasses.dataclass(frozen=True)
class TrackInfo:
    """A segment that was promoted."""

    track_id: str
    title: str
    engine: str
    session_id: str
    segment_index: int
    path: Optional[pathlib.Path]
    duration_seconds: float
    created_at: datetime.datetime
    licence_class: LicenceClass
    instrumental: bool


@dataclasses.dataclass(frozen=True)
class MeasurementInfo:
    """The loudness of an audio file, by EBU R 128."""

    sample_rate: int
    channel_count: int
    curve_count: int
    curve_step_seconds: float
    duration_seconds: float
    integrated_lufs: float
    range_lu: float
    true_peak_dbtp: float
    max_momentary_lufs: float
    max_short_term_lufs: float
    cue_in_seconds: float
    cue_out_seconds: float


@dataclasses.dataclass(frozen=True)
class MixInfo:
    """A mix as a whole."""

    file_count: int
    transition_count: int
    complete: bool
    sample_rate: int
    channel_count: int
    duration_seconds: float
    progress: float


@dataclasses.dataclass(frozen=True)
class MixFile:
    """One file as it was mixed."""

    index: int
    path: Optional[pathlib.Path]
    sample_rate: int
    channel_count: int
    duration_seconds: float
    start_seconds: float
    gain_db: float
    integrated_lufs: float
    true_peak_dbtp: float
    cue_in_seconds: float
    cue_out_seconds: float
    limited: bool
    curve_count: int


@dataclasses.dataclass(frozen=True)
class MixTransition:
    """How one file of a mix goes over into the next."""

    index: int
    start_seconds: float
    end_seconds: float
    old_end_seconds: float
    new_start_seconds: float
    offset_seconds: float
    correlation: float
    old_bpm: float
    new_bpm: float
    deepest_trim_db: float
    curve: CrossfadeCurve
    polarity_inverted: bool
    tempo_match: TempoMatch


@dataclasses.dataclass(frozen=True)
class Spend:
    """What an organization has spent today, in micro-units."""

    settled_micros: int
    held_micros: int


@dataclasses.dataclass(frozen=True)
class CheckResult:
    """One thing that was tried of an engine."""

    name: str
    verdict: CheckVerdict
    detail: str
    seconds: float


@dataclasses.dataclass(frozen=True)
class HttpInfo:
    """An answer as a whole, without its headers."""

    status: int
    header_count: int
    body_kind: HttpBody
    body_size: int
    file_path: Optional[pathlib.Path]
    file_offset: int


@dataclasses.dataclass(frozen=True)
class BriefInfo:
    """What an engine is told of one segment, but for the music before it."""

    segment_index: int
    segment_count: int
    goal: Goal
    character: Goal
    intensity: Intensity
    phase: Phase
    section: Section
    session_id: str
    prompt: str
    divergence: float
    session_seed: int
    seed: int
    tempo_bpm: float
    bar_seconds: float
    key: str
    key_before: str
    key_after: str
    start_seconds: float
    session_seconds: float
    frames: int
    sample_rate: int
    channel_count: int
    overlap_in_frames: int
    overlap_out_frames: int
    ending_seconds: float
    target_lufs: float
    pads_db: float
    bass_db: float
    melody_db: float
    percussion_db: float
    ambience_db: float
    previous_frames: int
    attempt: int


def _moment(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


_CONVERTERS: Dict[Any, Callable[[Any], Any]] = {
    str: string,
    bool: bool,
    int: int,
    float: float,
    Optional[float]: lambda value: None if value < 0 else value,
    datetime.datetime: _moment,
    Optional[datetime.datetime]: lambda value: _moment(value) if value else None,
    Optional[pathlib.Path]: lambda value: pathlib.Path(string(value)) if value else None,
}

_plans: Dict[type, List[Tuple[str, Callable[[Any], Any]]]] = {}


def _plan(kind: type) -> List[Tuple[str, Callable[[Any], Any]]]:
    hints = typing.get_type_hints(kind)
    plan = []
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        choice = isinstance(hint, type) and issubclass(hint, Choice)
        plan.append((field.name, hint.of if choice else _CONVERTERS[hint]))
    return plan


def read(kind: Type[Value], struct: Any) -> Value:
    """The value that a struct holds: its fields are those of the same names."""
    plan = _plans.get(kind)
    if plan is None:
        plan = _plans[kind] = _plan(kind)
    return kind(*[convert(getattr(struct, name)) for name, convert in plan])
