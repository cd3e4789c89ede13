# SPDX-License-Identifier: MIT
"""The methods that python_methods.py writes, and how they differ from its rules."""
from .python_methods import Method
from .shape import Shape

OPEN = Method(
    "focus_service_options", "__init__", "Opens a service.", left_out=("log", "log_user_data"),
    optional=("storage", "data_folder", "log_level", "cache_folder"),
    words={"storage": '"temporary" (a private folder, removed at the end), "folder" (`data_folder`, which '
                      'lasts), "memory" (no files; 4 segments ahead of the listener), or "cluster" (shared by '
                      'many machines; needs what follows from `database_url` on).',
           "database_url": 'postgresql://HOST:PORT/DATABASE?user=NAME; makes the storage "cluster".',
           "worker_count": "threads that make segments, 1 to 64; None: one a core, at most 8; -1: none, the "
                           "other services of the cluster make them.",
           "data_folder": 'created if its parent exists; makes the storage "folder".',
           "log_level": "the least important level it gets; None: what the logger takes now."},
    types={"data_folder": "PathLike", "cache_folder": "PathLike"},
    conversions={"data_folder": 'None if data_folder is None else path("data_folder", data_folder)',
                 "cache_folder": 'None if cache_folder is None else path("cache_folder", cache_folder)'},
    keywords={"logger": ("Optional[logging.Logger] = None",
                         'where the library\'s log goes; None: the logger "focus_session".')},
    before={"log_level": "logger"},
    last_lines="self._open(options, storage, logger, log_level)")

START = Method(
    "focus_session_request", "start", "Plans a session and begins to make it. Returns at once.",
    variable="request", returns="Session", required=("target_minutes",),
    words={"goal": '"focus", "relax", "sleep", "energize" or "custom_prompt"; not needed with a prompt.',
           "intensity": '"low", "medium" or "high".',
           "custom_prompt": "what to play, in words.",
           "engine": "a key of `engines`; None: the default engine.",
           "seed": "decides every choice, 0 to 2**64 - 1; None: drawn, see `SessionInfo.seed`.",
           "format": 'how segments are kept: "flac16", "flac24", "wav", "ogg" or "opus".',
           "look_ahead": "segments to make ahead of the listener; None: as many as can be.",
           "pads_db": "levels against how the music is composed, -60 (off) to 12 dB.",
           "bass_db": "", "melody_db": "", "percussion_db": "", "ambience_db": "",
           "work_minutes": "work and breaks take turns, work first, 5 to 120 and 1 to 60; 0: no breaks.",
           "break_minutes": ""},
    names={"pads_db": "pads_db, bass_db, melody_db, percussion_db, ambience_db",
           "work_minutes": "work_minutes, break_minutes"},
    first_lines="""
if goal is None and custom_prompt is not None:
    goal = Goal.CUSTOM_PROMPT
""",
    last_lines="return self._start(request)",
    tail="""
Raises:
    InvalidArgumentError: with the field that is wrong.
""")

CHECK = Method(
    "focus_check_options", "check_engine",
    "Puts an engine through briefs of every kind and tells what holds. Nothing is paid, kept or played.",
    returns="EngineCheck", positional="key: str", left_out=("callback", "user_data"),
    keywords={"on_result": ("Optional[Callable[[CheckResult], Any]] = None",
                            "gets each result as soon as it is there.")},
    last_lines="return check_engine(self._use, key, options, on_result)")

CAPS = Method(
    "focus_spend_caps", "set_spend_caps",
    "What may be spent; None: no cap. Not kept: set it after each opening.", variable="caps",
    words={"per_session_micros": "by one session, in micro-units, from 0 on."},
    keywords={"organization": (
        "Optional[str] = None",
        "whose caps they are; None: of all that have none of their own. Sessions that were started by "
        '`start` belong to the organization "".')},
    last_lines="self._set_spend_caps(caps, organization)")

HTTP = Method(
    "focus_http_options", "set_http_options", "How requests are answered from now on.",
    words={"requests_per_minute": "of a key that has no limit of its own; 0: 1200; None: no limit."},
    types={"requests_per_minute": "Optional[int]"}, defaults={"requests_per_minute": "0"},
    conversions={"requests_per_minute":
                 "_abi.NO_RATE_LIMIT if requests_per_minute is None else requests_per_minute"},
    last_lines="self._set_http_options(options)")

PLAY = Method(
    "focus_player_options", "play", "A player at the session's beginning.", returns="Player",
    keywords={"offline": ("bool = False",
                          "waits for segments that are still being made, for rendering; else it never "
                          "waits, for an audio callback.")},
    before={"mode": "offline"},
    conversions={"mode": "(PlayerMode.OFFLINE if offline else PlayerMode.REALTIME).number"},
    last_lines="return self._play(options, offline)")

STEER = Method(
    "focus_steering", "steer", "Changes what was not heard yet; what is None stays as it is.",
    variable="steering", returns="float", optional=True,
    words={"goal": "another one.", "intensity": "likewise.",
           "target_minutes": "of the whole session, more or fewer than before.",
           "divergence": "0 to 1.",
           "custom_prompt": 'other words, and with them the goal "custom_prompt".'},
    last_lines="return self._steer(steering)",
    tail="""
Returns:
    the moment of the session, in seconds, from which on it is another.
""")

JSON = Method(
    "focus_json_options", "json", "The session object of the wire contract.", returns="Dict[str, Any]",
    words={"base_url": 'put before "000.flac"; None: file:// URLs.'},
    last_lines="return self._json(options)")

MIX = Method(
    "focus_mix_options", "__init__", "Opens each file to see that it is there; reads none of them.",
    positional="paths: Iterable[PathLike]",
    positional_doc="the files, in this order: WAV, AIFF, CAF, FLAC, Ogg Vorbis, Opus, MP3 and more.",
    last_lines="self._open(paths, options)")

DESCRIPTION = Shape(
    "focus_engine_description", "EngineDescription",
    "What an engine says of itself. Of all that is None the library's default is meant.",
    first=("key", "display_name", "description", "version", "licence_class"),
    words={"key": "what a request names: 1 to 63 of a-z, 0-9, '_', '-' and '.'",
           "version": "part of what a segment is a function of: change it with the music",
           "licence_class": "what may be done with its music; never overstated",
           "commercial_use": "", "requires_attribution": "",
           "continues_previous": "its segments are made in order, each with the end of the one before",
           "concurrency": "calls of `generate` at a time, 1 to 64",
           "retries": "after the first try, 0 to 10",
           "price_micros_per_minute": "see `Service.set_engine_price`"})

# Attributes that have a default in Python, where the header has 0.
DESCRIPTION_SIGNATURES = {"key": 'str = ""', "version": 'str = "1"', "concurrency": "int = 1",
                          "retries": "int = 2"}
