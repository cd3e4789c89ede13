# SPDX-License-Identifier: MIT
"""The binary interface, as the C header declares it.

Written by tools/write_abi.py from focus_session.h: change that one, not this.
"""
from ctypes import (CFUNCTYPE, POINTER, c_char, c_char_p, c_double, c_float, c_int32, c_int64,
                    c_uint32, c_uint64, c_void_p)
from typing import Any, ClassVar, Dict, Tuple

from ._struct import Struct

VERSION = (0, 1, 0)

ENGINE_KEY_SIZE = 64
LOOK_AHEAD_DEFAULT = -1
NO_CAP = -1
NO_RETRIES = -1
ACCESS_KEY_SIZE = 69
ACCESS_KEY_HASH_SIZE = 65
CAPABILITY_GENERATE = "USE_MUSIC_GENERATION"
NO_RATE_LIMIT = -1


focus_log_callback = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)


class focus_error(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("code", c_int32),
        ("field", c_char_p),
        ("message", c_char_p),
        ("path", c_char_p),
    ]


class focus_service_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("storage", c_int32),
        ("data_folder", c_char_p),
        ("worker_count", c_int32),
        ("log_level", c_int32),
        ("log", focus_log_callback),
        ("log_user_data", c_void_p),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"log_level": 1}


class focus_engine_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("enabled", c_int32),
        ("key", c_char_p),
        ("display_name", c_char_p),
        ("description", c_char_p),
        ("version", c_char_p),
        ("max_duration_seconds", c_int32),
        ("vocals", c_int32),
        ("stems", c_int32),
        ("licence_class", c_int32),
        ("commercial_use", c_int32),
        ("requires_attribution", c_int32),
        ("has_score", c_int32),
        ("concurrency", c_int32),
        ("price_micros_per_minute", c_int64),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"licence_class": 3}


class focus_session_request(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("goal", c_int32),
        ("target_minutes", c_int32),
        ("intensity", c_int32),
        ("divergence", c_double),
        ("custom_prompt", c_char_p),
        ("engine", c_char_p),
        ("seed", c_uint64),
        ("has_seed", c_int32),
        ("format", c_int32),
        ("target_lufs", c_double),
        ("segment_seconds", c_double),
        ("sample_rate", c_int32),
        ("look_ahead", c_int32),
        ("modulation_depth", c_double),
        ("pads_db", c_double),
        ("bass_db", c_double),
        ("melody_db", c_double),
        ("percussion_db", c_double),
        ("ambience_db", c_double),
        ("ending_seconds", c_double),
        ("work_minutes", c_int32),
        ("break_minutes", c_int32),
        ("fallback", c_char_p),
        ("fallback_after_seconds", c_double),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"look_ahead": -1}


class focus_steering(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("goal", c_int32),
        ("intensity", c_int32),
        ("target_minutes", c_int32),
        ("divergence", c_double),
        ("custom_prompt", c_char_p),
        ("at_seconds", c_double),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"divergence": -1.0, "at_seconds": -1.0}


class focus_session_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("status", c_int32),
        ("session_id", c_char_p),
        ("engine", c_char_p),
        ("goal", c_int32),
        ("intensity", c_int32),
        ("target_minutes", c_int32),
        ("total_segments", c_int32),
        ("ready_count", c_int32),
        ("more_pending", c_int32),
        ("divergence", c_double),
        ("seed", c_uint64),
        ("target_lufs", c_double),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
        ("created_at", c_int64),
        ("next_ready_at", c_int64),
        ("custom_prompt", c_char_p),
        ("spent_micros", c_int64),
    ]


class focus_segment_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("index", c_int32),
        ("ready", c_int32),
        ("reserved", c_int32),
        ("path", c_char_p),
        ("engine", c_char_p),
        ("key", c_char_p),
        ("tempo_bpm", c_double),
        ("start_seconds", c_double),
        ("duration_seconds", c_double),
        ("frames", c_int64),
        ("fade_in_ms", c_int32),
        ("fade_out_ms", c_int32),
        ("target_lufs", c_double),
        ("integrated_lufs", c_double),
        ("range_lu", c_double),
        ("true_peak_dbtp", c_double),
        ("gain_db", c_double),
        ("cue_in_seconds", c_double),
        ("cue_out_seconds", c_double),
        ("limited", c_int32),
        ("fallback", c_int32),
        ("phase", c_int32),
        ("licence_class", c_int32),
        ("engine_version", c_char_p),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"licence_class": 3}


class focus_json_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("include_analysis", c_int32),
        ("base_url", c_char_p),
    ]


class focus_event(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("type", c_int32),
        ("segment_index", c_int32),
        ("code", c_int32),
        ("message", c_char * 256),
        ("engine", c_char * 64),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"segment_index": -1}


class focus_player_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("mode", c_int32),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"channel_count": 2}


