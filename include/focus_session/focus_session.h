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
 *    The library starts threads only in focus_service_open and focus_player_create, and two more for
 *    each call of an engine of the host's own (see focus_engine_register): one that plays, and one that
 *    works on for the other sessions. It keeps no state
 *    across fork(): in the child, every function on a handle made before answers FOCUS_ERROR_FORKED.
 *
 * 5. Versions
 *    Structs only grow at their end, enumerators keep their values, functions stay. `@since` names the
 *    version that brought a function. A minimal build for small devices has every function; those of
 *    a part that it leaves out answer FOCUS_ERROR_UNSUPPORTED (requests, keys, JSON).
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
  FOCUS_ERROR_NOT_FOUND = -2,        /**< no such session, segment, engine, or (with a `path`) file */
  FOCUS_ERROR_NOT_READY = -3,        /**< planned, but not made yet; or changed meanwhile: try again */
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
  const char *path;    /**< the file or folder it is about; "" when there is none; @since 0.1 */
} focus_error;
#define FOCUS_ERROR_INIT {sizeof(focus_error), FOCUS_OK, NULL, NULL, NULL}

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
  FOCUS_STORAGE_TEMPORARY = 0, /**< a private folder, removed when the service is destroyed, or, where
                                    the process was killed, when the next is opened; in a minimal
                                    build the same as FOCUS_STORAGE_MEMORY */
  FOCUS_STORAGE_FOLDER = 1,    /**< `data_folder`, which lasts: sessions can be opened again;
                                    FOCUS_ERROR_UNSUPPORTED in a minimal build */
  FOCUS_STORAGE_MEMORY = 2     /**< no files at all; bounded: 4 ahead of the player, heard ones dropped,
                                    all let go when nobody uses the session any more */
};

enum focus_log_level {
  FOCUS_LOG_DEBUG = 0,
  FOCUS_LOG_INFO = 1,
  FOCUS_LOG_WARNING = 2,
  FOCUS_LOG_ERROR = 3
};

/**
 * Receives one line of the library's log. Called from worker threads, never from the audio thread, one
 * call at a time for each service. It may block, which holds up those workers, but must not call the
 * library on the service it was given to, nor throw.
 */
typedef void (*focus_log_callback)(void *user_data, int32_t level, const char *message);

typedef struct focus_service_options {
  uint32_t struct_size;
  int32_t storage;             /**< enum focus_storage */
  const char *data_folder;     /**< for FOCUS_STORAGE_FOLDER alone; created if its parent exists */
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

/** Room for the key of an engine, the zero byte included. */
#define FOCUS_ENGINE_KEY_SIZE 64

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
  int32_t concurrency;          /**< segments it makes at a time; 0: as many as there are workers */
  int64_t price_micros_per_minute; /**< of its music, in millionths of the host's currency; 0: free */
} focus_engine_info;
#define FOCUS_ENGINE_INFO_INIT                                                                  \
  {sizeof(focus_engine_info), 0, NULL, NULL, NULL, NULL, 0, 0, 0, FOCUS_LICENCE_UNCLEAR, 0, 0, 0, \
   0, 0}

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

/** How segments are kept. A memory store holds the samples that a file of the format would give back. */
enum focus_format {
  FOCUS_FORMAT_FLAC16 = 0, /**< 16 bit with TPDF dither */
  FOCUS_FORMAT_FLAC24 = 1,
  FOCUS_FORMAT_WAV = 2,    /**< 32-bit float */
  FOCUS_FORMAT_OGG = 3,
  FOCUS_FORMAT_OPUS = 4
};

/** For `look_ahead`: as many as the store can hold; all, in a folder; 3 for an engine with a price. */
#define FOCUS_LOOK_AHEAD_DEFAULT (-1)

/**
 * What the listener asks for. `goal` and `target_minutes` are required. The fields from
 * `modulation_depth` on are options that change nothing while they are 0.
 */
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
  double modulation_depth;   /**< of 16 Hz amplitude modulation above 200 Hz: 0 (off) to 1; for the goals
                                  focus and custom_prompt */
  double pads_db;            /**< levels in dB against how the music is composed, -60 (off) to 12: */
  double bass_db;
  double melody_db;
  double percussion_db;
  double ambience_db;
  double ending_seconds;     /**< of the last fade, 1 to 3600 and at most half the session; 0: the goal's
                                  own (8; relax 20, sleep 90, energize 4) */
  int32_t work_minutes;      /**< 5 to 120: work and breaks of `break_minutes` take turns, work first, and
                                  breaks play relax; not for the goals relax and sleep */
  int32_t break_minutes;     /**< 1 to 60; 0, like work_minutes: no breaks */
  const char *fallback;      /**< key of the engine that stands in where `engine` fails; NULL or "": the
                                  default engine */
  double fallback_after_seconds; /**< how long `engine` may take for a segment, its retries included,
                                  before `fallback` makes it: 0.1 to 86400; 0: as long as its own timeout
                                  lets it. Where a live player would run dry it is stood in for anyway */
  double tempo_bpm;          /**< beats a minute, 30 to 240, to the nearest whole 10 ms a bar; 0: the goal's
                                  own. Tempo in `custom_prompt` yields to it; breaks keep their own.
                                  @since 0.1 */
} focus_session_request;
#define FOCUS_SESSION_REQUEST_INIT                                                         \
  {sizeof(focus_session_request), 0, 0, FOCUS_INTENSITY_DEFAULT, 0.0, NULL, NULL, 0, 0,    \
   FOCUS_FORMAT_FLAC16, 0.0, 0.0, 0, FOCUS_LOOK_AHEAD_DEFAULT, 0.0, 0.0, 0.0, 0.0, 0.0,    \
   0.0, 0.0, 0, 0, NULL, 0.0, 0.0}

/** Of which kind a field of focus_session_request is. */
enum focus_request_field_kind {
  FOCUS_REQUEST_FIELD_INTEGER = 1, /**< an int32_t */
  FOCUS_REQUEST_FIELD_REAL = 2,    /**< a double */
  FOCUS_REQUEST_FIELD_TEXT = 3,    /**< a const char *, which may be NULL */
  FOCUS_REQUEST_FIELD_CHOICE = 4,  /**< an int32_t that is an enumerator */
  FOCUS_REQUEST_FIELD_SEED = 5     /**< a uint64_t that counts only when has_seed is 1 */
};

