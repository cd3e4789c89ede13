/* SPDX-License-Identifier: MIT
 *
 * Focus Session: endless, seamless focus music as a library.
 *
 * A *service* owns worker threads and a store. It starts *sessions*; a session is planned at once and
 * its *segments* are made in the background, each brought to one loudness. A *player* gives a session as
 * one continuous, crossfaded stream, pulled from an audio callback. Fifteen lines are enough:
 *
 *     focus_service *service;
 *     focus_session *session;
 *     focus_player *player;
 *     focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
 *     request.goal = FOCUS_GOAL_FOCUS;
 *     request.target_minutes = 60;
 *     focus_service_open(NULL, &service);
 *     focus_session_start(service, &request, &session);
 *     focus_player_create(session, NULL, &player);
 *     ... in the audio callback: focus_player_render_interleaved(player, out, frames);
 *
 * 1. Errors
 *    Every function returns FOCUS_OK (0) or a negative code from `focus_result`; the render functions
 *    return a count of frames or a negative code. After a failure focus_last_error() gives, for the
 *    calling thread, the code, the field or path it is about, and one line that says what to do. A
 *    function that fails changes nothing, and a handle it would have given is NULL.
 *
 * 2. Strings
 *    All strings are UTF-8 and end with a zero byte. Strings given to the library are copied. Strings
 *    handed out are borrowed: they belong to the handle they were asked of (a snapshot, a list, a
 *    measurement) and are valid until that handle is destroyed.
 *
 * 3. Ownership
 *    What a function creates, the matching `_destroy` gives back; destroying NULL does nothing. A child
 *    keeps what it needs of its parent alive, so the order of destruction does not matter. Destroying a
 *    handle never deletes a session's music from a lasting store.
 *    Every transparent struct begins with `struct_size`; initialise it with its _INIT macro. A struct of
 *    an older header (shorter) is taken with defaults for what it lacks, one of a newer header (longer)
 *    only while what this library does not know of it is zero. Output structs need their _INIT as well.
 *
 * 4. Threads
 *    [any-thread]   may be called from any thread, also at the same time on the same handle.
 *    [main-thread]  may be called from any thread, but not while another call uses the same handle.
 *    [audio-thread] is meant for a real-time callback: it does not allocate, lock, wait, log or touch
 *                   files. One thread at a time per player.
 *    The library starts threads only in focus_service_open and focus_player_create. It keeps no state
 *    across fork(): in the child, every function on a handle made before answers FOCUS_ERROR_FORKED.
 *
 * 5. Versions
 *    Structs only grow at their end, enumerators keep their values, functions stay. `@since` names the
 *    version that brought a function.
 *
 * Units are in names: _seconds, _ms, _hz, _lufs (LUFS, ITU-R BS.1770-4), _dbtp (dB true peak), _lu.
 */
#ifndef FOCUS_SESSION_H
#define FOCUS_SESSION_H

#include <stddef.h>
#include <stdint.h>

#include "version.h"