class focus_player_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("state", c_int32),
        ("segment_index", c_int32),
        ("underruns", c_int32),
        ("position_seconds", c_double),
        ("duration_seconds", c_double),
        ("next_join_seconds", c_double),
        ("sleep_seconds", c_double),
        ("volume", c_double),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"next_join_seconds": -1.0, "sleep_seconds": -1.0, "volume": 1.0}


class focus_measurement_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
        ("curve_count", c_int32),
        ("curve_step_seconds", c_double),
        ("duration_seconds", c_double),
        ("integrated_lufs", c_double),
        ("range_lu", c_double),
        ("true_peak_dbtp", c_double),
        ("max_momentary_lufs", c_double),
        ("max_short_term_lufs", c_double),
        ("cue_in_seconds", c_double),
        ("cue_out_seconds", c_double),
    ]


class focus_mix_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("sample_rate", c_int32),
        ("target_lufs", c_double),
        ("ceiling_dbtp", c_double),
        ("crossfade_seconds", c_double),
    ]


class focus_mix_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("file_count", c_int32),
        ("transition_count", c_int32),
        ("complete", c_int32),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
        ("duration_seconds", c_double),
        ("progress", c_double),
    ]


class focus_mix_file_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("index", c_int32),
        ("path", c_char_p),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
        ("duration_seconds", c_double),
        ("start_seconds", c_double),
        ("gain_db", c_double),
        ("integrated_lufs", c_double),
        ("true_peak_dbtp", c_double),
        ("cue_in_seconds", c_double),
        ("cue_out_seconds", c_double),
        ("limited", c_int32),
        ("curve_count", c_int32),
    ]


class focus_mix_transition_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("index", c_int32),
        ("start_seconds", c_double),
        ("end_seconds", c_double),
        ("old_end_seconds", c_double),
        ("new_start_seconds", c_double),
        ("offset_seconds", c_double),
        ("correlation", c_double),
        ("old_bpm", c_double),
        ("new_bpm", c_double),
        ("deepest_trim_db", c_double),
        ("curve", c_int32),
        ("polarity_inverted", c_int32),
        ("tempo_match", c_int32),
        ("reserved", c_int32),
    ]


class focus_spend_caps(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_int32),
        ("per_session_micros", c_int64),
        ("per_day_micros", c_int64),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"per_session_micros": -1, "per_day_micros": -1}


class focus_track_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("segment_index", c_int32),
        ("track_id", c_char_p),
        ("title", c_char_p),
        ("engine", c_char_p),
        ("session_id", c_char_p),
        ("path", c_char_p),
        ("duration_seconds", c_double),
        ("created_at", c_int64),
        ("licence_class", c_int32),
        ("instrumental", c_int32),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"licence_class": 3}


class focus_brief(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("segment_index", c_int32),
        ("segment_count", c_int32),
        ("goal", c_int32),
        ("character", c_int32),
        ("intensity", c_int32),
        ("phase", c_int32),
        ("section", c_int32),
        ("session_id", c_char_p),
        ("prompt", c_char_p),
        ("divergence", c_double),
        ("session_seed", c_uint64),
        ("seed", c_uint64),
        ("tempo_bpm", c_double),
        ("bar_seconds", c_double),
        ("key", c_char_p),
        ("key_before", c_char_p),
        ("key_after", c_char_p),
        ("start_seconds", c_double),
        ("session_seconds", c_double),
        ("frames", c_int64),
        ("sample_rate", c_int32),
        ("channel_count", c_int32),
        ("overlap_in_frames", c_int64),
        ("overlap_out_frames", c_int64),
        ("ending_seconds", c_double),
        ("target_lufs", c_double),
        ("pads_db", c_double),
        ("bass_db", c_double),
        ("melody_db", c_double),
        ("percussion_db", c_double),
        ("ambience_db", c_double),
        ("previous_samples", POINTER(c_float)),
        ("previous_frames", c_int64),
        ("attempt", c_int32),
        ("reserved", c_int32),
    ]


class focus_engine_description(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("licence_class", c_int32),
        ("key", c_char_p),
        ("display_name", c_char_p),
        ("description", c_char_p),
        ("version", c_char_p),
        ("commercial_use", c_int32),
        ("requires_attribution", c_int32),
        ("vocals", c_int32),
        ("stems", c_int32),
        ("continues_previous", c_int32),
        ("max_duration_seconds", c_int32),
        ("sample_rate", c_int32),
        ("concurrency", c_int32),
        ("retries", c_int32),
        ("reserved", c_int32),
        ("retry_delay_seconds", c_double),
        ("timeout_seconds", c_double),
        ("previous_seconds", c_double),
        ("expected_speed", c_double),
        ("price_micros_per_minute", c_int64),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"licence_class": 3}


