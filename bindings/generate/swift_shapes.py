# SPDX-License-Identifier: MIT
"""How the Swift package differs from the rules of swift.py."""
from .shape import Shape

# {enum: (the type it is declared in or None, its name, its protocols)}
ENUMS = {
    "focus_goal": (None, "Goal", "Int32"),
    "focus_intensity": (None, "Intensity", "Int32"),
    "focus_format": (None, "Format", "Int32"),
    "focus_result": ("FocusError", "Code", "Int32, Sendable"),
    "focus_player_state": ("Player", "State", "Int32"),
    "focus_event_type": ("Event", "Kind", "Int32, Sendable"),
    "focus_phase": (None, "Phase", "Int32, Sendable"),
    "focus_licence_class": (None, "LicenceClass", "Int32, Sendable"),
    "focus_section": (None, "Section", "Int32, Sendable"),
}
# Enumerators without a case: nil says the same, and medium is the default.
LEFT_OUT = {"FOCUS_OK", "FOCUS_EVENT_NONE", "FOCUS_INTENSITY_MEDIUM"}
CASES = {"FOCUS_INTENSITY_DEFAULT": "medium", "FOCUS_PHASE_BREAK": "`break`",
         "FOCUS_ERROR_INTERNAL": "`internal`"}

REQUEST = Shape(
    "focus_session_request", "Request",
    "What the listener asks for; the fields are those of focus_session_request.",
    words={"seed": "decides every choice; nil: the service draws one",
           "look_ahead": "segments to make ahead of the playhead, from 0 on; nil: the default"},
    extra="""\
    public init(goal: Goal, targetMinutes: Int) {
        self.goal = goal
        self.targetMinutes = targetMinutes
    }
""")

STEERING = Shape(
    "focus_steering", "Steering", "What changes while a session goes on; nil stays as it is.",
    optional=True, words={"at_seconds": "not before this moment of the session"},
    # Here 0 means "as it is", so that medium has its own number.
    defaults={"intensity": "intensity.map { $0 == .medium ? 2 : $0.rawValue } ?? 0"},
    extra="    public init() {}\n")

SEGMENT = Shape(
    "focus_segment_info", "Segment",
    "A segment: planned from the start; what was measured is 0 until it is ready.",
    types={"frames": "Int64"},
    words={"cue_in_seconds": "first moment at which the body is at full level, from the segment's own start",
           "cue_out_seconds": "the last one, likewise"},
    defaults={"phase": "Phase.none", "licence_class": ".unclear"})

EVENT = Shape(
    "focus_event", "Event", "Something that has happened in a session.",
    names={"type": "kind"}, optional=("type", "segment_index", "code"),
    words={"type": "nil for one that a newer library has brought",
           "segment_index": "nil where the event is not about a segment",
           "code": "of a failure; nil where there is none",
           "message": 'one line; "" where there is nothing to say',
           "engine": 'key of the engine that has played the segment or stands in for it; else ""'})

BRIEF = Shape(
    "focus_brief", "Brief", "", left_out=("previous_samples", "previous_frames"),
    words={"character": "the goal whose music is meant here, never customPrompt"},
    defaults={"goal": ".customPrompt", "character": ".focus", "intensity": ".medium", "phase": "Phase.none",
              "section": ".developing"})