#if defined(FOCUS_STATIC)
#define FOCUS_API
#elif defined(_WIN32)
#if defined(FOCUS_BUILDING)
#define FOCUS_API __declspec(dllexport)
#else
#define FOCUS_API __declspec(dllimport)
#endif
#else
#define FOCUS_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
#if __cplusplus >= 201103L
#define FOCUS_NOEXCEPT noexcept
#else
#define FOCUS_NOEXCEPT
#endif
extern "C" {
#else
#define FOCUS_NOEXCEPT
#endif

/* ---- Errors and version ------------------------------------------------------------------------- */

/** What a function may return. */
enum focus_result {
  FOCUS_OK = 0,
  FOCUS_ERROR_INVALID_ARGUMENT = -1, /**< an argument or a field holds what it may not; see `field` */
  FOCUS_ERROR_NOT_FOUND = -2,        /**< no such session, segment, engine, file or folder */
  FOCUS_ERROR_NOT_READY = -3,        /**< the segment is planned, but not made yet */
  FOCUS_ERROR_IO = -4,               /**< a file could not be read or written; `field` is its path */
  FOCUS_ERROR_NO_SPACE = -5,         /**< the disk, or the store's bound, is full */
  FOCUS_ERROR_BAD_DATA = -6,         /**< a damaged store, or a file that is not audio */
  FOCUS_ERROR_UNSUPPORTED = -7,      /**< right, but not possible here (an engine without a score) */
  FOCUS_ERROR_ENGINE = -8,           /**< a music engine failed, and so did its fallback */
  FOCUS_ERROR_CANCELLED = -9,        /**< the work was stopped before it was done */
  FOCUS_ERROR_OUT_OF_MEMORY = -10,
  FOCUS_ERROR_FORKED = -11,          /**< the handle was made before fork(), in the parent process */
  FOCUS_ERROR_INTERNAL = -12         /**< a defect of the library; please report its message */
};

/** The error of the last failed call on this thread. */
typedef struct focus_error {
  uint32_t struct_size;
  int32_t code;        /**< enum focus_result; FOCUS_OK when no call has failed on this thread */
  const char *field;   /**< the field, argument or path it is about; "" when there is none */
  const char *message; /**< one line, in English, that names the remedy */
} focus_error;
#define FOCUS_ERROR_INIT {sizeof(focus_error), FOCUS_OK, NULL, NULL}

/**
 * Tells why the last call that failed on this thread did so. A call that succeeds does not clear it.
 * The strings are valid until the next call that fails on this thread.
 * @return FOCUS_OK, or FOCUS_ERROR_INVALID_ARGUMENT when `error` is NULL.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_last_error(focus_error *error) FOCUS_NOEXCEPT;

/**
 * The version of the loaded library, as FOCUS_VERSION_NUMBER: major * 10000 + minor * 100 + patch.
 * [any-thread] [audio-thread] @since 0.1
 */
FOCUS_API int32_t focus_version_number(void) FOCUS_NOEXCEPT;

/* ---- Service ------------------------------------------------------------------------------------ */

/** Worker threads, engines and a store: what sessions live in. */
typedef struct focus_service focus_service;

/** Where segments are kept. */
enum focus_storage {
  FOCUS_STORAGE_TEMPORARY = 0, /**< a private folder, removed when the service is destroyed */
  FOCUS_STORAGE_FOLDER = 1,    /**< `data_folder`, which lasts: sessions can be opened again */
  FOCUS_STORAGE_MEMORY = 2     /**< no files at all; bounded: 4 ahead of the player, heard ones dropped */
};

enum focus_log_level {
  FOCUS_LOG_DEBUG = 0,
  FOCUS_LOG_INFO = 1,
  FOCUS_LOG_WARNING = 2,
  FOCUS_LOG_ERROR = 3
};

/**
 * Receives one line of the library's log. Called from worker threads, never from the audio thread, one
 * call at a time. It may block, but must not call the library on the service it was given to, nor throw.
 */
typedef void (*focus_log_callback)(void *user_data, int32_t level, const char *message);

typedef struct focus_service_options {
  uint32_t struct_size;
  int32_t storage;             /**< enum focus_storage */
  const char *data_folder;     /**< required by FOCUS_STORAGE_FOLDER; created if its parent exists */
  int32_t worker_count;        /**< threads that make segments, 1 to 64; 0: one a core, at most 8 */
  int32_t log_level;           /**< the least important level that `log` gets */
  focus_log_callback log;      /**< NULL: silent */
  void *log_user_data;         /**< given to `log`; the host owns it and keeps it until destroy */
} focus_service_options;
#define FOCUS_SERVICE_OPTIONS_INIT \
  {sizeof(focus_service_options), FOCUS_STORAGE_TEMPORARY, NULL, 0, FOCUS_LOG_INFO, NULL, NULL}

/**
 * Opens a service and starts its workers.
 * @param options NULL for all defaults: a temporary store, the built-in engine, one worker a core.
 * @param service receives the handle, which the caller destroys.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (a bad option); FOCUS_ERROR_NOT_FOUND, _IO or
 *         _NO_SPACE (the folder); FOCUS_ERROR_BAD_DATA (the store in it is damaged).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_open(const focus_service_options *options,
                                     focus_service **service) FOCUS_NOEXCEPT;

/**
 * Gives the handle back. When no session or player of it is left, the work under way is stopped, the
 * workers are joined (in well under a second) and a temporary store is removed. NULL does nothing.
 * @return FOCUS_OK or FOCUS_ERROR_FORKED.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_destroy(focus_service *service) FOCUS_NOEXCEPT;

/* ---- Engines ------------------------------------------------------------------------------------ */

/** What may be done with an engine's music; never overstated. */
enum focus_licence_class {
  FOCUS_LICENCE_COMMERCIAL_CLEARED = 0,
  FOCUS_LICENCE_COMMERCIAL_ENTERPRISE = 1,
  FOCUS_LICENCE_PERSONAL_ONLY = 2,
  FOCUS_LICENCE_UNCLEAR = 3
};

/** The engines of a service, as they were when the list was made. */
typedef struct focus_engine_list focus_engine_list;

typedef struct focus_engine_info {
  uint32_t struct_size;
  int32_t enabled;              /**< 0 or 1, like every flag here */
  const char *key;              /**< what a request names, e.g. "studio" */
  const char *display_name;
  const char *description;      /**< one line for a person who chooses */
  const char *version;
  int32_t max_duration_seconds; /**< of one segment */
  int32_t vocals;
  int32_t stems;
  int32_t licence_class;        /**< enum focus_licence_class */
  int32_t commercial_use;
  int32_t requires_attribution;
  int32_t has_score;            /**< focus_session_write_score works */
  int32_t reserved;
} focus_engine_info;
#define FOCUS_ENGINE_INFO_INIT \
  {sizeof(focus_engine_info), 0, NULL, NULL, NULL, NULL, 0, 0, 0, FOCUS_LICENCE_UNCLEAR, 0, 0, 0, 0}

/** Lists the engines that can be played. The caller destroys the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_list_create(focus_service *service,
                                           focus_engine_list **list) FOCUS_NOEXCEPT;
/** The number of engines in the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_list_count(const focus_engine_list *list,
                                          int32_t *count) FOCUS_NOEXCEPT;
/**
 * Engine number `index`, counted from 0. Its strings belong to the list.
 * @return FOCUS_OK, or FOCUS_ERROR_NOT_FOUND past the end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_list_get(const focus_engine_list *list, int32_t index,
                                        focus_engine_info *info) FOCUS_NOEXCEPT;
/** Gives a list back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_list_destroy(focus_engine_list *list) FOCUS_NOEXCEPT;

/* ---- Sessions ----------------------------------------------------------------------------------- */

/** One listener's hour: planned at once, made segment by segment. */
typedef struct focus_session focus_session;

enum focus_goal {
  FOCUS_GOAL_FOCUS = 1,
  FOCUS_GOAL_RELAX = 2,
  FOCUS_GOAL_SLEEP = 3,
  FOCUS_GOAL_ENERGIZE = 4,
  FOCUS_GOAL_CUSTOM_PROMPT = 5
};

enum focus_intensity {
  FOCUS_INTENSITY_DEFAULT = 0, /**< medium */
  FOCUS_INTENSITY_LOW = 1,
  FOCUS_INTENSITY_MEDIUM = 2,
  FOCUS_INTENSITY_HIGH = 3
};

/** How segments are kept in a folder. A memory store keeps the samples that FLAC16 would hold. */
enum focus_format {
  FOCUS_FORMAT_FLAC16 = 0, /**< 16 bit with TPDF dither */
  FOCUS_FORMAT_FLAC24 = 1,
  FOCUS_FORMAT_WAV = 2,    /**< 32-bit float */
  FOCUS_FORMAT_OGG = 3,
  FOCUS_FORMAT_OPUS = 4
};

/** For `look_ahead`: as many as the store can hold; all, in a folder. */
#define FOCUS_LOOK_AHEAD_DEFAULT (-1)

/** What the listener asks for. `goal` and `target_minutes` are required. */
typedef struct focus_session_request {
  uint32_t struct_size;
  int32_t goal;              /**< enum focus_goal */
  int32_t target_minutes;    /**< 1 to 1440; what is played is exactly as long */
  int32_t intensity;         /**< enum focus_intensity */
  double divergence;         /**< how much segments differ: 0 (very similar) to 1 (highly varied) */
  const char *custom_prompt; /**< what to play, in words; for FOCUS_GOAL_CUSTOM_PROMPT, else ignored */
  const char *engine;        /**< a key of the engine list; NULL or "": the default engine */
  uint64_t seed;             /**< decides every choice; counts only when has_seed is 1 */
  int32_t has_seed;          /**< 0: the service draws one (see focus_session_info) */
  int32_t format;            /**< enum focus_format */
  double target_lufs;        /**< -40 to -8; 0: the goal's own (-18; relax -20, sleep -23, energize -16) */
  double segment_seconds;    /**< about how long a segment is, 20 to 600; 0: 120 */
  int32_t sample_rate;       /**< of the segments, 8000 to 192000 Hz; 0: 48000 */
  int32_t look_ahead;        /**< segments to make ahead of the playhead, from 0 on */
} focus_session_request;
#define FOCUS_SESSION_REQUEST_INIT                                                         \
  {sizeof(focus_session_request), 0, 0, FOCUS_INTENSITY_DEFAULT, 0.0, NULL, NULL, 0, 0,    \
   FOCUS_FORMAT_FLAC16, 0.0, 0.0, 0, FOCUS_LOOK_AHEAD_DEFAULT}

enum focus_session_status {
  FOCUS_SESSION_ACTIVE = 0,     /**< segments are still to come */
  FOCUS_SESSION_ENDED = 1,      /**< all are ready, or the caller ended it */
  FOCUS_SESSION_STOPPED_CAP = 2 /**< stopped because the spend cap was reached */
};

/**
 * Plans a session and begins to make its segments. Returns at once.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field of the request that is wrong; an error
 *         of the store.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_start(focus_service *service, const focus_session_request *request,
                                      focus_session **session) FOCUS_NOEXCEPT;

/**
 * Opens a session of this store by its id, also one that another process made; segments that are not
 * there yet go on being made. A handle of a session that is open already is a second handle to it.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_open(focus_service *service, const char *session_id,
                                     focus_session **session) FOCUS_NOEXCEPT;

/**
 * Ends a session: no further segment is made, work under way is given up, ready segments stay. Never
 * blocks; ending twice is the same as once.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_end(focus_session *session) FOCUS_NOEXCEPT;

/**
 * Gives the handle back. Segments go on being made only while a handle or a player of the session is
 * left; its music stays in the store. NULL does nothing. [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_destroy(focus_session *session) FOCUS_NOEXCEPT;

/** The ids of the sessions in a service's store, oldest first, as they were when it was made. */
typedef struct focus_session_list focus_session_list;

/** Lists the sessions in the store. The caller destroys the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_session_list_create(focus_service *service,
                                            focus_session_list **list) FOCUS_NOEXCEPT;
/** The number of sessions in the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_session_list_count(const focus_session_list *list,
                                           int32_t *count) FOCUS_NOEXCEPT;
/** The id of session `index`, counted from 0; it belongs to the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_session_list_get(const focus_session_list *list, int32_t index,
                                         const char **session_id) FOCUS_NOEXCEPT;
/** Gives a list back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_session_list_destroy(focus_session_list *list) FOCUS_NOEXCEPT;

/* ---- Snapshots: a session as it is now ---------------------------------------------------------- */

/** What a session was at one moment; it does not change any more. */
typedef struct focus_snapshot focus_snapshot;

typedef struct focus_session_info {
  uint32_t struct_size;
  int32_t status;           /**< enum focus_session_status */
  const char *session_id;   /**< "mfocus_" and 12 hexadecimal digits */
  const char *engine;       /**< the key of the engine it plays with */
  int32_t goal;             /**< enum focus_goal */
  int32_t intensity;        /**< enum focus_intensity */
  int32_t target_minutes;
  int32_t total_segments;   /**< planned */
  int32_t ready_count;      /**< ready from the first on, without a hole */
  int32_t more_pending;     /**< 1 exactly while the status is active */
  double divergence;
  uint64_t seed;            /**< start with it again to hear the same music */
  double target_lufs;
  int32_t sample_rate;      /**< of the segments, in Hz */
  int32_t channel_count;    /**< of the segments: 2 */
  int64_t created_at;       /**< seconds since 1970-01-01T00:00:00Z */
  int64_t next_ready_at;    /**< when the next segment is expected, likewise; 0 when none is pending */
} focus_session_info;
#define FOCUS_SESSION_INFO_INIT \
  {sizeof(focus_session_info), 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0.0, 0, 0.0, 0, 0, 0, 0}

/** A segment: planned from the start; what was measured is 0 until it is ready. */
typedef struct focus_segment_info {
  uint32_t struct_size;
  int32_t index;              /**< from 0 */
  int32_t ready;              /**< 0 or 1 */
  int32_t reserved;
  const char *path;           /**< of its file; "" in a memory store and until it is ready */
  const char *engine;         /**< the engine that really played it; "" until it is ready */
  const char *key;            /**< tonic and mode, e.g. "D dorian" */
  double tempo_bpm;
  double start_seconds;       /**< where it begins in what the listener hears */
  double duration_seconds;    /**< overlaps included */
  int64_t frames;             /**< the same at the session's sample rate */
  int32_t fade_in_ms;         /**< overlap with the segment before; 0 for the first */
  int32_t fade_out_ms;        /**< overlap with the segment after; 0 for the last */
  double target_lufs;
  double integrated_lufs;     /**< measured, before the session's last fade */
  double range_lu;            /**< loudness range (EBU Tech 3342) */
  double true_peak_dbtp;
  double gain_db;             /**< that mastering applied to the engine's audio */
  double cue_in_seconds;      /**< first and last moment at which the body is at full level, */
  double cue_out_seconds;     /**< from the segment's own start */
  int32_t limited;            /**< 1 where gain alone could not hold the ceiling */
  int32_t fallback;           /**< 1 where another engine stood in for the one asked for */
} focus_segment_info;
#define FOCUS_SEGMENT_INFO_INIT                                                               \
  {sizeof(focus_segment_info), 0, 0, 0, NULL, NULL, NULL, 0.0, 0.0, 0.0, 0, 0, 0, 0.0, 0.0, 0.0, \
   0.0, 0.0, 0.0, 0.0, 0, 0}

/** Takes a snapshot, which the caller destroys. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_session_snapshot(focus_session *session,
                                         focus_snapshot **snapshot) FOCUS_NOEXCEPT;
/** The session as a whole. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_snapshot_info(const focus_snapshot *snapshot,
                                      focus_session_info *info) FOCUS_NOEXCEPT;
/**
 * Segment `index` of `total_segments`, planned or ready.
 * @return FOCUS_OK, or FOCUS_ERROR_NOT_FOUND past the end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_snapshot_segment(const focus_snapshot *snapshot, int32_t index,
                                         focus_segment_info *info) FOCUS_NOEXCEPT;

typedef struct focus_json_options {
  uint32_t struct_size;
  int32_t include_analysis; /**< 1: each segment has an `analysis` object */
  const char *base_url;     /**< put before "000.flac"; NULL: playback_url is the file's own file:// URL */
} focus_json_options;
#define FOCUS_JSON_OPTIONS_INIT {sizeof(focus_json_options), 0, NULL}

