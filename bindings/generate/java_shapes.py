# SPDX-License-Identifier: MIT
"""How the Java classes differ from the rules of java.py."""
from .shape import Shape

# The enums that Java has: {enum: (comment, the member for an enumerator that this class does not know)}.
# None adds a member OTHER for it; "" is for an enum that the library only takes.
ENUMS = {
    "focus_storage": ("Where segments are kept: a folder that goes with the service, one that lasts, or "
                      "memory alone.", ""),
    "focus_log_level": ("How important a line of the log is.", ""),
    "focus_licence_class": ("What may be done with an engine's music; never overstated.", "UNCLEAR"),
    "focus_goal": ("What the listener wants to do.", "CUSTOM_PROMPT"),
    "focus_intensity": ("How strong the music is.", "MEDIUM"),
    "focus_format": ("How segments are kept.", ""),
    "focus_session_status": ("How far a session is.", None),
    "focus_phase": ("What a segment is for, in a session with breaks.", None),
    "focus_event_type": ("What has happened in a session.", None),
    "focus_player_mode": ("Whether a player never waits, for an audio callback, or waits for what is still "
                          "being made.", ""),
    "focus_player_state": ("What a player does.", None),
    "focus_loudness_state": ("Whether a loudness was measured, and why it was not.", None),
    "focus_section": ("Where in a session's arc a segment stands.", None),
}
# Enumerators without a member: null says the same in Java.
LEFT_OUT = {"FOCUS_EVENT_NONE", "FOCUS_OK"}

# What a host asks for: classes with setters that chain.
ASKED = [
    Shape("focus_service_options", "ServiceOptions",
          "How a service is opened; the defaults are a temporary store and one worker a core.",
          left_out=("log", "log_user_data"),
          words={"log_level": "the least important level that the logger gets"},
          extra="""\
  Logger logger;

  /** Receives the lines of the log, on threads of the library's; without one the library is silent. */
  public ServiceOptions logger(Logger logger) {
    this.logger = logger;
    return this;
  }
"""),
    Shape("focus_session_request", "Request",
          "What the listener asks for; the goal and the minutes are needed, all else has a default.",
          words={"engine": "a key of {@link Service#engines}; null: the default engine",
                 "seed": "decides every choice; without it the service draws one",
                 "custom_prompt": "what to play, in words; for {@link Goal#CUSTOM_PROMPT}",
                 "look_ahead": "segments to make ahead of the playhead; -1: the default"},
          setters={"goal": None, "target_minutes": None},
          extra="""\
  public Request(Goal goal, int targetMinutes) {
    this.goal = goal.code();
    this.targetMinutes = targetMinutes;
  }
"""),
    Shape("focus_steering", "Steering",
          "What changes while a session goes on; what is not set stays as it is.", optional=True,
          words={"at_seconds": "not before this moment of the session; without it as soon as can be"}),
    Shape("focus_player_options", "PlayerOptions",
          "How a player is made; the defaults are real-time, the rate of the session, two channels."),
    Shape("focus_engine_description", "EngineDescription",
          "What an engine of the host's own is. Of all that is not set, but for the key, the default is "
          "meant.",
          words={"retries": "after the first try, to 10; 0: 2; -1: none",
                 "price_micros_per_minute": "see {@link Service#setEnginePrice}"},
          setters={"key": None},
          extra="""\
  public EngineDescription(String key) {
    this.key = key;
  }
"""),
]

PRIVATE = "  {name}() {{}}\n"

