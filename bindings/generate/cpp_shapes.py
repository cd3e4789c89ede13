# SPDX-License-Identifier: MIT
"""How the C++ wrapper differs from the rules of cpp.py."""
from .shape import Shape

# Names of enumerators that are keywords in C++.
ENUMERATORS = {("focus_intensity", "DEFAULT"): "standard", ("focus_phase", "BREAK"): "break_"}

ENUM_DOCS = {
    "focus_result": "What a call that failed is about.",
    "focus_log_level": "How important a line of the log is.",
    "focus_goal": "What the music is for.",
    "focus_intensity": "How busy the music is.",
    "focus_session_status": "How a session stands.",
    "focus_event_type": "What has happened.",
    "focus_player_mode": "Whether a player may wait.",
    "focus_player_state": "What a player does now.",
    "focus_http_body": "Where the body of an answer is.",
    "focus_check_verdict": "What a check says of one thing that was tried.",
    "focus_store_finding_kind": "What can be wrong with a data folder.",
}

# What a host asks for: structs with setters, which are copied to C.
ASKED = [
    Shape(
        "focus_service_options", "ServiceOptions",
        "Where a service keeps its music and how many threads make it.",
        left_out=("log_user_data",),
        lines={"log": """\
  /// Receives lines of the log on worker threads, one at a time; must not call this service.
  std::function<void(LogLevel, std::string_view)> log = nullptr;
"""},
        setters={
            "data_folder": """\
  /// A folder that lasts.
  ServiceOptions& with_data_folder(std::string value) {
    storage = Storage::folder;
    return data_folder = std::move(value), *this;
  }
""",
            "log_level": """\
  ServiceOptions& with_log(LogLevel level, std::function<void(LogLevel, std::string_view)> value) {
    log_level = level;
    return log = std::move(value), *this;
  }
"""}),
    Shape(
        "focus_session_request", "Request",
        "What the listener asks for. `goal` and `target_minutes` are required.",
        words={"engine": 'a key of Service::engines(); "": the default engine',
               "seed": "decides every choice; absent: the service draws one, see SessionInfo::seed"},
        setters={
            "custom_prompt": """\
  /// Also sets the goal, which a prompt needs to be heard.
  Request& with_custom_prompt(std::string value) {
    goal = Goal::custom_prompt;
    return custom_prompt = std::move(value), *this;
  }
""",
            "work_minutes": """\
  /// Phases of work and rest that take turns, in minutes.
  Request& with_phases(std::int32_t work, std::int32_t rest) {
    work_minutes = work;
    return break_minutes = rest, *this;
  }
""",
            "break_minutes": None}),
    Shape("focus_steering", "Steering",
          "What changes while a session goes on; what is absent stays as it is.", optional=True),
    Shape("focus_player_options", "PlayerOptions", "How the host wants to hear a session."),
    Shape("focus_json_options", "JsonOptions", "How the session object of the wire contract is written.",
          optional=("base_url",), words={"base_url": 'put before "000.flac"; absent: file:// URLs'},
          names={"include_analysis": "analysis"}),
    Shape("focus_spend_caps", "SpendCaps", "What may be spent, in micro-units; absent: no cap.",
          optional=True, words={"per_session_micros": "from 0 on"}),
    Shape("focus_mix_options", "MixOptions", "How files are levelled and joined."),
    Shape(
        "focus_engine_description", "EngineDescription",
        'What an engine is; of what is 0 or "", but for the key, the default is meant. See '
        "focus_engine_description.",
        first=("key", "display_name", "description", "version", "licence_class"),
        setters={
            "licence_class": """\
  EngineDescription& with_licence(LicenceClass value, bool commercial, bool attribution) {
    licence_class = value;
    commercial_use = commercial;
    return requires_attribution = attribution, *this;
  }
""",
            "commercial_use": None,
            "requires_attribution": None,
            "continues_previous": """\
  /// Made in order, each segment with so much of the one before.
  EngineDescription& with_continuation(double seconds = 0.0) {
    continues_previous = true;
    return previous_seconds = seconds, *this;
  }
""",
            "previous_seconds": None,
            "retries": """\
  EngineDescription& with_retries(std::int32_t value, double delay_seconds = 0.0) {
    retries = value;
    return retry_delay_seconds = delay_seconds, *this;
  }
""",
            "retry_delay_seconds": None}),
    Shape("focus_check_options", "CheckOptions", "How an engine is checked.",
          left_out=("callback", "user_data")),
    Shape("focus_http_options", "HttpOptions", "How requests are answered; see focus_http_options."),
    Shape("focus_store_options", "StoreOptions", "How a data folder is checked or repaired."),
    Shape("focus_library_options", "LibraryOptions", "How a folder of music is opened."),
]