/**
 * The session object of the wire contract.
 * @param json receives UTF-8 JSON, which belongs to the snapshot and is valid until the next call of
 *        this function on it.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_snapshot_json(focus_snapshot *snapshot, const focus_json_options *options,
                                      const char **json) FOCUS_NOEXCEPT;
/** Gives a snapshot back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_snapshot_destroy(focus_snapshot *snapshot) FOCUS_NOEXCEPT;

/* ---- Events ------------------------------------------------------------------------------------- */

enum focus_event_type {
  FOCUS_EVENT_NONE = 0,           /**< nothing has happened */
  FOCUS_EVENT_SEGMENT_READY = 1,  /**< segment_index can be played */
  FOCUS_EVENT_STATUS_CHANGED = 2, /**< see focus_snapshot_info */
  FOCUS_EVENT_FALLBACK = 3,       /**< another engine stands in for segment_index; message says why */
  FOCUS_EVENT_SEGMENT_FAILED = 4  /**< segment_index could not be made or kept; message says why. The
                                       session makes no further segment until it is opened anew. */
};

typedef struct focus_event {
  uint32_t struct_size;
  int32_t type;          /**< enum focus_event_type */
  int32_t segment_index; /**< -1 where the event is not about a segment */
  int32_t code;          /**< enum focus_result of a failure */
  char message[256];     /**< one line; "" where there is nothing to say */
} focus_event;
#define FOCUS_EVENT_INIT {sizeof(focus_event), FOCUS_EVENT_NONE, -1, FOCUS_OK, {0}}