class focus_engine_vtable(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_int32),
        ("describe", CFUNCTYPE(c_int32, c_void_p, POINTER(focus_engine_description))),
        ("generate", CFUNCTYPE(c_int32, c_void_p, POINTER(focus_brief), c_void_p)),
        ("release", CFUNCTYPE(None, c_void_p)),
    ]


class focus_check_result(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("verdict", c_int32),
        ("name", c_char_p),
        ("detail", c_char_p),
        ("seconds", c_double),
    ]


focus_check_callback = CFUNCTYPE(c_int32, c_void_p, POINTER(focus_check_result))


class focus_check_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("quick", c_int32),
        ("seed", c_uint64),
        ("callback", focus_check_callback),
        ("user_data", c_void_p),
    ]
    _defaults_: ClassVar[Dict[str, Any]] = {"seed": 1}


class focus_access_key(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("organization_count", c_int32),
        ("capability_count", c_int32),
        ("requests_per_minute", c_int32),
        ("hash", c_char_p),
        ("caller", c_char_p),
        ("organizations", POINTER(c_char_p)),
        ("capabilities", POINTER(c_char_p)),
    ]


class focus_http_options(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("requests_per_minute", c_int32),
        ("url_life_seconds", c_int32),
        ("url_key_life_seconds", c_int32),
        ("public_base_url", c_char_p),
    ]


class focus_http_request(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("header_count", c_int32),
        ("method", c_char_p),
        ("target", c_char_p),
        ("header_names", POINTER(c_char_p)),
        ("header_values", POINTER(c_char_p)),
        ("body", c_void_p),
        ("body_size", c_int64),
    ]


class focus_http_response_info(Struct):
    _fields_ = [
        ("struct_size", c_uint32),
        ("status", c_int32),
        ("header_count", c_int32),
        ("body_kind", c_int32),
        ("body", c_void_p),
        ("body_size", c_int64),
        ("file_path", c_char_p),
        ("file_offset", c_int64),
    ]


