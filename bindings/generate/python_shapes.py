# SPDX-License-Identifier: MIT
"""How the Python package differs from the rules of python_values.py and python_methods.py."""
from .shape import Shape

TOLD = [
    Shape("focus_engine_info", "EngineInfo",
          "An engine that can be played, and what may be done with its music.",
          first=("key", "display_name", "description", "version", "enabled"),
          words={"has_score": "`Segment.write_score` works"}),
    Shape("focus_request_field", "RequestField", "What a field of a request may hold.",
          first=("name", "kind")),
    Shape("focus_session_info", "SessionInfo", "A session as a whole, as it was at one moment.",
          first=("session_id",),
          words={"created_at": "", "next_ready_at": "when the next segment is expected; None when none is "
                                                    "pending"},
          types={"next_ready_at": "Optional[datetime.datetime]"}),
    Shape("focus_segment_info", "SegmentInfo",
          "One segment, planned or ready; what was measured is 0 until it is ready.",
          first=("index", "ready", "path", "engine", "engine_version", "licence_class"),
          words={"path": "of its file; None in a memory store and until it is ready. The file of a segment "
                         "that steering has cut short goes on longer than it is heard",
                 "cue_in_seconds": "first moment at which the body is at full level, from the segment's own "
                                   "start",
                 "cue_out_seconds": "the last one, likewise"}),
    Shape("focus_event", "Event", "Something that has happened to a session."),
    Shape("focus_player_info", "PlayerInfo", "What a player does now.",
          words={"next_join_seconds": "the moment of the session at which the next segment begins; None "
                                      "where there is none",
                 "sleep_seconds": "of music, until the sleep timer pauses; None where it is not set"},
          types={"next_join_seconds": "Optional[float]", "sleep_seconds": "Optional[float]"}),
    Shape("focus_track_info", "TrackInfo", "A segment that was promoted.",
          first=("track_id", "title", "engine", "session_id", "segment_index"),
          words={"created_at": "", "path": "of its file; None in a memory store"}),
    Shape("focus_measurement_info", "MeasurementInfo", "The loudness of an audio file, by EBU R 128."),
    Shape("focus_mix_info", "MixInfo", "A mix as a whole."),
    Shape("focus_mix_file_info", "MixFile", "One file as it was mixed.",
          words={"path": "as it was given"}),
    Shape("focus_mix_transition_info", "MixTransition",
          "How one file of a mix goes over into the next."),
    Shape("focus_check_result", "CheckResult", "One thing that was tried of an engine.",
          first=("name", "verdict")),
    Shape("focus_library_progress", "LibraryProgress", "How far the scan of a library is."),
    Shape("focus_library_track", "LibraryTrack",
          "A track of a library: what its file says of itself, and what was measured.",
          first=("path", "title", "artist", "album", "genre", "key")),
    Shape("focus_library_moment_info", "LibraryMoment", "What a session plays at one moment."),
    Shape("focus_store_info", "StoreInfo", "A data folder as a whole.", left_out=("finding_count",),
          words={"backup_folder": "where a repair has put what it changed; None when it has changed "
                                  "nothing"},
          types={"backup_folder": "Optional[pathlib.Path]"}),
    Shape("focus_store_finding", "StoreFinding", "What is wrong with a data folder.",
          left_out=("reserved",)),
    Shape("focus_http_response_info", "HttpInfo", "An answer as a whole, without its headers.",
          left_out=("body",),
          words={"file_path": "for HttpBody.FILE, e.g. for sendfile; None where the body is to be read (a "
                              "track of a cluster). The file may be renamed or deleted at any time: "
                              "reading still works then"}),
    Shape("focus_webhook_info", "WebhookInfo", "A request to be sent.", left_out=("body_size",)),
    Shape("focus_brief", "BriefInfo", "What an engine is told of one segment, but for the music before it.",
          left_out=("previous_samples",),
          words={"character": "the goal whose music is meant here, never Goal.CUSTOM_PROMPT; in a break "
                              "Goal.RELAX"}),
]