/**
 * The next event of this handle, in the order in which they happened; FOCUS_EVENT_NONE when there is
 * none. A handle sees what has happened since it was made; a host that does not ask for long loses the
 * oldest events, never the newest. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_poll_event(focus_session *session,
                                           focus_event *event) FOCUS_NOEXCEPT;
/**
 * The same, waiting up to `timeout_ms` for one to happen. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_wait_event(focus_session *session, int32_t timeout_ms,
                                           focus_event *event) FOCUS_NOEXCEPT;

/* ---- Segments ----------------------------------------------------------------------------------- */

/**
 * Reads samples of a ready segment, at the session's rate, two channels interleaved.
 * @param first_frame where to begin, 0 to `frames` of its focus_segment_info.
 * @param samples room for `frames` x 2 floats, nominally within +-1.
 * @param frames_read receives how many frames were read: less than asked only at the end.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND (no such segment, or dropped from a memory store);
 *         FOCUS_ERROR_NOT_READY; FOCUS_ERROR_IO or _BAD_DATA.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_read_segment(focus_session *session, int32_t index,
                                             int64_t first_frame, float *samples, int64_t frames,
                                             int64_t *frames_read) FOCUS_NOEXCEPT;
/**
 * Writes a ready segment to `path`, whose ending chooses the format (.flac, .wav, .ogg, .opus, .mp3);
 * a copy, where the store keeps that format already. Whole or not at all. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_write_segment(focus_session *session, int32_t index,
                                              const char *path) FOCUS_NOEXCEPT;
/**
 * Writes the notes of a segment as a standard MIDI file. The segment need not be ready.
 * @return FOCUS_OK; FOCUS_ERROR_UNSUPPORTED when the engine keeps no score. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_write_score(focus_session *session, int32_t index,
                                            const char *path) FOCUS_NOEXCEPT;

/* ---- Player ------------------------------------------------------------------------------------- */