# What the library tells: structs that are copied from C.
TOLD = [
    Shape("focus_engine_info", "EngineInfo",
          "An engine that can be played, and what may be done with its music.",
          words={"has_score": "Session::write_score works"}),
    Shape("focus_request_field", "RequestField", "What a field of a request may hold; see focus_request_field.",
          first=("name", "kind")),
    Shape("focus_session_info", "SessionInfo", "A session as a whole; see focus_session_info."),
    Shape("focus_segment_info", "SegmentInfo", "One segment, planned or ready; see focus_segment_info.",
          words={"cue_in_seconds": "first moment at which the body is at full level, from the segment's "
                                   "own start",
                 "cue_out_seconds": "the last one, likewise"}),
    Shape("focus_track_info", "TrackInfo", "A promoted segment; see focus_track_info."),
    Shape("focus_event", "Event",
          "Something that happened to a session. False as a condition when nothing has.",
          extra="""\
  explicit operator bool() const noexcept { return type != EventType::none; }
"""),
    Shape("focus_player_info", "PlayerInfo", "What a player does now; see focus_player_info."),
    Shape("focus_measurement_info", "MeasurementInfo",
          "The loudness of one audio file; see focus_measurement_info.", left_out=("curve_count",)),
    Shape("focus_mix_info", "MixInfo", "A mix as a whole; see focus_mix_info."),
    Shape("focus_mix_file_info", "MixFileInfo", "One file as it was mixed; see focus_mix_file_info.",
          left_out=("curve_count",), words={"path": "as it was given"}),
    Shape("focus_mix_transition_info", "MixTransitionInfo",
          "How one file goes over into the next; see focus_mix_transition_info."),
    Shape("focus_brief", "Brief",
          "All an engine is told of one segment; see focus_brief. The same brief asks for the same music.",
          defaults={"intensity": "Intensity::medium", "attempt": "1"},
          words={"character": "the goal whose music is meant here, never Goal::custom_prompt; in a break "
                              "Goal::relax",
                 "intensity": "of this segment; never Intensity::standard",
                 "previous_samples": "the end of the segment before, two channels interleaved, or "
                                     "nullptr. It belongs to the library and is valid until `generate` "
                                     "returns"}),
    Shape("focus_check_result", "CheckResult",
          "One thing that was tried with an engine; see focus_check_result."),
    Shape("focus_store_info", "StoreInfo", "A data folder as a whole; see focus_store_info.",
          left_out=("finding_count",)),
    Shape("focus_store_finding", "StoreFinding",
          "What is wrong with a data folder; see focus_store_finding.", left_out=("reserved",)),
    Shape("focus_http_response_info", "HttpResponseInfo",
          "An answer as a whole, without its headers; see focus_http_response_info.",
          left_out=("header_count",), types={"body": "std::string_view"}),
    Shape("focus_webhook_info", "WebhookInfo", "A request to be sent; see focus_webhook_info.",
          left_out=("body_size",)),
    Shape("focus_library_progress", "LibraryProgress",
          "How far the scan of a library is; see focus_library_progress."),
    Shape("focus_library_track", "LibraryTrack", "A track of a library; see focus_library_track.",
          first=("path", "title", "artist", "album", "genre", "key")),
    Shape("focus_library_moment_info", "LibraryMoment",
          "What a session plays at one moment; see focus_library_moment_info."),
]

# How a member is copied from C, where the rules do not say it.
FROM_C = {
    ("focus_http_response_info", "body"): """\
  if (c.body != nullptr) {
    value.body = {static_cast<const char*>(c.body), static_cast<std::size_t>(c.body_size)};
  }
"""}