/** What a field of focus_session_request may hold, for a form, a command line or a check. */
typedef struct focus_request_field {
  uint32_t struct_size;
  int32_t kind;            /**< enum focus_request_field_kind */
  const char *name;        /**< of the struct's member, and of the member of a request's JSON body */
  const char *description; /**< a sentence or two, in English, with `names` in backquotes */
  double minimum;          /**< of a number or a choice; 0 for a text */
  double maximum;          /**< likewise; both ends are allowed */
  double unset;            /**< the value, maybe outside of the range, that leaves it at its default */
  int32_t is_required;     /**< 1: unset is refused */
  int32_t is_option;       /**< 1: in JSON a member of `options`, else of the body itself */
} focus_request_field;
#define FOCUS_REQUEST_FIELD_INIT \
  {sizeof(focus_request_field), 0, NULL, NULL, 0.0, 0.0, 0.0, 0, 0}

/**
 * The number of fields of a request that this library knows; a newer one may know more.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_request_field_count(int32_t *count) FOCUS_NOEXCEPT;
/**
 * Field number `index`, counted from 0. Its strings are constants of the library. What concerns more
 * than one field (`modulation_depth` is not for every goal) only focus_session_start judges.
 * @return FOCUS_OK, or FOCUS_ERROR_NOT_FOUND past the end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_request_field_get(int32_t index, focus_request_field *field) FOCUS_NOEXCEPT;

enum focus_session_status {
  FOCUS_SESSION_ACTIVE = 0,     /**< segments are still to come */
  FOCUS_SESSION_ENDED = 1,      /**< all are ready, the caller ended it, or it can not go on */
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
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND; FOCUS_ERROR_BAD_DATA or _IO (the store).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_open(focus_service *service, const char *session_id,
                                     focus_session **session) FOCUS_NOEXCEPT;

/** What changes while a session goes on; a field at its default stays as it is. @since 0.1 */
typedef struct focus_steering {
  uint32_t struct_size;
  int32_t goal;              /**< enum focus_goal; 0: as it is */
  int32_t intensity;         /**< enum focus_intensity; FOCUS_INTENSITY_DEFAULT: as it is */
  int32_t target_minutes;    /**< of the whole session, more or fewer than before; 0: as it is */
  double divergence;         /**< 0 to 1; -1: as it is */
  const char *custom_prompt; /**< other words, and with them FOCUS_GOAL_CUSTOM_PROMPT; NULL: as it is */
  double at_seconds;         /**< not before this moment of the session; -1: as soon as can be */
} focus_steering;
#define FOCUS_STEERING_INIT \
  {sizeof(focus_steering), 0, FOCUS_INTENSITY_DEFAULT, 0, -1.0, NULL, -1.0}

/**
 * Changes a session that is going on. What was heard stays; the rest is planned anew, from the next
 * bar line or beat after what its player plays now (of several, the one that is furthest and not at
 * the end), and a player crosses over to it in the music: with the built-in engine within 3 s, with a
 * slower one as soon as it delivers. A change of target_minutes alone comes where the next segment
 * begins, if one does, so that it is not heard. The loudness stays that of the start. Where no player
 * is, segments that are ready stay and the first that is not is the first to be planned anew.
 *
 * The segments from the change on are others: their files are replaced, and the one before is heard
 * only up to its new `duration_seconds`. The change is part of the session: opened again, it plays the
 * same. FOCUS_EVENT_STEERED names the first new segment.
 * @param from_seconds receives the moment of the session at which the change begins; may be NULL.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field that is wrong (`target_minutes` where
 *         the session has come too far to end then, `steering` where nothing would change);
 *         FOCUS_ERROR_INVALID_ARGUMENT with the field `session` when it was ended or is about to;
 *         an error of the store. After an error the session is as it was.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_steer(focus_session *session, const focus_steering *steering,
                                      double *from_seconds) FOCUS_NOEXCEPT;

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

/**
 * Removes a session from the store: it is ended, its work given up, and its segments are deleted. What
 * was promoted from it (see Tracks) stays. Handles of it that are still there answer
 * FOCUS_ERROR_NOT_FOUND to whoever reads its music.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND; an error of the store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_delete(focus_service *service,
                                       const char *session_id) FOCUS_NOEXCEPT;

/**
 * Removes, in the same way, every session that nobody uses (no handle, player or request of the last
 * quarter of an hour) and that has not changed for long: not started, not steered, no segment made.
 * @param unix_before seconds since 1970-01-01T00:00:00Z: who has changed since then stays.
 * @param deleted receives how many were removed; may be NULL.
 * @return FOCUS_OK, or an error of the store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_delete_expired(focus_service *service, int64_t unix_before,
                                               int32_t *deleted) FOCUS_NOEXCEPT;

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
  const char *custom_prompt; /**< what is played, in words; "" for another goal */
  int64_t spent_micros;      /**< on what its engines have delivered so far; see Spending */
} focus_session_info;
#define FOCUS_SESSION_INFO_INIT \
  {sizeof(focus_session_info), 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0.0, 0, 0.0, 0, 0, 0, 0, NULL, 0}

/** What a segment is for, where a session was asked for with `work_minutes`. @since 0.1 */
enum focus_phase {
  FOCUS_PHASE_NONE = 0, /**< the session has no phases */
  FOCUS_PHASE_WORK = 1,
  FOCUS_PHASE_BREAK = 2
};

/** A segment: planned from the start; what was measured is 0 until it is ready. */
typedef struct focus_segment_info {
  uint32_t struct_size;
  int32_t index;              /**< from 0 */
  int32_t ready;              /**< 0 or 1 */
  int32_t reserved;
  const char *path;           /**< of its file; "" in a memory store and until it is ready. The file of a
                                   segment that steering has cut short goes on longer than it is heard. */
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
  int32_t phase;              /**< enum focus_phase */
  int32_t licence_class;      /**< enum focus_licence_class: what `engine` said of it when it played it;
                                   FOCUS_LICENCE_UNCLEAR until it is ready */
  const char *engine_version; /**< of `engine` when it played it; "" until it is ready */
} focus_segment_info;
#define FOCUS_SEGMENT_INFO_INIT                                                               \
  {sizeof(focus_segment_info), 0, 0, 0, NULL, NULL, NULL, 0.0, 0.0, 0.0, 0, 0, 0, 0.0, 0.0, 0.0, \
   0.0, 0.0, 0.0, 0.0, 0, 0, FOCUS_PHASE_NONE, FOCUS_LICENCE_UNCLEAR, NULL}

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
  int32_t include_analysis; /**< 1: the session and its segments have an `analysis` */
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
  FOCUS_EVENT_SEGMENT_FAILED = 4, /**< segment_index could not be made or kept; message says why. The
                                       session makes no further segment until it is opened anew. */
  FOCUS_EVENT_STEERED = 5,        /**< planned anew from segment_index on; see focus_session_steer */
  FOCUS_EVENT_TROUBLE = 6         /**< segment_index could not be read, or not be written while a player
                                       listens; message says why. It is made again, or kept in memory
                                       until it was heard: the music goes on. */
};