/** A session as one continuous stream: crossfaded, at the host's rate and channel count. */
typedef struct focus_player focus_player;

enum focus_player_mode {
  FOCUS_PLAYER_REALTIME = 0, /**< never waits: for an audio callback */
  FOCUS_PLAYER_OFFLINE = 1   /**< waits for segments that are still being made: for rendering to a file */
};

typedef struct focus_player_options {
  uint32_t struct_size;
  int32_t mode;          /**< enum focus_player_mode */
  int32_t sample_rate;   /**< of the host, 8000 to 192000 Hz; 0: the session's */
  int32_t channel_count; /**< 1 (folded down), 2, or up to 8 (left and right, the others silent) */
} focus_player_options;
#define FOCUS_PLAYER_OPTIONS_INIT {sizeof(focus_player_options), FOCUS_PLAYER_REALTIME, 0, 2}

enum focus_player_state {
  FOCUS_PLAYER_WAITING = 0,  /**< what comes next is not ready: silence, and the position stands */
  FOCUS_PLAYER_PLAYING = 1,
  FOCUS_PLAYER_PAUSED = 2,
  FOCUS_PLAYER_FINISHED = 3  /**< the session is over, or was ended and all that is ready was played */
};

typedef struct focus_player_info {
  uint32_t struct_size;
  int32_t state;            /**< enum focus_player_state */
  int32_t segment_index;    /**< the segment that is heard; in an overlap, the newer one */
  int32_t underruns;        /**< times that music had begun and then had to wait */
  double position_seconds;  /**< in what the listener hears */
} focus_player_info;
#define FOCUS_PLAYER_INFO_INIT {sizeof(focus_player_info), 0, 0, 0, 0.0}