# What the library tells: classes with getters, which native code fills in.
TOLD = [
    Shape("focus_engine_info", "EngineInfo", "An engine that sessions can be played with.",
          words={"has_score": "whether {@link Session#writeScore} works"},
          names={"vocals": "hasVocals", "stems": "hasStems", "commercial_use": "allowsCommercialUse",
                 "requires_attribution": "requiresAttribution", "has_score": "hasScore"},
          extra=PRIVATE.format(name="EngineInfo")),
    Shape("focus_session_info", "SessionInfo", "A session as a whole, at one moment.",
          words={"seed": "start with it again to hear the same music; a number without a sign",
                 "spent_micros": "on what its engines have delivered so far"},
          extra=PRIVATE.format(name="SessionInfo")),
    Shape("focus_segment_info", "SegmentInfo",
          "A segment: planned from the start; what was measured is 0 until it is ready.",
          words={"cue_in_seconds": "first moment at which the body is at full level, from the segment's own "
                                   "start",
                 "cue_out_seconds": "the last one, likewise"},
          extra=PRIVATE.format(name="SegmentInfo")),
    Shape("focus_event", "Event", "Something that has happened in a session.",
          words={"code": "of a failure; null where there is none",
                 "engine": 'key of the engine that has played the segment or stands in for it; else ""'},
          extra=PRIVATE.format(name="Event")),
    Shape("focus_player_info", "PlayerInfo",
          "What a player does. One object can be filled again and again, see {@link "
          "Player#info(PlayerInfo)}.",
          extra="  public PlayerInfo() {}\n"),
    Shape("focus_track_info", "TrackInfo", "A segment that was kept.",
          extra=PRIVATE.format(name="TrackInfo")),
    Shape("focus_measurement_info", "Measurement", "The loudness of one audio file, by EBU R 128.",
          left_out=("curve_count",),
          words={"integrated_lufs": "negative infinity unless the loudness was measured",
                 "cue_in_seconds": "first moment at which the body is at full level",
                 "cue_out_seconds": "the last one"},
          extra="""\
  private float[] momentaryLufs;
  private float[] shortTermLufs;

  private Measurement() {}

  /** Measures a whole file. */
  public static Measurement of(String path) {
    Measurement result = new Measurement();
    long measurement = Native.measurementCreate(path);
    try {
      Native.measurementInfo(measurement, result);
      result.momentaryLufs = Native.measurementCurve(measurement, false);
      result.shortTermLufs = Native.measurementCurve(measurement, true);
    } finally {
      Native.measurementDestroy(measurement);
    }
    return result;
  }

  /** Loudness over 400 ms. */
  public float[] getMomentaryLufs() {
    return momentaryLufs.clone();
  }

  /** Loudness over 3 s. */
  public float[] getShortTermLufs() {
    return shortTermLufs.clone();
  }
"""),
    Shape("focus_brief", "Brief",
          "All an engine is told of one segment; see focus_brief in the C header for each field.",
          left_out=("previous_samples",),
          words={"character": "the goal whose music is meant here; never CUSTOM_PROMPT"},
          extra="""\
  float[] previousSamples;

  Brief() {}

  /**
   * The end of the segment before as it is heard, two channels interleaved; null unless the engine
   * continues the segment before, and where that is not made yet or this is the first.
   */
  public float[] getPreviousSamples() {
    return previousSamples;
  }
"""),
]

# The member for an unknown enumerator of one field, where it is not that of the enum.
UNKNOWN = {("focus_brief", "character"): "FOCUS"}

# Fields without getters. HttpResponse inherits this class, and has the getters.
HTTP = Shape("focus_http_response_info", "HttpInfo", "What native code fills in of an {@link HttpResponse}.",
             left_out=("body",))

FOCUS_EXCEPTION = """\
  private static final long serialVersionUID = 1;

{codes}
  private final int rawCode;
  private final String field;
  private final String path;

  /**
   * An engine throws it, to say with which code a segment failed: INVALID_ARGUMENT, UNSUPPORTED and
   * NOT_FOUND are not tried again.
   */
  public FocusException(Code code, String message) {{
    this(code.code(), "", message, "");
  }}

  FocusException(int code, String field, String message, String path) {{
    super(message);
    this.rawCode = code;
    this.field = field;
    this.path = path;
  }}

  public Code getCode() {{
    return Coded.of(Code.values(), rawCode, Code.OTHER);
  }}

  /** The field, argument or path it is about; "" where there is none. */
  public String getField() {{
    return field;
  }}

  /**
   * The file or folder it is about; "" where there is none. With NOT_FOUND it tells a missing file
   * from a missing session.
   */
  public String getPath() {{
    return path;
  }}

  int rawCode() {{
    return rawCode;
  }}
"""