typedef struct focus_event {
  uint32_t struct_size;
  int32_t type;          /**< enum focus_event_type */
  int32_t segment_index; /**< -1 where the event is not about a segment */
  int32_t code;          /**< enum focus_result of a failure */
  char message[256];     /**< one line; "" where there is nothing to say */
  char engine[FOCUS_ENGINE_KEY_SIZE]; /**< key of the engine that has played segment_index (SEGMENT_READY) or
                              stands in for it (FALLBACK); else "" */
} focus_event;
#define FOCUS_EVENT_INIT {sizeof(focus_event), FOCUS_EVENT_NONE, -1, FOCUS_OK, {0}, {0}}

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
  double duration_seconds;  /**< of the session */
  double next_join_seconds; /**< the moment of the session at which the next segment begins; -1: none */
  double sleep_seconds;     /**< of music, until the sleep timer pauses; -1: it is not set */
  double volume;            /**< as it was set: 0 to 1 */
  int32_t sample_rate;      /**< of the host */
  int32_t channel_count;
} focus_player_info;
#define FOCUS_PLAYER_INFO_INIT \
  {sizeof(focus_player_info), 0, 0, 0, 0.0, 0.0, -1.0, -1.0, 1.0, 0, 0}

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
 *         offline mode, a negative code when a segment could not be made or read; what that call had
 *         rendered by then is lost.
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
/**
 * Goes on at a moment of the session, over a ramp of 10 ms; what is not made yet is made first.
 * @param seconds from 0, less than the session's duration. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_seek(focus_player *player, double seconds) FOCUS_NOEXCEPT;
/**
 * Goes on where the next segment begins.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND in the last one. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_skip(focus_player *player) FOCUS_NOEXCEPT;
/**
 * Sets the gain of all that is rendered, reached within 50 ms: linear, from 0 (silent) to 1 (as it is).
 * [any-thread] [audio-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_volume(focus_player *player, double volume) FOCUS_NOEXCEPT;
/**
 * Pauses after a time of music (waiting and pauses do not count), the last `fade_seconds` of which
 * fade away. Resuming then goes on at the level from before. A timer replaces the one before.
 * @param seconds at most a week; negative: no timer.
 * @param fade_seconds 0 or more; as long as `seconds` at the most. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_sleep_timer(focus_player *player, double seconds,
                                               double fade_seconds) FOCUS_NOEXCEPT;
/**
 * The host plays at another rate or on other channels from now on, as after a change of the device.
 * No render may be under way; the music goes on where it was.
 * @param sample_rate 8000 to 192000 Hz; 0: the session's. @param channel_count 1 to 8.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_output(focus_player *player, int32_t sample_rate,
                                          int32_t channel_count) FOCUS_NOEXCEPT;
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

/* ---- Mixes -------------------------------------------------------------------------------------- */

/** Audio files of the host's own, levelled and joined to one as seamlessly as segments are. */
typedef struct focus_mix focus_mix;

typedef struct focus_mix_options {
  uint32_t struct_size;
  int32_t sample_rate;      /**< of the mix, 8000 to 192000 Hz; 0: the one most files have, as far as
                                 the format can hold it */
  double target_lufs;       /**< that each file is brought to, -40 to -8; 0: -18 */
  double ceiling_dbtp;      /**< of the files and of their sum, -20 to below 0; 0: -1 */
  double crossfade_seconds; /**< 0.01 to 60, but at most half of a file; 0: found for each pair (4 to
                                 16, at most a tenth of a file) */
} focus_mix_options;
#define FOCUS_MIX_OPTIONS_INIT {sizeof(focus_mix_options), 0, 0.0, 0.0, 0.0}

typedef struct focus_mix_info {
  uint32_t struct_size;
  int32_t file_count;
  int32_t transition_count; /**< file_count - 1 */
  int32_t complete;         /**< 1 once it was made: files and transitions can be asked for */
  int32_t sample_rate;      /**< of the mix, in Hz; 0 until it is complete */
  int32_t channel_count;    /**< 2 */
  double duration_seconds;  /**< of the mix; 0 until it is complete */
  double progress;          /**< of the making that is under way, 0 to 1 */
} focus_mix_info;
#define FOCUS_MIX_INFO_INIT {sizeof(focus_mix_info), 0, 0, 0, 0, 0, 0.0, 0.0}

/** One file as it was mixed. Times that are not said to be the mix's are the file's own. */
typedef struct focus_mix_file_info {
  uint32_t struct_size;
  int32_t index;             /**< from 0 */
  const char *path;          /**< as it was given; belongs to the mix */
  int32_t sample_rate;       /**< of the file */
  int32_t channel_count;     /**< of the file; mono is put on both sides, more than two are folded
                                  down as ITU-R BS.775 does */
  double duration_seconds;
  double start_seconds;      /**< where its first sample lies in the mix, heard or not; may be negative */
  double gain_db;            /**< the one linear gain it was given */
  double integrated_lufs;    /**< with that gain */
  double true_peak_dbtp;     /**< likewise */
  double cue_in_seconds;     /**< first and last moment at which the body is at full level */
  double cue_out_seconds;
  int32_t limited;           /**< 1 where gain alone could not hold the ceiling */
  int32_t curve_count;       /**< points of focus_mix_file_curve, one each 0.1 s */
} focus_mix_file_info;
#define FOCUS_MIX_FILE_INFO_INIT \
  {sizeof(focus_mix_file_info), 0, NULL, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0}