/**
 * Makes a player at the session's beginning. It decodes ahead on a thread of its own (in real-time
 * mode) and keeps the session alive.
 * @param options NULL: real-time, the session's rate, two channels.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_create(focus_session *session, const focus_player_options *options,
                                      focus_player **player) FOCUS_NOEXCEPT;

/**
 * Fills `samples` with the next `frames` frames, interleaved, of the player's channel count. What is
 * not music (waiting, paused, finished) is silence, entered and left without a click.
 * @param samples room for frames x channel_count floats.
 * @return how many frames were music, 0 to `frames` (fewer than asked: see focus_player_info), or, in
 *         offline mode, a negative code when a segment could not be made or read.
 * [audio-thread] (offline mode: [main-thread], waits) @since 0.1
 */
FOCUS_API int32_t focus_player_render_interleaved(focus_player *player, float *samples,
                                                  int32_t frames) FOCUS_NOEXCEPT;
/** The same into one array a channel. [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_render_planar(focus_player *player, float *const *channels,
                                             int32_t frames) FOCUS_NOEXCEPT;
/** Fades out within 20 ms and holds the position. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_pause(focus_player *player) FOCUS_NOEXCEPT;
/** Goes on where pause held. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_resume(focus_player *player) FOCUS_NOEXCEPT;
/** What the player does now. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_get_info(const focus_player *player,
                                        focus_player_info *info) FOCUS_NOEXCEPT;
/** Stops and joins the player's thread. No render may be under way. NULL does nothing. [main-thread]
 * @since 0.1 */