FUNCTIONS: Dict[str, Tuple[Any, ...]] = {
    "focus_last_error": (POINTER(focus_error),),
    "focus_version_number": (),
    "focus_service_open": (POINTER(focus_service_options), POINTER(c_void_p)),
    "focus_service_destroy": (c_void_p,),
    "focus_engine_list_create": (c_void_p, POINTER(c_void_p)),
    "focus_engine_list_count": (c_void_p, POINTER(c_int32)),
    "focus_engine_list_get": (c_void_p, c_int32, POINTER(focus_engine_info)),
    "focus_engine_list_destroy": (c_void_p,),
    "focus_session_start": (c_void_p, POINTER(focus_session_request), POINTER(c_void_p)),
    "focus_session_open": (c_void_p, c_char_p, POINTER(c_void_p)),
    "focus_session_steer": (c_void_p, POINTER(focus_steering), POINTER(c_double)),
    "focus_session_end": (c_void_p,),
    "focus_session_destroy": (c_void_p,),
    "focus_session_delete": (c_void_p, c_char_p),
    "focus_session_delete_expired": (c_void_p, c_int64, POINTER(c_int32)),
    "focus_session_list_create": (c_void_p, POINTER(c_void_p)),
    "focus_session_list_count": (c_void_p, POINTER(c_int32)),
    "focus_session_list_get": (c_void_p, c_int32, POINTER(c_char_p)),
    "focus_session_list_destroy": (c_void_p,),
    "focus_session_snapshot": (c_void_p, POINTER(c_void_p)),
    "focus_snapshot_info": (c_void_p, POINTER(focus_session_info)),
    "focus_snapshot_segment": (c_void_p, c_int32, POINTER(focus_segment_info)),
    "focus_snapshot_json": (c_void_p, POINTER(focus_json_options), POINTER(c_char_p)),
    "focus_snapshot_destroy": (c_void_p,),
    "focus_session_poll_event": (c_void_p, POINTER(focus_event)),
    "focus_session_wait_event": (c_void_p, c_int32, POINTER(focus_event)),
    "focus_session_read_segment": (c_void_p, c_int32, c_int64, c_void_p, c_int64, POINTER(c_int64)),
    "focus_session_write_segment": (c_void_p, c_int32, c_char_p),
    "focus_session_write_score": (c_void_p, c_int32, c_char_p),
    "focus_player_create": (c_void_p, POINTER(focus_player_options), POINTER(c_void_p)),
    "focus_player_render_interleaved": (c_void_p, c_void_p, c_int32),
    "focus_player_render_planar": (c_void_p, POINTER(c_void_p), c_int32),
    "focus_player_pause": (c_void_p,),
    "focus_player_resume": (c_void_p,),
    "focus_player_seek": (c_void_p, c_double),
    "focus_player_skip": (c_void_p,),
    "focus_player_set_volume": (c_void_p, c_double),
    "focus_player_set_sleep_timer": (c_void_p, c_double, c_double),
    "focus_player_set_output": (c_void_p, c_int32, c_int32),
    "focus_player_get_info": (c_void_p, POINTER(focus_player_info)),
    "focus_player_destroy": (c_void_p,),
    "focus_audio_file_create": (c_char_p, c_int32, c_int32, POINTER(c_void_p)),
    "focus_audio_file_write": (c_void_p, c_void_p, c_int64),
    "focus_audio_file_commit": (c_void_p,),
    "focus_audio_file_destroy": (c_void_p,),
    "focus_measurement_create": (c_char_p, POINTER(c_void_p)),
    "focus_measurement_get_info": (c_void_p, POINTER(focus_measurement_info)),
    "focus_measurement_curves": (c_void_p, POINTER(POINTER(c_float)), POINTER(POINTER(c_float))),
    "focus_measurement_destroy": (c_void_p,),
    "focus_mix_create": (POINTER(c_char_p), c_int32, POINTER(focus_mix_options), POINTER(c_void_p)),
    "focus_mix_write": (c_void_p, c_char_p),
    "focus_mix_cancel": (c_void_p,),
    "focus_mix_get_info": (c_void_p, POINTER(focus_mix_info)),
    "focus_mix_get_file": (c_void_p, c_int32, POINTER(focus_mix_file_info)),
    "focus_mix_get_transition": (c_void_p, c_int32, POINTER(focus_mix_transition_info)),
    "focus_mix_file_curve": (c_void_p, c_int32, POINTER(POINTER(c_float))),
    "focus_mix_transition_gains": (c_void_p, c_int32, c_int32, c_void_p, c_void_p),
    "focus_mix_destroy": (c_void_p,),
    "focus_service_set_engine_price": (c_void_p, c_char_p, c_int64),
    "focus_service_set_spend_caps": (c_void_p, c_char_p, POINTER(focus_spend_caps)),
    "focus_service_get_spend": (c_void_p, c_char_p, POINTER(c_int64), POINTER(c_int64)),
    "focus_session_promote": (c_void_p, c_int32, c_char_p, POINTER(c_void_p)),
    "focus_track_open": (c_void_p, c_char_p, POINTER(c_void_p)),
    "focus_track_get_info": (c_void_p, POINTER(focus_track_info)),
    "focus_track_write": (c_void_p, c_char_p),
    "focus_track_destroy": (c_void_p,),
    "focus_track_delete": (c_void_p, c_char_p),
    "focus_track_list_create": (c_void_p, POINTER(c_void_p)),
    "focus_track_list_count": (c_void_p, POINTER(c_int32)),
    "focus_track_list_get": (c_void_p, c_int32, POINTER(c_char_p)),
    "focus_track_list_destroy": (c_void_p,),
    "focus_sink_write_interleaved": (c_void_p, c_void_p, c_int64, c_int32),
    "focus_sink_write_planar": (c_void_p, POINTER(c_void_p), c_int64, c_int32),
    "focus_sink_report_progress": (c_void_p, c_double),
    "focus_sink_check": (c_void_p,),
    "focus_sink_explain": (c_void_p, c_char_p),
    "focus_engine_register": (c_void_p, POINTER(focus_engine_vtable), c_void_p),
    "focus_engine_register_command": (c_void_p, POINTER(focus_engine_description), c_char_p),
    "focus_engine_unregister": (c_void_p, c_char_p, c_int32),
    "focus_engine_check_run": (c_void_p, c_char_p, POINTER(focus_check_options), POINTER(c_void_p)),
    "focus_engine_check_count": (c_void_p, POINTER(c_int32), POINTER(c_int32)),
    "focus_engine_check_get": (c_void_p, c_int32, POINTER(focus_check_result)),
    "focus_engine_check_destroy": (c_void_p,),
    "focus_access_key_generate": (c_char_p, c_int32),
    "focus_access_key_hash": (c_char_p, c_char_p, c_int32),
    "focus_service_add_access_key": (c_void_p, POINTER(focus_access_key)),
    "focus_service_remove_access_key": (c_void_p, c_char_p),
    "focus_service_set_http_options": (c_void_p, POINTER(focus_http_options)),
    "focus_service_rotate_url_key": (c_void_p,),
    "focus_service_handle": (c_void_p, POINTER(focus_http_request), POINTER(c_void_p)),
    "focus_http_response_get_info": (c_void_p, POINTER(focus_http_response_info)),
    "focus_http_response_get_header": (c_void_p, c_int32, POINTER(c_char_p), POINTER(c_char_p)),
    "focus_http_response_read": (c_void_p, c_void_p, c_int64, c_int32, POINTER(c_int64)),
    "focus_http_response_destroy": (c_void_p,),
}