/** The law of a crossfade; with u from 0 to 1 through the overlap and p = (1 - cos(pi u)) / 2: */
enum focus_crossfade_curve {
  FOCUS_CROSSFADE_EQUAL_POWER = 0,   /**< cos and sin of pi u / 2: one side is silent */
  FOCUS_CROSSFADE_EQUAL_GAIN = 1,    /**< 1 - p and p */
  FOCUS_CROSSFADE_LOUDNESS_HELD = 2, /**< (1 - p) k and p k, with k from levels and correlation */
  FOCUS_CROSSFADE_SAME_PIECE = 3     /**< 1 - p and p: both sides are the same music */
};

/** What meets in a transition. */
enum focus_tempo_match {
  FOCUS_TEMPO_MATCH_NONE = 0, /**< a tempo is unknown, or they differ by more than 2 % */
  FOCUS_TEMPO_MATCH_BEATS = 1,
  FOCUS_TEMPO_MATCH_DOWNBEATS = 2
};

/** How file `index` goes over into file `index` + 1. */
typedef struct focus_mix_transition_info {
  uint32_t struct_size;
  int32_t index;              /**< of the old file */
  double start_seconds;       /**< of the overlap, in the mix */
  double end_seconds;
  double old_end_seconds;     /**< where the overlap ends in the old file: its cue-out */
  double new_start_seconds;   /**< where it begins in the new file: its cue-in */
  double offset_seconds;      /**< by which the old one is taken later (negative: earlier) than its cue
                                   point says, for beats to meet or for the two to agree */
  double correlation;         /**< over the overlap, K-weighted, -1 to 1, before any inversion */
  double old_bpm;             /**< near the join; 0 where no pulse was found */
  double new_bpm;
  double deepest_trim_db;     /**< the most the sum was lowered to stay under the ceiling, from 0 on */
  int32_t curve;              /**< enum focus_crossfade_curve */
  int32_t polarity_inverted;  /**< 1 where the new one is mixed with its polarity turned */
  int32_t tempo_match;        /**< enum focus_tempo_match */
  int32_t reserved;
} focus_mix_transition_info;
#define FOCUS_MIX_TRANSITION_INFO_INIT \
  {sizeof(focus_mix_transition_info), 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0}

/**
 * Prepares a mix of `count` files, in this order, of any format libsndfile reads, any sample rate and 1
 * to 8 channels. Opens each to see that it is there; reads none of them.
 * @param paths `count` paths (1 to 10000), copied.
 * @param options NULL for all defaults.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (an option, `paths` or `count`);
 *         FOCUS_ERROR_NOT_FOUND, _IO or _BAD_DATA with the path that can not be read.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_create(const char *const *paths, int32_t count,
                                   const focus_mix_options *options,
                                   focus_mix **mix) FOCUS_NOEXCEPT;
/**
 * Makes the mix: measures and levels every file, finds how each pair is joined, and writes it to `path`,
 * whose ending chooses the format (.wav as 32-bit float, .flac as 24 bit, .ogg, .opus, .mp3); whole or
 * not at all. Blocks until it is done, and holds two decoded files in memory at most. May be called
 * again, from one thread at a time; the same files give the same samples.
 * @param path NULL: measures and finds the transitions, and writes nothing.
 * @return FOCUS_OK; FOCUS_ERROR_CANCELLED; FOCUS_ERROR_INVALID_ARGUMENT (`path`, `sample_rate`);
 *         FOCUS_ERROR_BAD_DATA with the path of a file that is damaged or silent; FOCUS_ERROR_NOT_READY
 *         while another call of it is under way; FOCUS_ERROR_IO or _NO_SPACE.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_write(focus_mix *mix, const char *path) FOCUS_NOEXCEPT;
/** Stops the focus_mix_write that is under way, if any, within moments; it then returns
 * FOCUS_ERROR_CANCELLED. Returns at once. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_cancel(focus_mix *mix) FOCUS_NOEXCEPT;
/** Counts, length and progress. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_get_info(const focus_mix *mix, focus_mix_info *info) FOCUS_NOEXCEPT;
/**
 * File `index` of file_count, as it was mixed.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND past the end; FOCUS_ERROR_NOT_READY until it is complete.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_get_file(const focus_mix *mix, int32_t index,
                                     focus_mix_file_info *info) FOCUS_NOEXCEPT;
/** Transition `index` of transition_count; errors as for files. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_get_transition(const focus_mix *mix, int32_t index,
                                           focus_mix_transition_info *info) FOCUS_NOEXCEPT;
/**
 * Momentary loudness (400 ms) in LUFS of file `index` as it was mixed: curve_count floats, one each
 * 0.1 s from 0.1 s on, in stereo at the mix's rate.
 * @param points receives them; they belong to the mix and are valid until it is made again.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_file_curve(const focus_mix *mix, int32_t index,
                                       const float **points) FOCUS_NOEXCEPT;
/**
 * The gains of transition `index` at `count` moments spread evenly from its start to its end.
 * @param old_gains room for `count` floats (2 at least), linear.
 * @param new_gains likewise; negative where the polarity is inverted.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_transition_gains(const focus_mix *mix, int32_t index, int32_t count,
                                             float *old_gains, float *new_gains) FOCUS_NOEXCEPT;
/** Gives a mix back; no focus_mix_write may be under way. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_destroy(focus_mix *mix) FOCUS_NOEXCEPT;

/* ---- Spending: engines with a price ------------------------------------------------------------- */

/**
 * What an engine costs, per minute of its music, in micro-units: millionths of whatever currency the host
 * counts in. Whole numbers throughout. A segment's price is held before it is made, settled when it was
 * delivered and given back when it failed, or when another engine stood in. Sessions that are going on
 * pay the new price from their next segment on. The price is not kept: set it after each opening.
 * @param engine_key a key of the engine list. @param micros_per_minute 0 (free) to 10^12.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_set_engine_price(focus_service *service, const char *engine_key,
                                                 int64_t micros_per_minute) FOCUS_NOEXCEPT;

/** For a cap: none. */
#define FOCUS_NO_CAP (-1)

/** What may be spent, in micro-units; however many sessions go on, they never pass it. */
typedef struct focus_spend_caps {
  uint32_t struct_size;
  int32_t reserved;
  int64_t per_session_micros; /**< from 0 on, or FOCUS_NO_CAP */
  int64_t per_day_micros;     /**< by all sessions of an organization in a day (UTC), likewise */
} focus_spend_caps;
#define FOCUS_SPEND_CAPS_INIT {sizeof(focus_spend_caps), 0, FOCUS_NO_CAP, FOCUS_NO_CAP}