FOCUS_API int32_t focus_player_destroy(focus_player *player) FOCUS_NOEXCEPT;

/* ---- Audio files -------------------------------------------------------------------------------- */

/** A file being written: it stands under its name only once it is committed. */
typedef struct focus_audio_file focus_audio_file;

/**
 * Begins an audio file; the ending of `path` chooses the format: .wav (32-bit float), .flac (24 bit),
 * .ogg, .opus, .mp3.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `path` (an unknown ending),
 *         `sample_rate` (Opus and MP3 know few rates) or `channel_count`; FOCUS_ERROR_IO and the like.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_create(const char *path, int32_t sample_rate,
                                          int32_t channel_count,
                                          focus_audio_file **file) FOCUS_NOEXCEPT;
/** Appends frames, interleaved. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_audio_file_write(focus_audio_file *file, const float *samples,
                                         int64_t frames) FOCUS_NOEXCEPT;
/** Completes the file and gives it its name. Nothing can be written after it. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_audio_file_commit(focus_audio_file *file) FOCUS_NOEXCEPT;
/** Gives the handle back; what was not committed is removed. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_audio_file_destroy(focus_audio_file *file) FOCUS_NOEXCEPT;

/* ---- Measurements ------------------------------------------------------------------------------- */

/** The loudness of one audio file, by EBU R 128. */
typedef struct focus_measurement focus_measurement;

typedef struct focus_measurement_info {
  uint32_t struct_size;
  int32_t sample_rate;
  int32_t channel_count;
  int32_t curve_count;           /**< points in the loudness curves */
  double curve_step_seconds;     /**< from one point to the next; the first is one step from the start */
  double duration_seconds;
  double integrated_lufs;        /**< -infinity for silence */
  double range_lu;
  double true_peak_dbtp;
  double max_momentary_lufs;
  double max_short_term_lufs;
  double cue_in_seconds;         /**< first and last moment at which the body is at full level */
  double cue_out_seconds;
} focus_measurement_info;
#define FOCUS_MEASUREMENT_INFO_INIT \
  {sizeof(focus_measurement_info), 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0}

/**
 * Measures a whole file of any format libsndfile reads.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND, _IO; FOCUS_ERROR_BAD_DATA when it is no audio.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_measurement_create(const char *path,
                                           focus_measurement **measurement) FOCUS_NOEXCEPT;
/** The figures. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_measurement_get_info(const focus_measurement *measurement,
                                             focus_measurement_info *info) FOCUS_NOEXCEPT;
/**
 * Loudness over time: momentary (400 ms) and short-term (3 s) in LUFS, curve_count floats each, which
 * belong to the measurement. Either pointer may be NULL. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_measurement_curves(const focus_measurement *measurement,
                                           const float **momentary_lufs,
                                           const float **short_term_lufs) FOCUS_NOEXCEPT;
/** Gives a measurement back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_measurement_destroy(focus_measurement *measurement) FOCUS_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif /* FOCUS_SESSION_H */