/**
 * Sets the caps. A session whose next segment would pass one of them stops for good, with the status
 * FOCUS_SESSION_STOPPED_CAP; what it has made stays playable. What was spent is kept in the store, the
 * caps are not: set them after each opening.
 * @param organization whose caps they are; NULL: of all that have none of their own. Sessions that were
 *        started by focus_session_start belong to the organization "".
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_set_spend_caps(focus_service *service, const char *organization,
                                               const focus_spend_caps *caps) FOCUS_NOEXCEPT;
/**
 * What an organization has spent today (UTC), in micro-units.
 * @param organization NULL is "". @param settled_micros what was delivered; may be NULL.
 * @param held_micros what is held for work under way; may be NULL. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_get_spend(focus_service *service, const char *organization,
                                          int64_t *settled_micros,
                                          int64_t *held_micros) FOCUS_NOEXCEPT;

/* ---- Tracks: segments to keep ------------------------------------------------------------------- */

/** A segment that was promoted: it outlives its session. */
typedef struct focus_track focus_track;

typedef struct focus_track_info {
  uint32_t struct_size;
  int32_t segment_index;     /**< that it was */
  const char *track_id;      /**< "mtrack_" and 12 hexadecimal digits */
  const char *title;
  const char *engine;        /**< that really played it */
  const char *session_id;    /**< that it was promoted from, which may be gone */
  const char *path;          /**< of its file; "" in a memory store */
  double duration_seconds;
  int64_t created_at;        /**< seconds since 1970-01-01T00:00:00Z */
  int32_t licence_class;     /**< enum focus_licence_class, of its engine when it was promoted */
  int32_t instrumental;      /**< 0 or 1 */
} focus_track_info;
#define FOCUS_TRACK_INFO_INIT \
  {sizeof(focus_track_info), 0, NULL, NULL, NULL, NULL, NULL, 0.0, 0, FOCUS_LICENCE_UNCLEAR, 0}

/**
 * Keeps a ready segment as a track. Promoting it again gives the same track.
 * @param title NULL or "": one is made of the goal and the segment's number.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND (no such segment); FOCUS_ERROR_NOT_READY; an error of the
 *         store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_promote(focus_session *session, int32_t index, const char *title,
                                        focus_track **track) FOCUS_NOEXCEPT;
/** A track of this store by its id. @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_open(focus_service *service, const char *track_id,
                                   focus_track **track) FOCUS_NOEXCEPT;
/** What it is; its strings belong to the track. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_get_info(const focus_track *track,
                                       focus_track_info *info) FOCUS_NOEXCEPT;
/** Copies its audio to `path`, in the format it has: whole or not at all. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_write(const focus_track *track, const char *path) FOCUS_NOEXCEPT;
/** Gives the handle back; the track stays in the store. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_track_destroy(focus_track *track) FOCUS_NOEXCEPT;
/** Removes a track and its audio from the store. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_delete(focus_service *service, const char *track_id) FOCUS_NOEXCEPT;

/** The ids of the tracks in a service's store, oldest first, as they were when it was made. */
typedef struct focus_track_list focus_track_list;

/** Lists the tracks in the store. The caller destroys the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_create(focus_service *service,
                                          focus_track_list **list) FOCUS_NOEXCEPT;
/** The number of tracks in the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_count(const focus_track_list *list, int32_t *count) FOCUS_NOEXCEPT;
/** The id of track `index`, counted from 0; it belongs to the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_get(const focus_track_list *list, int32_t index,
                                       const char **track_id) FOCUS_NOEXCEPT;
/** Gives a list back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_destroy(focus_track_list *list) FOCUS_NOEXCEPT;

/* ---- A host's own engine ------------------------------------------------------------------------ */

/** Where in a session's arc a segment stands. @since 0.1 */
enum focus_section {
  FOCUS_SECTION_OPENING = 0,
  FOCUS_SECTION_SETTLING = 1,
  FOCUS_SECTION_DEVELOPING = 2,
  FOCUS_SECTION_CLOSING = 3
};

/**
 * All an engine is told of one segment: the same brief asks for the same music, unless the engine has
 * declared that it continues the segment before. It and its strings and samples belong to the library
 * and are valid until `generate` returns. `struct_size` is that of the library: a host that was built
 * against a newer header looks at it before it reads a field from after `attempt`.
 *
 * The session is one piece of whole bars in four-four. Its bar lines are at start_seconds +
 * n * bar_seconds, n = 0, 1, ...; where neighbours have one tempo, their bar lines are the same. What is
 * delivered is brought to loudness, crossfaded and faded out at the session's end by the library: an
 * engine fades nothing, and plays on through both overlaps.
 */
typedef struct focus_brief {
  uint32_t struct_size;
  int32_t segment_index;       /**< from 0 */
  int32_t segment_count;       /**< of the session as it is planned now */
  int32_t goal;                /**< enum focus_goal, as asked for */
  int32_t character;           /**< the goal whose music is meant here: never CUSTOM_PROMPT; in a break
                                    FOCUS_GOAL_RELAX */
  int32_t intensity;           /**< enum focus_intensity of this segment: LOW, MEDIUM or HIGH */
  int32_t phase;               /**< enum focus_phase */
  int32_t section;             /**< enum focus_section */
  const char *session_id;
  const char *prompt;          /**< as it was written; "" in a break and where the goal is another */
  double divergence;           /**< 0 to 1 */
  uint64_t session_seed;       /**< the same for all segments of the session */
  uint64_t seed;               /**< of this segment alone */
  double tempo_bpm;            /**< beats a minute */
  double bar_seconds;          /**< 240 / tempo_bpm, a whole number of 10 ms */
  const char *key;             /**< tonic and mode, e.g. "D dorian" */
  const char *key_before;      /**< of the neighbours; `key` where there is none */
  const char *key_after;
  double start_seconds;        /**< of its first frame, in what the listener hears */
  double session_seconds;      /**< the session's whole played length */
  int64_t frames;              /**< to deliver: exactly so many, at `sample_rate` */
  int32_t sample_rate;         /**< in Hz; the engine's own, where it has described one */
  int32_t channel_count;       /**< that the library keeps: 2. An engine may deliver 1 or 2 */
  int64_t overlap_in_frames;   /**< heard together with the segment before; 0 for the first */
  int64_t overlap_out_frames;  /**< heard together with the segment after; 0 for the last */
  double ending_seconds;       /**< of the session's last fade, > 0 on segments that reach into it */
  double target_lufs;          /**< to which the library will bring it */
  double pads_db;              /**< levels that were asked for, see focus_session_request */
  double bass_db;
  double melody_db;
  double percussion_db;
  double ambience_db;
  const float *previous_samples; /**< the end of the segment before as it is heard (mastered), at
                                    `sample_rate`, two channels interleaved; NULL unless the engine
                                    continues_previous, and where the segment before is not made yet (a
                                    listener has jumped ahead) or is the first */
  int64_t previous_frames;     /**< how many; the last overlap_in_frames of them are heard together with
                                    this segment's first ones */
  int32_t attempt;             /**< 1 for the first try, 2 for the first retry, ... */
  int32_t reserved;
} focus_brief;

/**
 * Where `generate` puts its audio. It belongs to the library and is valid until `generate` returns; in
 * that time one thread at a time may use it, which need not be that of `generate`.
 */
typedef struct focus_sink focus_sink;

/**
 * Takes the next frames. What is beyond the brief's `frames` is dropped.
 * @param samples frames x channel_count floats, nominally within +-1 (the library masters them).
 * @param channel_count 1 or 2.
 * @return FOCUS_OK; FOCUS_ERROR_CANCELLED when the work is wanted no more: then `generate` returns it
 *         within 10 ms; FOCUS_ERROR_INVALID_ARGUMENT (a NULL, a count, a sample that is not finite).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_write_interleaved(focus_sink *sink, const float *samples, int64_t frames,
                                               int32_t channel_count) FOCUS_NOEXCEPT;
/** The same from one array a channel. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_sink_write_planar(focus_sink *sink, const float *const *channels,
                                          int64_t frames, int32_t channel_count) FOCUS_NOEXCEPT;
/**
 * Tells how far the work is, for an engine that delivers only at its end: the forecast of when the
 * segment is ready follows it. What is written counts by itself.
 * @param fraction 0 to 1.
 * @return FOCUS_OK or FOCUS_ERROR_CANCELLED, as above. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_report_progress(focus_sink *sink, double fraction) FOCUS_NOEXCEPT;
/** Whether the work is still wanted. @return FOCUS_OK or FOCUS_ERROR_CANCELLED, as above.
 * [any-thread] @since 0.1 */
FOCUS_API int32_t focus_sink_check(const focus_sink *sink) FOCUS_NOEXCEPT;
/**
 * Says why `generate` is about to return an error, in one line that names the remedy. It is put into
 * the log, the event and the error that the listener's host sees. @param message copied.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_explain(focus_sink *sink, const char *message) FOCUS_NOEXCEPT;

/** For `retries`: none. */
#define FOCUS_NO_RETRIES (-1)

/** What an engine is. Of all that is 0 or NULL, but for `key`, the default is meant. A text is one line of
 * UTF-8, of at most 1000 bytes. */
typedef struct focus_engine_description {
  uint32_t struct_size;
  int32_t licence_class;        /**< enum focus_licence_class, never overstated */
  const char *key;              /**< what a request names: 1 to 63 of a-z, 0-9, '_', '-' and '.', and new */
  const char *display_name;     /**< NULL: the key */
  const char *description;      /**< one line for a person who chooses */
  const char *version;          /**< part of what a segment is a function of; NULL: "1" */
  int32_t commercial_use;       /**< 0 or 1, like every flag here; 1 only with a licence_class COMMERCIAL_... */
  int32_t requires_attribution;
  int32_t vocals;
  int32_t stems;                /**< only told on: the library takes the mix */
  int32_t continues_previous;   /**< 1: its segments are made in order, each with the end of the one
                                     before; it promises no purity */
  int32_t max_duration_seconds; /**< of one segment, 30 at least; 0: 600. A request that would need a
                                     longer one is refused */
  int32_t sample_rate;          /**< at which it plays, whatever the session's: 8000 to 192000 Hz;
                                     0: at the session's. The library resamples */
  int32_t concurrency;          /**< calls of `generate` at a time, 1 to 64; 0: 1 */
  int32_t retries;              /**< after the first try, to 10; 0: 2; or FOCUS_NO_RETRIES */
  int32_t reserved;
  double retry_delay_seconds;   /**< before the first retry, doubled for each further one, at most 3600;
                                     0: 1 */
  double timeout_seconds;       /**< of one call of `generate`, at most 86400; 0: 30 and four times the
                                     segment's length */
  double previous_seconds;      /**< how much of the segment before it wants to hear, at most 600;
                                     0: 30 */
  double expected_speed;        /**< seconds of audio it makes in a second, until that was measured:
                                     0.001 to 1e6; 0: 1 */
  int64_t price_micros_per_minute; /**< see focus_service_set_engine_price */
} focus_engine_description;
#define FOCUS_ENGINE_DESCRIPTION_INIT                                                                  \
  {sizeof(focus_engine_description), FOCUS_LICENCE_UNCLEAR, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, \
   0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0}

/** An engine as the host makes it. No function may throw, or unwind past the library. */
typedef struct focus_engine_vtable {
  uint32_t struct_size;
  int32_t reserved;
  /**
   * Fills in the description, whose strings the library copies at once. Called once, by
   * focus_engine_register on its own thread. @return FOCUS_OK, or a negative code: it is not registered.
   */
  int32_t (*describe)(void *user_data, focus_engine_description *description);
  /**
   * Plays one segment into the sink. Called on a thread of the library's, of which each call has its
   * own; at most `concurrency` calls at a time. It may call the library.
   * @return FOCUS_OK when all frames were written; FOCUS_ERROR_CANCELLED when the sink said so;
   *         FOCUS_ERROR_INVALID_ARGUMENT, _UNSUPPORTED or _NOT_FOUND when it is no use to try again;
   *         any other negative code: it is tried again as described, and then stood in for.
   */
  int32_t (*generate)(void *user_data, const focus_brief *brief, focus_sink *sink);
  /**
   * The last call, on any thread, when no other is under way or will ever come: user_data may go. It
   * comes once for each registration: by focus_engine_unregister, or else when the last handle of the
   * service is destroyed; where a call of `generate` goes on then, when that returns. It never comes
   * where the host has ended the thread of a call. May be NULL.
   */
  void (*release)(void *user_data);
} focus_engine_vtable;
#define FOCUS_ENGINE_VTABLE_INIT {sizeof(focus_engine_vtable), 0, NULL, NULL, NULL}

/**
 * Adds an engine of the host's own to the service: requests can name it at once. The host keeps
 * `user_data` alive until `release`; the vtable is copied. An engine that fails, throws away its time or
 * delivers too little is stood in for by the session's fallback. A call that is not back a quarter of a
 * second after its timeout, or after it was cancelled, is left alone on its thread and counts as under way
 * until it returns: while all `concurrency` calls are, the fallback plays. The library then stays loaded
 * for as long as the process lives.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field that is wrong ("key" where there is such
 *         an engine already); FOCUS_ERROR_ENGINE when `describe` fails. After an error `release` is not
 *         called.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_register(focus_service *service, const focus_engine_vtable *vtable,
                                        void *user_data) FOCUS_NOEXCEPT;
/**
 * Adds an engine that is a command, run once a segment by /bin/sh in a process group of its own, which
 * is killed when the work is wanted no more.
 * @param description as above, `describe` being needless; key NULL: "command".
 * @param command in which {brief} becomes the path of a JSON file (the fields of focus_brief; the end of
 *        the segment before is a WAV file of which it has the path) and {out} the path at which the
 *        command leaves its audio: any format that libsndfile reads, any rate, one or two channels. Both
 *        are quoted for the shell. On its standard output a line "progress 0.4" reports progress. A
 *        status other than 0 is an error, which the last line of its standard error explains.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT; FOCUS_ERROR_UNSUPPORTED (a minimal build, or no such
 *         shell here). [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_register_command(focus_service *service,
                                                const focus_engine_description *description,
                                                const char *command) FOCUS_NOEXCEPT;
/**
 * Takes an engine of the host's own away: calls under way are cancelled, and no further one begins.
 * Sessions that play with it are stood in for from their next segment on.
 * @param timeout_ms how long to wait for calls to return, from 0 on.
 * @return FOCUS_OK: no call is under way and `release` has returned; FOCUS_ERROR_NOT_READY: it is taken
 *         away, but a call goes on, after which `release` comes; FOCUS_ERROR_NOT_FOUND: no such engine;
 *         FOCUS_ERROR_UNSUPPORTED: it is built in. [any-thread], but not from a callback of the engine.
 * @since 0.1
 */
FOCUS_API int32_t focus_engine_unregister(focus_service *service, const char *engine_key,
                                          int32_t timeout_ms) FOCUS_NOEXCEPT;

/** What holds of an engine: the results of focus_engine_check_run. */
typedef struct focus_engine_check focus_engine_check;

enum focus_check_verdict {
  FOCUS_CHECK_HOLDS = 0,
  FOCUS_CHECK_FAILS = 1,
  FOCUS_CHECK_NOTE = 2,   /**< true of it, and neither right nor wrong: its speed, its loudness */
  FOCUS_CHECK_SKIPPED = 3 /**< could not be tried; detail says why */
};

/** One thing that was tried. */
typedef struct focus_check_result {
  uint32_t struct_size;
  int32_t verdict;     /**< enum focus_check_verdict */
  const char *name;    /**< e.g. "the same seed gives the same samples" */
  const char *detail;  /**< what was measured, or what is wrong and how to mend it */
  double seconds;      /**< that it took */
} focus_check_result;
#define FOCUS_CHECK_RESULT_INIT {sizeof(focus_check_result), FOCUS_CHECK_HOLDS, NULL, NULL, 0.0}

/** Receives a result as soon as it is there, on the thread that runs the check. A value other than 0
 * ends the check early. */
typedef int32_t (*focus_check_callback)(void *user_data, const focus_check_result *result);

typedef struct focus_check_options {
  uint32_t struct_size;
  int32_t quick;                 /**< 1: a few short briefs alone */
  uint64_t seed;                 /**< of the briefs */
  focus_check_callback callback; /**< may be NULL */
  void *user_data;
} focus_check_options;
#define FOCUS_CHECK_OPTIONS_INIT {sizeof(focus_check_options), 0, 1, NULL, NULL}

/**
 * Puts an engine, built in or the host's, through briefs of every kind (short, long, odd rates, every
 * goal, cancelled at many points, the same seed twice, several at a time) and tells what holds. Nothing
 * is paid, kept or played.
 * @param options NULL for all defaults.
 * @param check receives the results, which the caller destroys.
 * @return FOCUS_OK when the check was run, whatever it found; FOCUS_ERROR_INVALID_ARGUMENT (no such
 *         engine); FOCUS_ERROR_CANCELLED when the callback ended it. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_check_run(focus_service *service, const char *engine_key,
                                         const focus_check_options *options,
                                         focus_engine_check **check) FOCUS_NOEXCEPT;
/** The number of results, and how many of them fail (may be NULL). [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_count(const focus_engine_check *check, int32_t *count,
                                           int32_t *failed) FOCUS_NOEXCEPT;
/** Result `index`, counted from 0; its strings belong to the check. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_get(const focus_engine_check *check, int32_t index,
                                         focus_check_result *result) FOCUS_NOEXCEPT;
/** Gives the results back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_destroy(focus_engine_check *check) FOCUS_NOEXCEPT;

/* ---- HTTP: the wire contract without a socket --------------------------------------------------- */

/** Room for a key and for its hash, the zero byte included. */
#define FOCUS_ACCESS_KEY_SIZE 69
#define FOCUS_ACCESS_KEY_HASH_SIZE 65

/** The capability that starting and steering a session needs. */
#define FOCUS_CAPABILITY_GENERATE "USE_MUSIC_GENERATION"

/**
 * Draws a key: "fsk_" and 256 random bits in hexadecimal digits. Only its hash needs to be kept.
 * @param key room for `capacity` bytes, FOCUS_ACCESS_KEY_SIZE at least. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_access_key_generate(char *key, int32_t capacity) FOCUS_NOEXCEPT;
/**
 * The BLAKE2b-256 hash by which a service knows a key, as 64 hexadecimal digits.
 * @param hash room for `capacity` bytes, FOCUS_ACCESS_KEY_HASH_SIZE at least. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_access_key_hash(const char *key, char *hash,
                                        int32_t capacity) FOCUS_NOEXCEPT;

/** For `requests_per_minute`: no limit. */
#define FOCUS_NO_RATE_LIMIT (-1)

/** Who may do what, by a key that arrives as `X-API-Key: KEY` or `Authorization: Bearer KEY`. */
typedef struct focus_access_key {
  uint32_t struct_size;
  int32_t organization_count;
  int32_t capability_count;
  int32_t requests_per_minute;      /**< 0: that of focus_http_options; or FOCUS_NO_RATE_LIMIT */
  const char *hash;                 /**< see focus_access_key_hash */
  const char *caller;               /**< whose key it is. Sessions and tracks are their caller's, so that
                                         two keys of one caller see the same. NULL or "": the hash */
  const char *const *organizations; /**< to which the caller belongs: letters, digits, _ and - */
  const char *const *capabilities;  /**< e.g. FOCUS_CAPABILITY_GENERATE */
} focus_access_key;
#define FOCUS_ACCESS_KEY_INIT {sizeof(focus_access_key), 0, 0, 0, NULL, NULL, NULL, NULL}

/** Lets a key in, or changes what a known one may do. Not kept: add keys after each opening.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_add_access_key(focus_service *service,
                                               const focus_access_key *key) FOCUS_NOEXCEPT;
/** From now on the key of that hash is not known. @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND.
 * [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_remove_access_key(focus_service *service,
                                                  const char *hash) FOCUS_NOEXCEPT;

typedef struct focus_http_options {
  uint32_t struct_size;
  int32_t requests_per_minute;   /**< of a key that has no limit of its own; 0: 1200; or
                                      FOCUS_NO_RATE_LIMIT */
  int32_t url_life_seconds;      /**< of a signed URL, 1 to 604800; 0: 300 */
  int32_t url_key_life_seconds;  /**< after which URLs are signed with a new key, 60 to 31536000; 0: a day.
                                      What the key before has signed stays valid for as long as its URLs */
  const char *public_base_url;   /**< what playback URLs begin with, e.g. "https://music.example.com";
                                      NULL: "http://" and the request's Host */
} focus_http_options;
#define FOCUS_HTTP_OPTIONS_INIT {sizeof(focus_http_options), 0, 0, 0, NULL}

/** Sets how requests are answered from now on. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_set_http_options(focus_service *service,
                                                 const focus_http_options *options) FOCUS_NOEXCEPT;
/**
 * Signs URLs with a new key from now on. The key before stays valid for URLs that are out already, the
 * one before that no longer: where a key may have leaked, rotate twice. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_rotate_url_key(focus_service *service) FOCUS_NOEXCEPT;

/** A request as a web server, a URL handler of a phone app or an Electron protocol has received it. */
typedef struct focus_http_request {
  uint32_t struct_size;
  int32_t header_count;
  const char *method;               /**< "GET", "POST", ... */
  const char *target;               /**< path and query, percent-encoded as they came: "/v1/music/..." */
  const char *const *header_names;  /**< header_count of them, in any case */
  const char *const *header_values; /**< likewise, as bytes */
  const void *body;                 /**< may be NULL when body_size is 0; need not end with a zero byte */
  int64_t body_size;                /**< more than 65536 is answered with 413 */
} focus_http_request;
#define FOCUS_HTTP_REQUEST_INIT {sizeof(focus_http_request), 0, NULL, NULL, NULL, NULL, NULL, 0}

/** The answer: status, headers and body. Audio stays readable while the answer is held, whatever becomes
 * of its session. */
typedef struct focus_http_response focus_http_response;

enum focus_http_body {
  FOCUS_HTTP_BODY_BYTES = 0, /**< in memory */
  FOCUS_HTTP_BODY_FILE = 1,  /**< a range of a file */
  FOCUS_HTTP_BODY_STREAM = 2 /**< comes as things happen (Server-Sent Events); its length is not known */
};

typedef struct focus_http_response_info {
  uint32_t struct_size;
  int32_t status;        /**< 200, 404, ... */
  int32_t header_count;  /**< Content-Type and, unless it is a stream, Content-Length among them */
  int32_t body_kind;     /**< enum focus_http_body */
  const void *body;      /**< all of it, where it is in memory; belongs to the response */
  int64_t body_size;     /**< 0 for HEAD; -1 for a stream */
  const char *file_path; /**< for FOCUS_HTTP_BODY_FILE, e.g. for sendfile; may be renamed or deleted any
                              time, which focus_http_response_read does not mind */
  int64_t file_offset;   /**< where the body begins in it */
} focus_http_response_info;
#define FOCUS_HTTP_RESPONSE_INFO_INIT \
  {sizeof(focus_http_response_info), 0, 0, 0, NULL, 0, NULL, 0}

/**
 * Answers a request of the wire contract, and beyond it: tracks, steering, events, /openapi.json,
 * /healthz and /metrics. What is wrong with the request is part of the answer (401, 404, 422, ...), not
 * an error of this function. Sessions go on being made while they are active, without any handle.
 * Blocks for no longer than the store does, and than a segment that is no file takes to be encoded.
 * @param response receives the answer, which the caller destroys.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (a NULL, a count below 0); FOCUS_ERROR_OUT_OF_MEMORY.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_handle(focus_service *service, const focus_http_request *request,
                                       focus_http_response **response) FOCUS_NOEXCEPT;
/** The answer as a whole. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_get_info(const focus_http_response *response,
                                               focus_http_response_info *info) FOCUS_NOEXCEPT;
/** Header `index` of header_count; the strings belong to the response. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_get_header(const focus_http_response *response, int32_t index,
                                                 const char **name,
                                                 const char **value) FOCUS_NOEXCEPT;
/**
 * Reads the body on, of whatever kind it is.
 * @param buffer room for `capacity` bytes (1 at least).
 * @param timeout_ms for a stream: how long to wait for something to happen, from 0 on.
 * @param count receives how many bytes were read: 0 when nothing has happened in that time; -1 at the end.
 * @return FOCUS_OK; FOCUS_ERROR_IO or _BAD_DATA, after which there is no more. [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_http_response_read(focus_http_response *response, void *buffer,
                                           int64_t capacity, int32_t timeout_ms,
                                           int64_t *count) FOCUS_NOEXCEPT;
/** Gives an answer back. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_destroy(focus_http_response *response) FOCUS_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif /* FOCUS_SESSION_H */
