/* SPDX-License-Identifier: MIT
 *
 * Focus Session: endless, seamless focus music as a library.
 *
 * A *service* owns worker threads and a store. It starts *sessions*. A session is planned completely at
 * its start; its *segments* are made in the background and brought to one loudness. A *player* turns a
 * session into one continuous, crossfaded stream for an audio callback. Fifteen lines are enough:
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
 *    calling thread, the code, the field or path that it concerns, and one line that says what to do.
 *    A function that fails changes nothing, and the handle that it would have returned is NULL.
 *
 * 2. Strings
 *    All strings are UTF-8 and end with a zero byte. Strings given to the library are copied. Strings
 *    returned by the library are borrowed: they belong to the handle that they were requested from (a
 *    snapshot, a list, a measurement) and are valid until that handle is destroyed.
 *
 * 3. Ownership
 *    What a function creates must be destroyed with the matching `_destroy`; for NULL that does nothing.
 *    A child keeps alive what it needs of its parent, so the order of destruction does not matter.
 *    Destroying a handle never deletes a session's music from a persistent store.
 *    Every transparent struct begins with `struct_size`; initialise it with its _INIT macro. A shorter
 *    struct (from an older header) is accepted, with defaults for the missing fields. A longer one (from
 *    a newer header) is accepted if the bytes unknown to this library are zero. A field in whose middle a
 *    struct ends is missing. This holds for output structs too.
 *
 * 4. Threads
 *    [any-thread]   may be called from any thread, also at the same time on the same handle.
 *    [main-thread]  may be called from any thread, but not while another call uses the same handle.
 *    [audio-thread] is meant for a real-time callback: it does not allocate, lock, wait, log or touch
 *                   files. One thread at a time per player.
 *    The library starts threads only in focus_service_open, focus_player_create, focus_library_open and
 *    focus_library_scan, and two more for each call of an engine of the host (see focus_engine_register):
 *    one that plays, and one that makes other segments while a worker waits for the engine. The signals of
 *    the process are blocked on them, so that a host's signal handlers never run there. A call that needs
 *    more stack than its thread has left (64 KiB may be all there is) runs on a thread of its own, for which
 *    it waits.
 *    The library does not work across fork():
 *    in the child, every function returns FOCUS_ERROR_FORKED for a handle that was created before.
 *
 * 5. Versions
 *    Structs only grow at their end, enumerators keep their values, functions stay. `@since` names the
 *    version that added a function. A minimal build for small devices has every function; those of a
 *    part that it lacks (requests, keys, JSON) return FOCUS_ERROR_UNSUPPORTED.
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
 * Returns the error of the last call that failed on this thread. A call that succeeds does not clear it.
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

/** Worker threads, engines and a store, in which sessions exist. */
typedef struct focus_service focus_service;

/** Where segments are kept. */
enum focus_storage {
  FOCUS_STORAGE_TEMPORARY = 0, /**< a private folder, removed when the service is destroyed, or, where
                                    the process was killed, when the next is opened; in a minimal
                                    build the same as FOCUS_STORAGE_MEMORY */
  FOCUS_STORAGE_FOLDER = 1,    /**< `data_folder`, which lasts: sessions can be opened again;
                                    FOCUS_ERROR_UNSUPPORTED in a minimal build */
  FOCUS_STORAGE_MEMORY = 2,    /**< no files at all; bounded: 4 ahead of the player, heard ones dropped,
                                    all let go when nobody uses the session any more */
  FOCUS_STORAGE_CLUSTER = 3    /**< `database_url` and `objects_url`, which the services of many machines
                                    share; FOCUS_ERROR_UNSUPPORTED without libfocus_session_cluster
                                    (Debian: focus-session-cluster) and in a minimal build */
};

enum focus_log_level {
  FOCUS_LOG_DEBUG = 0,
  FOCUS_LOG_INFO = 1,
  FOCUS_LOG_WARNING = 2,
  FOCUS_LOG_ERROR = 3
};

/**
 * Receives one line of the library's log. Called from worker threads, never from the audio thread, one
 * call at a time for each service. It may block, which delays these workers, but it must not call the
 * library with the service that it was registered for, and it must not throw.
 */
typedef void (*focus_log_callback)(void *user_data, int32_t level, const char *message);

/** For `worker_count`: no threads. For FOCUS_STORAGE_CLUSTER alone. */
#define FOCUS_NO_WORKERS (-1)

typedef struct focus_service_options {
  uint32_t struct_size;
  int32_t storage;             /**< enum focus_storage */
  const char *data_folder;     /**< for FOCUS_STORAGE_FOLDER alone; created if its parent exists */
  int32_t worker_count;        /**< threads that make segments, 1 to 64; 0: one a core, at most 8;
                                    FOCUS_NO_WORKERS: none, the other services of the cluster make
                                    them */
  int32_t log_level;           /**< `log` gets no messages below this level */
  focus_log_callback log;      /**< NULL: silent */
  void *log_user_data;         /**< given to `log`; the host owns it and keeps it until destroy */
  const char *database_url;    /**< for FOCUS_STORAGE_CLUSTER alone, like all that follows, and required
                                    by it: postgresql://HOST:PORT/DATABASE?user=NAME */
  const char *objects_url;     /**< where audio is kept (required): the address of a storage that speaks
                                    the protocol of S3, or file:///FOLDER that all machines have mounted */
  const char *objects_bucket;  /**< of that storage, which has it already */
  const char *objects_region;  /**< of that storage; NULL: us-east-1 */
  const char *objects_key;     /**< for that storage */
  const char *objects_secret;  /**< of that key */
  const char *cache_folder;    /**< for audio that is read and written, of this service alone; required;
                                    created if its parent exists */
  const char *node;            /**< how the name of this service begins among those that share the store:
                                    at most 32 letters, digits, '_' and '-'; NULL: "node" */
} focus_service_options;
#define FOCUS_SERVICE_OPTIONS_INIT                                                               \
  {sizeof(focus_service_options), FOCUS_STORAGE_TEMPORARY, NULL, 0, FOCUS_LOG_INFO, NULL, NULL, \
   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}

/**
 * Opens a service and starts its workers.
 * @param options NULL for all defaults: a temporary store, the built-in engine, one worker a core.
 * @param service receives the handle, which the caller destroys.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (a bad option); FOCUS_ERROR_NOT_FOUND, _IO or
 *         _NO_SPACE (the folder); FOCUS_ERROR_BAD_DATA (the store in it is damaged);
 *         FOCUS_ERROR_IO (the database or the storage of a cluster does not answer);
 *         FOCUS_ERROR_UNSUPPORTED (no cluster here, or one that a newer version has written).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_open(const focus_service_options *options,
                                     focus_service **service) FOCUS_NOEXCEPT;

/**
 * Destroys the handle. When no session or player of the service is left, the work in progress is stopped,
 * the workers are joined (in well under a second) and a temporary store is removed. NULL does nothing.
 * @return FOCUS_OK or FOCUS_ERROR_FORKED.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_destroy(focus_service *service) FOCUS_NOEXCEPT;

/* ---- Engines ------------------------------------------------------------------------------------ */

/** Room for the key of an engine, the zero byte included. */
#define FOCUS_ENGINE_KEY_SIZE 64

/** The permitted use of an engine's music. It must not be overstated. */
enum focus_licence_class {
  FOCUS_LICENCE_COMMERCIAL_CLEARED = 0,
  FOCUS_LICENCE_COMMERCIAL_ENTERPRISE = 1,
  FOCUS_LICENCE_PERSONAL_ONLY = 2,
  FOCUS_LICENCE_UNCLEAR = 3
};

/** A list of a service's engines at the time of its creation. */
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
/** Destroys a list. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_list_destroy(focus_engine_list *list) FOCUS_NOEXCEPT;

/* ---- Sessions ----------------------------------------------------------------------------------- */

/** The music for one listener: planned at the start, made segment by segment. */
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

/** The format of segments. A memory store holds the samples that a file in this format would contain. */
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
 * What the listener requests. `goal` and `target_minutes` are required. The fields from
 * `modulation_depth` on are options; they have no effect while they are 0.
 */
typedef struct focus_session_request {
  uint32_t struct_size;
  int32_t goal;              /**< enum focus_goal */
  int32_t target_minutes;    /**< 1 to 1440; what is played is exactly as long */
  int32_t intensity;         /**< enum focus_intensity */
  double divergence;         /**< how much segments differ: 0 (very similar) to 1 (highly varied) */
  const char *custom_prompt; /**< what to play, in words; for FOCUS_GOAL_CUSTOM_PROMPT, an error
                                  with another goal */
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
                                  before `fallback` makes it: 0.1 to 86400; 0: until its own timeout.
                                  If a live player would run dry, `fallback` always makes the segment */
  double tempo_bpm;          /**< beats a minute, 30 to 240, to the nearest whole 10 ms a bar; 0: the goal's
                                  own. Tempo in `custom_prompt` yields to it; breaks keep their own.
                                  @since 0.1 */
  const char *scenes;        /**< sounds of nature, rooms and machines, noises and beats, with levels from
                                  -60 (off) to 12 dB: "rain=-12, fire=-18", "binaural:6/220=-9". The
                                  engine "soundscape" plays these alone; under another engine's music a
                                  scene at 0 dB is as loud as the music. NULL or "": none, or what
                                  "soundscape" chooses. @since 0.1 */
  const char *programme;     /**< other scenes, or another level of it all, from a minute on:
                                  MINUTE[/FADE] [DB]: SCENES, with semicolons between: "0: train;
                                  180/10: sea; 420/30 +6: birds". NULL or "": none. @since 0.1 */
} focus_session_request;
#define FOCUS_SESSION_REQUEST_INIT                                                         \
  {sizeof(focus_session_request), 0, 0, FOCUS_INTENSITY_DEFAULT, 0.0, NULL, NULL, 0, 0,    \
   FOCUS_FORMAT_FLAC16, 0.0, 0.0, 0, FOCUS_LOOK_AHEAD_DEFAULT, 0.0, 0.0, 0.0, 0.0, 0.0,    \
   0.0, 0.0, 0, 0, NULL, 0.0, 0.0, NULL, NULL}

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
 * Opens a session of this store by its id, also if another process created it; its missing segments are
 * then made. If the session is open already, this creates a second handle to it.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND; FOCUS_ERROR_BAD_DATA or _IO (the store).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_open(focus_service *service, const char *session_id,
                                     focus_session **session) FOCUS_NOEXCEPT;

/** What to change in a running session; a field with its default value changes nothing. @since 0.1 */
typedef struct focus_steering {
  uint32_t struct_size;
  int32_t goal;              /**< enum focus_goal; 0: unchanged */
  int32_t intensity;         /**< enum focus_intensity; FOCUS_INTENSITY_DEFAULT: unchanged */
  int32_t target_minutes;    /**< of the whole session, more or fewer than before; 0: unchanged */
  double divergence;         /**< 0 to 1; -1: unchanged */
  const char *custom_prompt; /**< a new prompt, which implies FOCUS_GOAL_CUSTOM_PROMPT; NULL: unchanged */
  double at_seconds;         /**< not before this moment of the session; -1: as soon as possible */
  double pads_db;            /**< level in dB against how the music is composed, -60 (off) to 12.
                                  @since 0.1 */
  double bass_db;            /**< level, likewise. @since 0.1 */
  double melody_db;          /**< level, likewise. @since 0.1 */
  double percussion_db;      /**< level, likewise. @since 0.1 */
  double ambience_db;        /**< level, likewise. @since 0.1 */
  int32_t has_pads_db;       /**< 1: it counts; 0: unchanged. @since 0.1 */
  int32_t has_bass_db;       /**< 1: it counts; 0: unchanged. @since 0.1 */
  int32_t has_melody_db;     /**< 1: it counts; 0: unchanged. @since 0.1 */
  int32_t has_percussion_db; /**< 1: it counts; 0: unchanged. @since 0.1 */
  int32_t has_ambience_db;   /**< 1: it counts; 0: unchanged. @since 0.1 */
  int32_t reserved;          /**< 0. @since 0.1 */
  const char *scenes;        /**< as in focus_session_request, instead of those that are heard now, where an
                                  empty text takes them away; NULL: unchanged. What a programme brings
                                  later still comes. @since 0.1 */
} focus_steering;
#define FOCUS_STEERING_INIT                                                                \
  {sizeof(focus_steering), 0, FOCUS_INTENSITY_DEFAULT, 0, -1.0, NULL, -1.0, 0.0, 0.0, 0.0, \
   0.0, 0.0, 0, 0, 0, 0, 0, 0, NULL}

/**
 * Changes a running session. What was heard does not change. The rest is planned again, from the next bar
 * line or beat after the player's position (of several players, the furthest one that is not at the end),
 * and a player crossfades to it: with the built-in engine within 3 s, with a slower one as soon as it
 * delivers. A change of target_minutes alone takes effect where the next segment begins, if there is one,
 * so that it is inaudible. Levels alone change nothing else of the music: from the next bar line on the
 * same notes are played with the new balance. The loudness remains that of the start. If no player exists, the segments that
 * are ready are kept, and the first one that is not is the first to be planned again.
 *
 * The segments from the change on are replaced, files included, and the segment before it is heard only
 * up to its new `duration_seconds`. The change is part of the session: if the session is opened again, it
 * plays the same. FOCUS_EVENT_STEERED names the first new segment.
 * @param from_seconds receives the moment of the session at which the change takes effect; may be NULL.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field that is wrong (`target_minutes` if it is
 *         too late for the session to end then, `steering` if nothing would change);
 *         FOCUS_ERROR_INVALID_ARGUMENT with the field `session` if it was ended or is about to end;
 *         an error of the store. After an error the session is unchanged.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_steer(focus_session *session, const focus_steering *steering,
                                      double *from_seconds) FOCUS_NOEXCEPT;

/**
 * Ends a session: no further segment is made, work in progress is cancelled, ready segments are kept.
 * Never blocks; ending a session twice is the same as once.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_end(focus_session *session) FOCUS_NOEXCEPT;

/**
 * Destroys the handle. Segments are made only while a handle or a player of the session exists; its music
 * stays in the store. NULL does nothing. [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_destroy(focus_session *session) FOCUS_NOEXCEPT;

/**
 * Removes a session from the store: it is ended, its work is cancelled, and its segments are deleted.
 * Tracks that were promoted from it are kept. Functions that read its music through handles that still
 * exist return FOCUS_ERROR_NOT_FOUND.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND; an error of the store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_delete(focus_service *service,
                                       const char *session_id) FOCUS_NOEXCEPT;

/**
 * Removes, in the same way, every session that is not in use (no handle, no player, and no request in the
 * last quarter of an hour) and was not changed recently: not started, not steered, no segment made.
 * @param unix_before seconds since 1970-01-01T00:00:00Z: sessions that were changed later are kept.
 * @param deleted receives the number of sessions removed; may be NULL.
 * @return FOCUS_OK, or an error of the store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_delete_expired(focus_service *service, int64_t unix_before,
                                               int32_t *deleted) FOCUS_NOEXCEPT;

/** A list of the ids of the sessions in a service's store at the time of its creation, oldest first. */
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
/** Destroys a list. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_session_list_destroy(focus_session_list *list) FOCUS_NOEXCEPT;

/* ---- Snapshots: a session as it is now ---------------------------------------------------------- */

/** The state of a session at one moment; it does not change any more. */
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
  int32_t ready_count;      /**< how many are ready, counted from the first without a gap */
  int32_t more_pending;     /**< 1 exactly while the status is active */
  double divergence;
  uint64_t seed;            /**< start with it again to hear the same music */
  double target_lufs;
  int32_t sample_rate;      /**< of the segments, in Hz */
  int32_t channel_count;    /**< of the segments: 2 */
  int64_t created_at;       /**< seconds since 1970-01-01T00:00:00Z */
  int64_t next_ready_at;    /**< when the next segment is expected, likewise; 0 when none is pending */
  const char *custom_prompt; /**< what is played, in words; "" for another goal */
  int64_t spent_micros;      /**< the price of what its engines have delivered so far; see Spending */
} focus_session_info;
#define FOCUS_SESSION_INFO_INIT \
  {sizeof(focus_session_info), 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0.0, 0, 0.0, 0, 0, 0, 0, NULL, 0}

/** The purpose of a segment in a session with `work_minutes`. @since 0.1 */
enum focus_phase {
  FOCUS_PHASE_NONE = 0, /**< the session has no phases */
  FOCUS_PHASE_WORK = 1,
  FOCUS_PHASE_BREAK = 2
};

/** A segment: planned from the start; measured values are 0 until it is ready. */
typedef struct focus_segment_info {
  uint32_t struct_size;
  int32_t index;              /**< from 0 */
  int32_t ready;              /**< 0 or 1 */
  int32_t reserved;
  const char *path;           /**< of its file; "" in a memory store and until it is ready. The file of a
                                   segment that steering has shortened is longer than what is heard. */
  const char *engine;         /**< the engine that has played it; "" until it is ready */
  const char *key;            /**< tonic and mode, e.g. "D dorian" */
  double tempo_bpm;
  double start_seconds;       /**< its position in what the listener hears */
  double duration_seconds;    /**< overlaps included */
  int64_t frames;             /**< the same at the session's sample rate */
  int32_t fade_in_ms;         /**< overlap with the segment before; 0 for the first */
  int32_t fade_out_ms;        /**< overlap with the segment after; 0 for the last */
  double target_lufs;
  double integrated_lufs;     /**< measured, before the session's ending fade */
  double range_lu;            /**< loudness range (EBU Tech 3342) */
  double true_peak_dbtp;
  double gain_db;             /**< applied to the engine's audio by mastering */
  double cue_in_seconds;      /**< start of the body at full level, from the segment's own start */
  double cue_out_seconds;     /**< end of the body at full level, likewise */
  int32_t limited;            /**< 1 if the limiter was needed to hold the ceiling */
  int32_t fallback;           /**< 1 if another engine replaced the requested one */
  int32_t phase;              /**< enum focus_phase */
  int32_t licence_class;      /**< enum focus_licence_class: that of `engine` when it played the segment;
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

/** A movement or a break of a session, for a list of chapters or a cue sheet. @since 0.1 */
typedef struct focus_chapter_info {
  uint32_t struct_size;
  int32_t reserved;
  double start_seconds; /**< in the session; the first is 0 */
  const char *title;    /**< e.g. "Movement B (G mixolydian)", "Work 2, movement A", "Break 1"; valid as long
                             as the snapshot */
} focus_chapter_info;
#define FOCUS_CHAPTER_INFO_INIT {sizeof(focus_chapter_info), 0, 0.0, NULL}

/** The number of chapters of the whole session, one or more. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_snapshot_chapter_count(const focus_snapshot *snapshot,
                                               int32_t *count) FOCUS_NOEXCEPT;
/**
 * Chapter `index`, from 0.
 * @return FOCUS_OK, or FOCUS_ERROR_NOT_FOUND past the end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_snapshot_chapter(const focus_snapshot *snapshot, int32_t index,
                                         focus_chapter_info *chapter) FOCUS_NOEXCEPT;

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
/** Destroys a snapshot. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_snapshot_destroy(focus_snapshot *snapshot) FOCUS_NOEXCEPT;

/* ---- Events ------------------------------------------------------------------------------------- */

enum focus_event_type {
  FOCUS_EVENT_NONE = 0,           /**< nothing has happened */
  FOCUS_EVENT_SEGMENT_READY = 1,  /**< segment_index can be played */
  FOCUS_EVENT_STATUS_CHANGED = 2, /**< see focus_snapshot_info */
  FOCUS_EVENT_FALLBACK = 3,       /**< another engine stands in for segment_index; message says why */
  FOCUS_EVENT_SEGMENT_FAILED = 4, /**< segment_index could not be made or kept; message says why. The
                                       session makes no further segment until it is opened again, or
                                       another player of it is created. */
  FOCUS_EVENT_STEERED = 5,        /**< planned again from segment_index on; see focus_session_steer */
  FOCUS_EVENT_TROUBLE = 6         /**< segment_index could not be read, or not be made or written for a
                                       moment while a player listens; message says why. It is made again,
                                       or kept in memory until it was heard: the music goes on. */
};

typedef struct focus_event {
  uint32_t struct_size;
  int32_t type;          /**< enum focus_event_type */
  int32_t segment_index; /**< -1 if the event does not concern a segment */
  int32_t code;          /**< enum focus_result of a failure */
  char message[256];     /**< one line; may be "" */
  char engine[FOCUS_ENGINE_KEY_SIZE]; /**< key of the engine that has played segment_index (SEGMENT_READY)
                              or replaces another one for it (FALLBACK); else "" */
} focus_event;
#define FOCUS_EVENT_INIT {sizeof(focus_event), FOCUS_EVENT_NONE, -1, FOCUS_OK, {0}, {0}}

/**
 * Returns the next event of this handle, in the order in which they happened; FOCUS_EVENT_NONE if there
 * is none. A handle receives the events since its creation. If a host does not ask for a long time, the
 * oldest events are dropped, never the newest. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_poll_event(focus_session *session,
                                           focus_event *event) FOCUS_NOEXCEPT;
/**
 * The same, but waits up to `timeout_ms` for an event. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_wait_event(focus_session *session, int32_t timeout_ms,
                                           focus_event *event) FOCUS_NOEXCEPT;

/* ---- Segments ----------------------------------------------------------------------------------- */

/**
 * Reads samples of a ready segment, at the session's rate, two channels interleaved.
 * @param first_frame the first frame to read, 0 to `frames` of its focus_segment_info.
 * @param samples room for `frames` x 2 floats, nominally within +-1.
 * @param frames_read receives the number of frames read: less than requested only at the end.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND (no such segment, or dropped from a memory store);
 *         FOCUS_ERROR_NOT_READY; FOCUS_ERROR_IO or _BAD_DATA.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_read_segment(focus_session *session, int32_t index,
                                             int64_t first_frame, float *samples, int64_t frames,
                                             int64_t *frames_read) FOCUS_NOEXCEPT;
/**
 * Writes a ready segment to `path`, whose ending determines the format (.flac, .wav, .ogg, .opus, .mp3).
 * It is copied if the store has that format. Written completely or not at all. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_write_segment(focus_session *session, int32_t index,
                                              const char *path) FOCUS_NOEXCEPT;
/**
 * The same with a number of bits per sample: 16 (dithered) or 24 in FLAC and WAV, 32 (float) in WAV;
 * 0: as focus_session_write_segment has it. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_write_segment_with_bits(focus_session *session, int32_t index,
                                                        const char *path,
                                                        int32_t bits) FOCUS_NOEXCEPT;
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
  FOCUS_PLAYER_WAITING = 0,  /**< the next segment is not ready: silence; the position does not move */
  FOCUS_PLAYER_PLAYING = 1,
  FOCUS_PLAYER_PAUSED = 2,
  FOCUS_PLAYER_FINISHED = 3  /**< the session is over, or was ended and everything ready was played */
};

typedef struct focus_player_info {
  uint32_t struct_size;
  int32_t state;            /**< enum focus_player_state */
  int32_t segment_index;    /**< the segment that is heard; in an overlap, the newer one */
  int32_t underruns;        /**< how often music that had begun had to wait */
  double position_seconds;  /**< in what the listener hears */
  double duration_seconds;  /**< of the session */
  double next_join_seconds; /**< the moment of the session at which the next segment begins; -1: none */
  double sleep_seconds;     /**< of music, until the sleep timer pauses; -1: not set */
  double volume;            /**< as set: 0 to 1 */
  int32_t sample_rate;      /**< of the host */
  int32_t channel_count;
} focus_player_info;
#define FOCUS_PLAYER_INFO_INIT \
  {sizeof(focus_player_info), 0, 0, 0, 0.0, 0.0, -1.0, -1.0, 1.0, 0, 0}

/**
 * Creates a player at the session's beginning. In real-time mode it decodes ahead on a thread of its own.
 * It keeps the session alive.
 * @param options NULL: real-time, the session's rate, two channels.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_create(focus_session *session, const focus_player_options *options,
                                      focus_player **player) FOCUS_NOEXCEPT;

/**
 * Fills `samples` with the next `frames` frames, interleaved, with the player's channel count. Frames
 * without music (waiting, paused, finished) are silent; the transitions to and from silence do not click.
 * @param samples room for frames x channel_count floats.
 * @return the number of frames with music, 0 to `frames` (if fewer than requested, see
 *         focus_player_info). In offline mode a negative code if a segment could not be made or read:
 *         what that call had rendered before is lost, and the next call tries the segment again.
 * [audio-thread] (offline mode: [main-thread], waits) @since 0.1
 */
FOCUS_API int32_t focus_player_render_interleaved(focus_player *player, float *samples,
                                                  int32_t frames) FOCUS_NOEXCEPT;
/** The same with one array per channel. [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_render_planar(focus_player *player, float *const *channels,
                                             int32_t frames) FOCUS_NOEXCEPT;
/** Fades out within 20 ms and holds the position. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_pause(focus_player *player) FOCUS_NOEXCEPT;
/** Continues where the player was paused. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_resume(focus_player *player) FOCUS_NOEXCEPT;
/**
 * Continues at a moment of the session, over a ramp of 10 ms. A segment that is not ready is made first.
 * @param seconds from 0, less than the session's duration. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_seek(focus_player *player, double seconds) FOCUS_NOEXCEPT;
/**
 * Continues at the beginning of the next segment.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND in the last segment. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_skip(focus_player *player) FOCUS_NOEXCEPT;
/**
 * Sets the linear gain of the output, from 0 (silent) to 1 (unchanged). It is reached within 50 ms.
 * [any-thread] [audio-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_volume(focus_player *player, double volume) FOCUS_NOEXCEPT;
/**
 * Pauses after `seconds` of music (waiting and pauses do not count). The last `fade_seconds` of these are
 * faded out. Resuming then continues at the previous level. A new timer replaces the one before.
 * @param seconds at most a week; negative: no timer.
 * @param fade_seconds 0 or more, and at most `seconds`. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_sleep_timer(focus_player *player, double seconds,
                                               double fade_seconds) FOCUS_NOEXCEPT;
/**
 * Changes the host's sample rate and channel count, for example after a change of the audio device. No
 * render call may be in progress. The music continues at its position.
 * @param sample_rate 8000 to 192000 Hz; 0: the session's. @param channel_count 1 to 8.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_player_set_output(focus_player *player, int32_t sample_rate,
                                          int32_t channel_count) FOCUS_NOEXCEPT;
/** Returns the player's current state. [any-thread] [audio-thread] @since 0.1 */
FOCUS_API int32_t focus_player_get_info(const focus_player *player,
                                        focus_player_info *info) FOCUS_NOEXCEPT;
/** Stops and joins the player's thread. No render call may be in progress. NULL does nothing.
 * [main-thread] @since 0.1 */
FOCUS_API int32_t focus_player_destroy(focus_player *player) FOCUS_NOEXCEPT;

/* ---- Audio files -------------------------------------------------------------------------------- */

/** A file that is being written. It appears under its name only when it is committed. */
typedef struct focus_audio_file focus_audio_file;

/**
 * Begins an audio file. The ending of `path` determines the format: .wav (32-bit float), .flac (24 bit),
 * .ogg, .opus, .mp3. A symbolic link stays one. A pipe, a device or /dev/stdout gets the bytes while they
 * are written, WAV where the name has no such ending.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `path` (an unknown ending),
 *         `sample_rate` (Opus and MP3 support few rates) or `channel_count`; FOCUS_ERROR_IO and the like.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_create(const char *path, int32_t sample_rate,
                                          int32_t channel_count,
                                          focus_audio_file **file) FOCUS_NOEXCEPT;
/**
 * The same with a number of bits per sample: 16 (dithered) or 24 in FLAC and WAV, 32 (float) in WAV;
 * 0: as focus_audio_file_create has it.
 * @return also FOCUS_ERROR_INVALID_ARGUMENT with the field `bits`, if the format does not have them.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_create_with_bits(const char *path, int32_t sample_rate,
                                                    int32_t channel_count, int32_t bits,
                                                    focus_audio_file **file) FOCUS_NOEXCEPT;
typedef struct focus_audio_file_options {
  uint32_t struct_size;
  int32_t sample_rate;   /**< 8000 to 192000 Hz; required */
  int32_t channel_count; /**< 1 to 8; 0: 2 */
  int32_t bits;          /**< as focus_audio_file_create_with_bits has it; 0: as the format usually has */
  const char *format;    /**< wav, flac, ogg, opus or mp3, for a pipe or a device; NULL: as the ending of
                              `path` says, or WAV */
} focus_audio_file_options;
#define FOCUS_AUDIO_FILE_OPTIONS_INIT {sizeof(focus_audio_file_options), 0, 0, 0, NULL}

/**
 * The same with a format that the path does not tell.
 * @return also FOCUS_ERROR_INVALID_ARGUMENT with the field `format`: an unknown one, or another than the
 *         ending of `path` says. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_create_with(const char *path,
                                               const focus_audio_file_options *options,
                                               focus_audio_file **file) FOCUS_NOEXCEPT;
/**
 * Says something of the file in the file itself: a Vorbis comment in FLAC, Ogg and Opus, ID3v2 in MP3 and
 * WAV, LIST-INFO in WAV. To be called before the first write. A file that has any tags also tells its
 * loudness: ReplayGain 2.0, in Opus R128_TRACK_GAIN; not where it goes to a pipe or a device.
 * @param name as in Vorbis comments: TITLE, ARTIST, ALBUM, TRACKNUMBER, GENRE, COMMENT, ENCODER, BPM,
 *        INITIALKEY, or one of the host's own. @param value UTF-8; "" takes the tag away. Of a name that was
 *        given before it is the new value.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `name`, `value` (all tags together may have
 *         48000 bytes) or `file` (after a write). [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_set_tag(focus_audio_file *file, const char *name,
                                           const char *value) FOCUS_NOEXCEPT;
/**
 * Adds a chapter, which reaches to the next one. Chapters are added in their order, before the first
 * write. FLAC, Ogg and Opus get CHAPTER001 and so on, MP3 CHAP frames, WAV cue points as well.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `start_seconds` (negative, or not after the
 *         chapter before), `title` or `file`. [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_add_chapter(focus_audio_file *file, double start_seconds,
                                               const char *title) FOCUS_NOEXCEPT;
/**
 * Gives a file that will have all of a session its tags and chapters: title, key, tempo, engine, licence
 * class, that it was made by a computer, and as its comment the command of the program `focus-session`
 * that makes the same file again. They replace those that were given before. The files of segments have
 * such tags by themselves.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `file` (after a write).
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_describe_session(focus_audio_file *file,
                                                    const focus_snapshot *snapshot) FOCUS_NOEXCEPT;
/**
 * Appends frames, interleaved, nominally within +-1: formats of integers clip what is over.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field `samples` where one of them is not a number
 *         or infinite (nothing is written then, and the file may go on); FOCUS_ERROR_IO, _NO_SPACE.
 * [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_audio_file_write(focus_audio_file *file, const float *samples,
                                         int64_t frames) FOCUS_NOEXCEPT;
/** Completes the file and moves it to its name. No frames can be added then. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_audio_file_commit(focus_audio_file *file) FOCUS_NOEXCEPT;
/** Destroys the handle; a file that was not committed is removed. NULL does nothing. [main-thread]
 * @since 0.1 */
FOCUS_API int32_t focus_audio_file_destroy(focus_audio_file *file) FOCUS_NOEXCEPT;

/* ---- Measurements ------------------------------------------------------------------------------- */

/** The loudness of one audio file according to EBU R 128. */
typedef struct focus_measurement focus_measurement;

/** Whether a loudness was measured, and why it was not. */
enum focus_loudness_state {
  FOCUS_LOUDNESS_MEASURED = 0,
  FOCUS_LOUDNESS_SILENT = 1,    /**< nothing is as loud as -70 LUFS, the gate of the measure */
  FOCUS_LOUDNESS_TOO_SHORT = 2  /**< less than 10 ms of audio, or none */
};

typedef struct focus_measurement_info {
  uint32_t struct_size;
  int32_t sample_rate;
  int32_t channel_count;
  int32_t curve_count;           /**< points in the loudness curves */
  double curve_step_seconds;     /**< from one point to the next; the first is one step from the start */
  double duration_seconds;
  double integrated_lufs;        /**< -infinity unless loudness_state is FOCUS_LOUDNESS_MEASURED */
  double range_lu;
  double true_peak_dbtp;
  double max_momentary_lufs;
  double max_short_term_lufs;
  double cue_in_seconds;         /**< start of the body at full level */
  double cue_out_seconds;        /**< end of the body at full level */
  int64_t non_finite_count;      /**< samples of all channels that are NaN or infinite; they are measured as
                                      silence */
  double first_non_finite_seconds; /**< where the first of them is; -1 where there is none */
  double offset;                 /**< the largest constant offset of a channel; full scale is 1 */
  int32_t loudness_state;        /**< enum focus_loudness_state */
  int32_t reserved;
} focus_measurement_info;
#define FOCUS_MEASUREMENT_INFO_INIT \
  {sizeof(focus_measurement_info), 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, \
   0, 0.0, 0.0, 0, 0}

/**
 * Measures a whole file: WAV, AIFF, CAF, AU, FLAC, Ogg Vorbis, Opus, MP3, and what else libsndfile reads.
 * It is read to its end and counted, whatever length its header tells. A pipe is read as a file is.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND, _IO; FOCUS_ERROR_BAD_DATA if it is not audio, or can not be
 *         decoded to its end: the message says after how many frames.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_measurement_create(const char *path,
                                           focus_measurement **measurement) FOCUS_NOEXCEPT;
/** Receives how far a measuring is, 0 to 1, on the thread that measures, some times a second at most. A
 * return value other than 0 ends it. It must not throw. @since 0.1 */
typedef int32_t (*focus_measurement_callback)(void *user_data, double fraction);

typedef struct focus_measurement_options {
  uint32_t struct_size;
  int32_t reserved;                    /**< 0 */
  focus_measurement_callback callback; /**< may be NULL */
  void *user_data;                     /**< given to `callback` */
} focus_measurement_options;
#define FOCUS_MEASUREMENT_OPTIONS_INIT {sizeof(focus_measurement_options), 0, NULL, NULL}

/**
 * The same, and tells how far it is: a night of music takes a while.
 * @param options NULL for all defaults.
 * @return as focus_measurement_create; FOCUS_ERROR_CANCELLED if the callback ended it.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_measurement_create_with(const char *path,
                                                const focus_measurement_options *options,
                                                focus_measurement **measurement) FOCUS_NOEXCEPT;
/** Returns the measured values. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_measurement_get_info(const focus_measurement *measurement,
                                             focus_measurement_info *info) FOCUS_NOEXCEPT;
/**
 * Loudness over time: momentary (400 ms) and short-term (3 s) in LUFS, curve_count floats each, which
 * belong to the measurement. Either pointer may be NULL. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_measurement_curves(const focus_measurement *measurement,
                                           const float **momentary_lufs,
                                           const float **short_term_lufs) FOCUS_NOEXCEPT;
/** Destroys a measurement. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_measurement_destroy(focus_measurement *measurement) FOCUS_NOEXCEPT;

/* ---- Mixes -------------------------------------------------------------------------------------- */

/** Audio files of the host, levelled and joined into one as seamlessly as segments are. */
typedef struct focus_mix focus_mix;

typedef struct focus_mix_options {
  uint32_t struct_size;
  int32_t sample_rate;      /**< of the mix, 8000 to 192000 Hz; 0: the most common one of the files, if
                                 the format supports it */
  double target_lufs;       /**< the loudness of each file, -40 to -8; 0: -18 */
  double ceiling_dbtp;      /**< of the files and of their sum, -20 to below 0; 0: -1 */
  double crossfade_seconds; /**< 0.01 to 60, but at most half of a file; 0: chosen for each pair (4 to
                                 16, at most a tenth of a file) */
  double trim_seconds;      /**< how much of a quiet beginning or ending may be left out where two files
                                 are joined, 0 to 3600; silence is left out in any case */
  int32_t bits;             /**< per sample, 16, 24 or 32 (float, WAV only); 0: 32 in WAV, 24 in FLAC */
  int32_t reserved;
  const char *format;       /**< wav, flac, ogg, opus or mp3, where the path that is written to does not
                                 tell, such as a pipe; NULL: as its ending says, or WAV. @since 0.1 */
} focus_mix_options;
#define FOCUS_MIX_OPTIONS_INIT {sizeof(focus_mix_options), 0, 0.0, 0.0, 0.0, 0.0, 0, 0, NULL}

typedef struct focus_mix_info {
  uint32_t struct_size;
  int32_t file_count;
  int32_t transition_count; /**< file_count - 1 */
  int32_t complete;         /**< 1 once the mix was made: files and transitions are then available */
  int32_t sample_rate;      /**< of the mix, in Hz; 0 until it is complete */
  int32_t channel_count;    /**< 2 */
  double duration_seconds;  /**< of the mix; 0 until it is complete */
  double progress;          /**< of the focus_mix_write in progress, 0 to 1 */
} focus_mix_info;
#define FOCUS_MIX_INFO_INIT {sizeof(focus_mix_info), 0, 0, 0, 0, 0, 0.0, 0.0}

/** One file in the mix. Times are in the file's own time unless they say otherwise. */
typedef struct focus_mix_file_info {
  uint32_t struct_size;
  int32_t index;             /**< from 0 */
  const char *path;          /**< as it was passed; belongs to the mix */
  int32_t sample_rate;       /**< of the file */
  int32_t channel_count;     /**< of the file; mono goes to both sides, more than two are folded down
                                  according to ITU-R BS.775 */
  double duration_seconds;
  double start_seconds;      /**< of its first sample in the mix, heard or not; may be negative */
  double gain_db;            /**< the linear gain that was applied */
  double integrated_lufs;    /**< with that gain */
  double true_peak_dbtp;     /**< likewise */
  double cue_in_seconds;     /**< start of the body at full level */
  double cue_out_seconds;    /**< end of the body at full level */
  int32_t limited;           /**< 1 if the limiter was needed to hold the ceiling */
  int32_t curve_count;       /**< points of focus_mix_file_curve, one every 0.1 s */
  double unheard_start_seconds; /**< of its beginning that is not heard in the mix */
  double unheard_end_seconds;   /**< of its end, likewise */
  double silent_start_seconds;  /**< how much of unheard_start_seconds is silence */
  double silent_end_seconds;    /**< how much of unheard_end_seconds is silence */
} focus_mix_file_info;
#define FOCUS_MIX_FILE_INFO_INIT \
  {sizeof(focus_mix_file_info), 0, NULL, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0, 0.0, 0.0}

/**
 * The law of a crossfade; with u from 0 to 1 through the overlap and p = (1 - cos(pi u)) / 2. A file that
 * fades out or in by itself is not faded again: its gain is k alone (see focus_mix_transition_gains).
 */
enum focus_crossfade_curve {
  FOCUS_CROSSFADE_EQUAL_POWER = 0,   /**< cos and sin of pi u / 2: one side is silent */
  FOCUS_CROSSFADE_EQUAL_GAIN = 1,    /**< 1 - p and p */
  FOCUS_CROSSFADE_LOUDNESS_HELD = 2, /**< (1 - p) k and p k, with k from levels and correlation */
  FOCUS_CROSSFADE_SAME_PIECE = 3     /**< 1 - p and p: both sides are the same music */
};

/** What coincides in a transition. */
enum focus_tempo_match {
  FOCUS_TEMPO_MATCH_NONE = 0, /**< a tempo is unknown, or they differ by more than 2 % */
  FOCUS_TEMPO_MATCH_BEATS = 1,
  FOCUS_TEMPO_MATCH_DOWNBEATS = 2
};

/** The transition from file `index` to file `index` + 1. */
typedef struct focus_mix_transition_info {
  uint32_t struct_size;
  int32_t index;              /**< of the old file */
  double start_seconds;       /**< of the overlap, in the mix */
  double end_seconds;         /**< likewise: the old file is heard to here */
  double old_end_seconds;     /**< where the overlap ends in the old file: the end of its sound */
  double new_start_seconds;   /**< where it begins in the new file: the beginning of its sound */
  double offset_seconds;      /**< by which the new file begins later (negative: earlier) than loudness
                                   alone would have it, so that beats or waveforms coincide */
  double correlation;         /**< in the overlap, K-weighted, -1 to 1, before any inversion */
  double old_bpm;             /**< near the joint; 0: no pulse was found */
  double new_bpm;
  double deepest_trim_db;     /**< the most by which the sum was lowered to hold the ceiling, from 0 on */
  int32_t curve;              /**< enum focus_crossfade_curve */
  int32_t polarity_inverted;  /**< 1 if the new file is mixed with inverted polarity */
  int32_t tempo_match;        /**< enum focus_tempo_match */
  int32_t reserved;
} focus_mix_transition_info;
#define FOCUS_MIX_TRANSITION_INFO_INIT \
  {sizeof(focus_mix_transition_info), 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0}

/**
 * Prepares a mix of `count` files, in this order, in any format focus_measurement_create reads, with any
 * sample rate and 1 to 8 channels. Opens each file to check that it exists, but reads only pipes.
 * @param paths `count` paths (1 to 10000), copied.
 * @param options NULL for all defaults.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (an option, `paths` or `count`);
 *         FOCUS_ERROR_NOT_FOUND, _IO or _BAD_DATA with the path that cannot be read.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_create(const char *const *paths, int32_t count,
                                   const focus_mix_options *options,
                                   focus_mix **mix) FOCUS_NOEXCEPT;
/**
 * Makes the mix: measures and levels every file, chooses how each pair is joined, and writes the result
 * to `path`, whose ending determines the format (.wav, .flac, .ogg, .opus, .mp3); completely or not at
 * all. Each file is heard in full, except for silence at the joints and what `trim_seconds` permits. An
 * ending that decays is heard to its end under the next file. Blocks until it is done. At most two decoded
 * files are in memory. May be called again, from one thread at a time; the same files give the same
 * samples. The file tells what it was made of, its loudness, and where each file begins, as chapters; a
 * pipe gets no loudness and no chapters.
 * @param path NULL: measures and chooses the transitions, and writes nothing. A symbolic link stays one.
 *        A pipe, a device or /dev/stdout gets the bytes (WAV, unless its name has another ending). One of
 *        the files of the mix, by whatever name, is refused.
 * @return FOCUS_OK; FOCUS_ERROR_CANCELLED; FOCUS_ERROR_INVALID_ARGUMENT (`path`, `sample_rate`, `bits`);
 *         FOCUS_ERROR_BAD_DATA with the path of a file that is damaged or silent; FOCUS_ERROR_NOT_READY
 *         while another call for this mix is in progress; FOCUS_ERROR_IO or _NO_SPACE.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_write(focus_mix *mix, const char *path) FOCUS_NOEXCEPT;
/** Cancels the focus_mix_write that is in progress, if any, within moments; it then returns
 * FOCUS_ERROR_CANCELLED. Returns at once. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_cancel(focus_mix *mix) FOCUS_NOEXCEPT;
/** Returns counts, length and progress. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_get_info(const focus_mix *mix, focus_mix_info *info) FOCUS_NOEXCEPT;
/**
 * Returns file `index` of file_count as it was mixed.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND past the end; FOCUS_ERROR_NOT_READY until it is complete.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_get_file(const focus_mix *mix, int32_t index,
                                     focus_mix_file_info *info) FOCUS_NOEXCEPT;
/** Returns transition `index` of transition_count; errors as for files. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_get_transition(const focus_mix *mix, int32_t index,
                                           focus_mix_transition_info *info) FOCUS_NOEXCEPT;
/**
 * Momentary loudness (400 ms) in LUFS of file `index` as it was mixed (in stereo, at the mix's rate):
 * curve_count floats, one every 0.1 s, the first at 0.1 s.
 * @param points receives them; they belong to the mix and are valid until it is made again.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_file_curve(const focus_mix *mix, int32_t index,
                                       const float **points) FOCUS_NOEXCEPT;
/**
 * Returns the gains of transition `index` at `count` equidistant moments from its start to its end.
 * @param old_gains room for `count` floats (at least 2), linear.
 * @param new_gains likewise; negative if the polarity is inverted.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_mix_transition_gains(const focus_mix *mix, int32_t index, int32_t count,
                                             float *old_gains, float *new_gains) FOCUS_NOEXCEPT;
/** Destroys a mix; no focus_mix_write may be in progress. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_mix_destroy(focus_mix *mix) FOCUS_NOEXCEPT;

/* ---- Spending: engines with a price ------------------------------------------------------------- */

/**
 * Sets the price of a minute of an engine's music in micro-units: millionths of the host's currency. All
 * amounts are integers. The price of a segment is reserved before the segment is made, charged
 * when it was delivered, and released if it failed or another engine replaced this one. Running sessions
 * pay the new price from their next segment on. Prices are not stored: set them after each opening.
 * @param engine_key a key of the engine list. @param micros_per_minute 0 (free) to 10^12.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_set_engine_price(focus_service *service, const char *engine_key,
                                                 int64_t micros_per_minute) FOCUS_NOEXCEPT;

/** For a cap: no limit. */
#define FOCUS_NO_CAP (-1)

/** Limits of spending, in micro-units. They are never exceeded, however many sessions are running. */
typedef struct focus_spend_caps {
  uint32_t struct_size;
  int32_t reserved;
  int64_t per_session_micros; /**< 0 or more, or FOCUS_NO_CAP */
  int64_t per_day_micros;     /**< of all sessions of an organization per day (UTC), likewise */
} focus_spend_caps;
#define FOCUS_SPEND_CAPS_INIT {sizeof(focus_spend_caps), 0, FOCUS_NO_CAP, FOCUS_NO_CAP}

/**
 * Sets the caps. A session whose next segment would exceed one of them stops for good, with the status
 * FOCUS_SESSION_STOPPED_CAP; what it has made can still be played. The amounts spent are stored, the caps
 * are not: set them after each opening.
 * @param organization the organization that they apply to; NULL: all that have none of their own.
 *        Sessions that were started by focus_session_start belong to the organization "".
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_set_spend_caps(focus_service *service, const char *organization,
                                               const focus_spend_caps *caps) FOCUS_NOEXCEPT;
/**
 * Returns what an organization has spent today (UTC), in micro-units.
 * @param organization NULL is "". @param settled_micros charged for what was delivered; may be NULL.
 * @param held_micros reserved for work in progress; may be NULL. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_get_spend(focus_service *service, const char *organization,
                                          int64_t *settled_micros,
                                          int64_t *held_micros) FOCUS_NOEXCEPT;

/* ---- Tracks: segments to keep ------------------------------------------------------------------- */

/** A segment that was promoted: it outlives its session. */
typedef struct focus_track focus_track;

typedef struct focus_track_info {
  uint32_t struct_size;
  int32_t segment_index;     /**< of the segment that was promoted */
  const char *track_id;      /**< "mtrack_" and 12 hexadecimal digits */
  const char *title;
  const char *engine;        /**< the engine that has played it */
  const char *session_id;    /**< the session that it was promoted from, which may have been deleted */
  const char *path;          /**< of its file; "" in a memory store */
  double duration_seconds;
  int64_t created_at;        /**< seconds since 1970-01-01T00:00:00Z */
  int32_t licence_class;     /**< enum focus_licence_class, of its engine when it was promoted */
  int32_t instrumental;      /**< 0 or 1 */
} focus_track_info;
#define FOCUS_TRACK_INFO_INIT \
  {sizeof(focus_track_info), 0, NULL, NULL, NULL, NULL, NULL, 0.0, 0, FOCUS_LICENCE_UNCLEAR, 0}

/**
 * Keeps a ready segment as a track. Promoting a segment again returns the same track.
 * @param title NULL or "": made from the goal and the segment's number.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND (no such segment); FOCUS_ERROR_NOT_READY; an error of the
 *         store. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_session_promote(focus_session *session, int32_t index, const char *title,
                                        focus_track **track) FOCUS_NOEXCEPT;
/** A track of this store by its id. @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_open(focus_service *service, const char *track_id,
                                   focus_track **track) FOCUS_NOEXCEPT;
/** Returns its properties; the strings belong to the track. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_get_info(const focus_track *track,
                                       focus_track_info *info) FOCUS_NOEXCEPT;
/** Copies its audio to `path` in its format: completely or not at all. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_write(const focus_track *track, const char *path) FOCUS_NOEXCEPT;
/** Destroys the handle; the track stays in the store. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_track_destroy(focus_track *track) FOCUS_NOEXCEPT;
/** Removes a track and its audio from the store. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_delete(focus_service *service, const char *track_id) FOCUS_NOEXCEPT;

/** A list of the ids of the tracks in a service's store at the time of its creation, oldest first. */
typedef struct focus_track_list focus_track_list;

/** Lists the tracks in the store. The caller destroys the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_create(focus_service *service,
                                          focus_track_list **list) FOCUS_NOEXCEPT;
/** The number of tracks in the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_count(const focus_track_list *list, int32_t *count) FOCUS_NOEXCEPT;
/** The id of track `index`, counted from 0; it belongs to the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_get(const focus_track_list *list, int32_t index,
                                       const char **track_id) FOCUS_NOEXCEPT;
/** Destroys a list. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_track_list_destroy(focus_track_list *list) FOCUS_NOEXCEPT;

/* ---- A data folder that may be damaged ---------------------------------------------------------- */

/** What was found in a data folder, and what was done about it. */
typedef struct focus_store_report focus_store_report;

/** What can be wrong with a data folder. @since 0.1 */
enum focus_store_finding_kind {
  FOCUS_STORE_CATALOGUE_MISSING = 0,    /**< there is none, or it holds nothing */
  FOCUS_STORE_CATALOGUE_DAMAGED = 1,    /**< it can not be read, or not all of it */
  FOCUS_STORE_ROW_DAMAGED = 2,          /**< of a session or a track: it holds what can not be */
  FOCUS_STORE_SEGMENT_WITHOUT_FILE = 3, /**< the catalogue has the segment, the folder has not */
  FOCUS_STORE_SEGMENT_DAMAGED = 4,      /**< its file is not what was written */
  FOCUS_STORE_SEGMENT_WITHOUT_ROW = 5,  /**< a file that the catalogue does not know of */
  FOCUS_STORE_SESSION_WITHOUT_ROW = 6,  /**< a folder that the catalogue does not know of */
  FOCUS_STORE_TRACK_WITHOUT_FILE = 7,
  FOCUS_STORE_TRACK_DAMAGED = 8,
  FOCUS_STORE_TRACK_WITHOUT_ROW = 9,
  FOCUS_STORE_PARTIAL_FILE = 10,        /**< what a killed process was writing; no problem: it goes when
                                             the folder is opened */
  FOCUS_STORE_MONEY_HELD = 11,          /**< by a process that is gone; likewise given back */
  FOCUS_STORE_UNKNOWN_FILE = 12         /**< not of this library; no problem, and never touched */
};

typedef struct focus_store_options {
  uint32_t struct_size;
  int32_t quick;             /**< 1: the audio is not read, only its sizes are compared */
} focus_store_options;
#define FOCUS_STORE_OPTIONS_INIT {sizeof(focus_store_options), 0}

/** A data folder as a whole. */
typedef struct focus_store_info {
  uint32_t struct_size;
  int32_t finding_count;
  int32_t problem_count;     /**< findings that are problems and were not repaired */
  int32_t session_count;     /**< that the catalogue has */
  int32_t segment_count;     /**< ready and whole */
  int32_t track_count;       /**< whole */
  int64_t audio_bytes;       /**< of these segments and tracks */
  const char *backup_folder; /**< where a repair has put what it changed; "" when it has changed nothing */
} focus_store_info;
#define FOCUS_STORE_INFO_INIT {sizeof(focus_store_info), 0, 0, 0, 0, 0, 0, NULL}

typedef struct focus_store_finding {
  uint32_t struct_size;
  int32_t kind;              /**< enum focus_store_finding_kind */
  const char *session_id;    /**< "" when it is about none */
  const char *track_id;      /**< "" when it is about none */
  const char *path;          /**< of the file or folder, or where it would be */
  const char *message;       /**< one line: what is wrong and, after a repair, what was done */
  int32_t segment_index;     /**< -1 when it is about none */
  int32_t problem;           /**< 1: the folder needs a repair; 0: the next opening is enough */
  int32_t repaired;          /**< 0 or 1 */
  int32_t reserved;          /**< 0 */
} focus_store_finding;
#define FOCUS_STORE_FINDING_INIT \
  {sizeof(focus_store_finding), FOCUS_STORE_CATALOGUE_MISSING, NULL, NULL, NULL, NULL, -1, 0, 0, 0}

/**
 * Compares the catalogue of a data folder with its files, and reads all audio. Changes nothing in the
 * folder. No service may have the folder open.
 * @param options NULL for all defaults.
 * @param report receives what was found, which the caller destroys.
 * @return FOCUS_OK, whatever was found; FOCUS_ERROR_NOT_FOUND (no such folder);
 *         FOCUS_ERROR_INVALID_ARGUMENT (it holds no store); FOCUS_ERROR_IO (a service has it open);
 *         FOCUS_ERROR_UNSUPPORTED (a newer version has written it, or a minimal build).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_store_check(const char *data_folder, const focus_store_options *options,
                                    focus_store_report **report) FOCUS_NOEXCEPT;
/**
 * The same, and repairs what it can. A catalogue that is missing or damaged is rebuilt from the
 * rows that can still be read; tracks are found again by their files; rows without files go, and their
 * segments are made again when their sessions are played; files without rows are moved to
 * `backup_folder`, a new folder in the data folder, which also has the catalogue as it was. No audio is
 * deleted. A repair that was interrupted can be run again.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_store_repair(const char *data_folder, const focus_store_options *options,
                                     focus_store_report **report) FOCUS_NOEXCEPT;
/** Returns the report as a whole; the strings belong to it. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_store_report_get_info(const focus_store_report *report,
                                              focus_store_info *info) FOCUS_NOEXCEPT;
/**
 * Finding number `index`, counted from 0. Its strings belong to the report.
 * @return FOCUS_OK, or FOCUS_ERROR_NOT_FOUND past the end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_store_report_get_finding(const focus_store_report *report, int32_t index,
                                                 focus_store_finding *finding) FOCUS_NOEXCEPT;
/** Destroys a report. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_store_report_destroy(focus_store_report *report) FOCUS_NOEXCEPT;

/* ---- A host's own engine ------------------------------------------------------------------------ */

/** The position of a segment in the form of its session. @since 0.1 */
enum focus_section {
  FOCUS_SECTION_OPENING = 0,
  FOCUS_SECTION_SETTLING = 1,
  FOCUS_SECTION_DEVELOPING = 2,
  FOCUS_SECTION_CLOSING = 3
};

/**
 * Everything an engine knows about one segment. The same brief requests the same music, unless the engine
 * has declared that it continues the previous segment. The brief, its strings and its samples belong to
 * the library and are valid until `generate` returns. `struct_size` is that of the library: a host that
 * was built with a newer header must check it before it reads a field after `attempt`.
 *
 * The session is one piece of whole bars in 4/4. Its bar lines are at start_seconds + n * bar_seconds,
 * n = 0, 1, ...; if two neighbours have the same tempo, their bar lines coincide. A movement of
 * the session may begin within a segment; its tempo begins with the next segment. The library levels,
 * crossfades and, at the session's end, fades out what the engine delivers: an engine does not fade
 * anything, and plays on through both overlaps.
 */
typedef struct focus_brief {
  uint32_t struct_size;
  int32_t segment_index;       /**< from 0 */
  int32_t segment_count;       /**< of the session as it is planned now */
  int32_t goal;                /**< enum focus_goal, as requested */
  int32_t character;           /**< the goal that determines the music: never CUSTOM_PROMPT; in a break
                                    FOCUS_GOAL_RELAX */
  int32_t intensity;           /**< enum focus_intensity of this segment: LOW, MEDIUM or HIGH */
  int32_t phase;               /**< enum focus_phase */
  int32_t section;             /**< enum focus_section */
  const char *session_id;
  const char *prompt;          /**< as written; "" in a break and for other goals */
  double divergence;           /**< 0 to 1 */
  uint64_t session_seed;       /**< the same for all segments of the session */
  uint64_t seed;               /**< of this segment alone */
  double tempo_bpm;            /**< beats a minute */
  double bar_seconds;          /**< 240 / tempo_bpm, a whole number of 10 ms */
  const char *key;             /**< tonic and mode, e.g. "D dorian" */
  const char *key_before;      /**< of the neighbours; equal to `key` if there is none */
  const char *key_after;
  double start_seconds;        /**< position of its first frame in what the listener hears */
  double session_seconds;      /**< the session's whole played length */
  int64_t frames;              /**< to deliver, exactly this many, at `sample_rate` */
  int32_t sample_rate;         /**< in Hz; the engine's own if it has described one */
  int32_t channel_count;       /**< that the library keeps: 2. An engine may deliver 1 or 2 */
  int64_t overlap_in_frames;   /**< frames that overlap the previous segment; 0 for the first */
  int64_t overlap_out_frames;  /**< frames that overlap the next segment; 0 for the last */
  double ending_seconds;       /**< length of the session's ending fade; > 0 if this segment is in it */
  double target_lufs;          /**< the loudness to which the library will bring it */
  double pads_db;              /**< the requested levels, see focus_session_request */
  double bass_db;
  double melody_db;
  double percussion_db;
  double ambience_db;
  const float *previous_samples; /**< the end of the previous segment as it is heard (mastered), at
                                    `sample_rate`, two channels interleaved. NULL unless the engine
                                    continues_previous; also NULL for the first segment, and if the
                                    previous one is not ready (the listener has jumped ahead) */
  int64_t previous_frames;     /**< their number; the last overlap_in_frames of them overlap the first
                                    frames of this segment */
  int32_t attempt;             /**< 1 for the first try, 2 for the first retry, ... */
  int32_t reserved;
} focus_brief;

/**
 * Receives the audio of `generate`. It belongs to the library and is valid until `generate` returns. It
 * may be used by one thread at a time, which need not be the thread of `generate`.
 */
typedef struct focus_sink focus_sink;

/**
 * Appends frames. Frames beyond the brief's `frames` are dropped.
 * @param samples frames x channel_count floats, nominally within +-1 (the library masters them).
 * @param channel_count 1 or 2.
 * @return FOCUS_OK; FOCUS_ERROR_CANCELLED if the work is no longer wanted: `generate` must then return
 *         this code within 10 ms; FOCUS_ERROR_INVALID_ARGUMENT (a NULL, a count, a sample that is not
 *         finite).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_write_interleaved(focus_sink *sink, const float *samples, int64_t frames,
                                               int32_t channel_count) FOCUS_NOEXCEPT;
/** The same with one array per channel. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_sink_write_planar(focus_sink *sink, const float *const *channels,
                                          int64_t frames, int32_t channel_count) FOCUS_NOEXCEPT;
/**
 * Reports progress, for an engine that delivers only at its end: the forecast of when the segment is
 * ready depends on it. Frames that are written count without it.
 * @param fraction 0 to 1.
 * @return FOCUS_OK or FOCUS_ERROR_CANCELLED, as above. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_report_progress(focus_sink *sink, double fraction) FOCUS_NOEXCEPT;
/** Whether the work is still wanted. @return FOCUS_OK or FOCUS_ERROR_CANCELLED, as above.
 * [any-thread] @since 0.1 */
FOCUS_API int32_t focus_sink_check(const focus_sink *sink) FOCUS_NOEXCEPT;
/**
 * Gives the reason why `generate` is about to return an error, as one line that names the remedy. It
 * appears in the log, in the event and in the error that the listener's host receives.
 * @param message copied.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_sink_explain(focus_sink *sink, const char *message) FOCUS_NOEXCEPT;

/** For `retries`: no retries. */
#define FOCUS_NO_RETRIES (-1)

/** The description of an engine. For every field except `key`, 0 or NULL means the default. A text is one
 * line of UTF-8 with at most 1000 bytes. */
typedef struct focus_engine_description {
  uint32_t struct_size;
  int32_t licence_class;        /**< enum focus_licence_class; must not be overstated */
  const char *key;              /**< its name in requests, unique: 1 to 63 of a-z, 0-9, '_', '-', '.' */
  const char *display_name;     /**< NULL: the key */
  const char *description;      /**< one line for a user who chooses an engine */
  const char *version;          /**< another version may make different audio; NULL: "1" */
  int32_t commercial_use;       /**< 0 or 1, like every flag here; 1 only with a licence_class COMMERCIAL_... */
  int32_t requires_attribution;
  int32_t vocals;
  int32_t stems;                /**< for information: the library uses the mix only */
  int32_t continues_previous;   /**< 1: its segments are made in order, each with the end of the previous
                                     one; the same brief need not give the same audio */
  int32_t max_duration_seconds; /**< of one segment, at least 30; 0: 600. A request that would need a
                                     longer one is refused */
  int32_t sample_rate;          /**< the rate at which it always plays: 8000 to 192000 Hz; the library
                                     resamples. 0: the session's rate */
  int32_t concurrency;          /**< simultaneous calls of `generate`, 1 to 64; 0: 1 */
  int32_t retries;              /**< after the first try, up to 10; 0: 2; or FOCUS_NO_RETRIES */
  int32_t reserved;
  double retry_delay_seconds;   /**< before the first retry, doubled for each further one, at most 3600;
                                     0: 1 */
  double timeout_seconds;       /**< of one call of `generate`, at most 86400; 0: 30 plus four times the
                                     segment's length */
  double previous_seconds;      /**< how much audio of the previous segment it needs, at most 600;
                                     0: 30 */
  double expected_speed;        /**< seconds of audio that it makes per second, until this is measured:
                                     0.001 to 1e6; 0: 1 */
  int64_t price_micros_per_minute; /**< see focus_service_set_engine_price */
} focus_engine_description;
#define FOCUS_ENGINE_DESCRIPTION_INIT                                                                  \
  {sizeof(focus_engine_description), FOCUS_LICENCE_UNCLEAR, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, \
   0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0}

/** The functions of an engine of the host. None may throw, or unwind into the library. */
typedef struct focus_engine_vtable {
  uint32_t struct_size;
  int32_t reserved;
  /**
   * Fills in the description, whose strings the library copies at once. Called once, on the thread that
   * calls focus_engine_register. @return FOCUS_OK, or a negative code: the engine is not registered.
   */
  int32_t (*describe)(void *user_data, focus_engine_description *description);
  /**
   * Plays one segment into the sink. Each call runs on a thread of its own, which the library starts; at
   * most `concurrency` calls at a time. It may call the library.
   * @return FOCUS_OK if all frames were written; FOCUS_ERROR_CANCELLED if the sink returned it;
   *         FOCUS_ERROR_INVALID_ARGUMENT, _UNSUPPORTED or _NOT_FOUND if another try would be useless;
   *         any other negative code: the call is repeated as described, and then the fallback plays.
   */
  int32_t (*generate)(void *user_data, const focus_brief *brief, focus_sink *sink);
  /**
   * The last call, on any thread: no other call is in progress or will follow, so user_data may be freed.
   * Called once for each registration: by focus_engine_unregister, or else when the last handle of the
   * service is destroyed. If a call of `generate` is in progress then, it comes when that returns. It
   * never comes if the host has ended the thread of a call. May be NULL.
   */
  void (*release)(void *user_data);
} focus_engine_vtable;
#define FOCUS_ENGINE_VTABLE_INIT {sizeof(focus_engine_vtable), 0, NULL, NULL, NULL}

/**
 * Adds an engine of the host to the service: requests can name it at once. The host keeps `user_data`
 * alive until `release`; the vtable is copied. If the engine fails, exceeds its time or delivers too
 * little, the session's fallback makes the segment. A call that has not returned a quarter of a second
 * after its timeout or its cancellation is abandoned on its thread and counts as in progress until it
 * returns: while all `concurrency` calls are abandoned, the fallback plays. After that the library stays
 * loaded until the process ends.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field that is wrong ("key" if there is such an
 *         engine already); FOCUS_ERROR_ENGINE if `describe` fails. After an error `release` is not
 *         called.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_register(focus_service *service, const focus_engine_vtable *vtable,
                                        void *user_data) FOCUS_NOEXCEPT;
/**
 * Adds an engine that is a command. It is run once per segment by /bin/sh, in a process group of its own,
 * which is killed when the work is no longer wanted.
 * @param description as above, without `describe`; key NULL: "command".
 * @param command in which {brief} is replaced by the path of a JSON file (the fields of focus_brief; the
 *        end of the previous segment is a WAV file, whose path it contains) and {out} by the path to
 *        which the command must write its audio: any format that libsndfile reads, any rate, one or two
 *        channels. Both are quoted for the shell. A line "progress 0.4" on its standard output reports
 *        progress. An exit status other than 0 is an error; the last line of its standard error is the
 *        explanation.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT; FOCUS_ERROR_UNSUPPORTED (a minimal build, or no such
 *         shell on this system). [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_register_command(focus_service *service,
                                                const focus_engine_description *description,
                                                const char *command) FOCUS_NOEXCEPT;
/**
 * Removes an engine of the host: calls in progress are cancelled, and no further one begins. In sessions
 * that use it, the fallback plays from their next segment on.
 * @param timeout_ms how long to wait for calls to return, from 0 on.
 * @return FOCUS_OK: no call is in progress and `release` has returned; FOCUS_ERROR_NOT_READY: the engine
 *         is removed, but a call is in progress, after which `release` is called; FOCUS_ERROR_NOT_FOUND:
 *         no such engine; FOCUS_ERROR_UNSUPPORTED: it is built in. [any-thread], but not from a callback
 *         of the engine.
 * @since 0.1
 */
FOCUS_API int32_t focus_engine_unregister(focus_service *service, const char *engine_key,
                                          int32_t timeout_ms) FOCUS_NOEXCEPT;

/** The results of focus_engine_check_run for one engine. */
typedef struct focus_engine_check focus_engine_check;

enum focus_check_verdict {
  FOCUS_CHECK_HOLDS = 0,
  FOCUS_CHECK_FAILS = 1,
  FOCUS_CHECK_NOTE = 2,   /**< true of it, and neither right nor wrong: its speed, its loudness */
  FOCUS_CHECK_SKIPPED = 3 /**< could not be tried; detail says why */
};

/** One check. */
typedef struct focus_check_result {
  uint32_t struct_size;
  int32_t verdict;     /**< enum focus_check_verdict */
  const char *name;    /**< e.g. "the same seed gives the same samples" */
  const char *detail;  /**< what was measured, or what is wrong and how to correct it */
  double seconds;      /**< the duration of the check */
} focus_check_result;
#define FOCUS_CHECK_RESULT_INIT {sizeof(focus_check_result), FOCUS_CHECK_HOLDS, NULL, NULL, 0.0}

/** Receives a result as soon as it is available, on the thread that runs the checks. A return value other
 * than 0 ends them. */
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
 * Checks an engine, built in or of the host, with briefs of every kind (short, long, unusual rates, every
 * goal, cancelled at many points, the same seed twice, several at a time). Nothing is charged, kept or
 * played.
 * @param options NULL for all defaults.
 * @param check receives the results, which the caller destroys.
 * @return FOCUS_OK if the check was run, whatever it found; FOCUS_ERROR_INVALID_ARGUMENT (no such
 *         engine); FOCUS_ERROR_CANCELLED if the callback ended it. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_engine_check_run(focus_service *service, const char *engine_key,
                                         const focus_check_options *options,
                                         focus_engine_check **check) FOCUS_NOEXCEPT;
/** The number of results, and the number of failures (may be NULL). [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_count(const focus_engine_check *check, int32_t *count,
                                           int32_t *failed) FOCUS_NOEXCEPT;
/** Result `index`, counted from 0; its strings belong to the check. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_get(const focus_engine_check *check, int32_t index,
                                         focus_check_result *result) FOCUS_NOEXCEPT;
/** Destroys the results. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_engine_check_destroy(focus_engine_check *check) FOCUS_NOEXCEPT;

/* ---- HTTP: the wire contract without a socket --------------------------------------------------- */

/** Room for a key and for its hash, the zero byte included. */
#define FOCUS_ACCESS_KEY_SIZE 69
#define FOCUS_ACCESS_KEY_HASH_SIZE 65

/** The capability that starting and steering a session needs. */
#define FOCUS_CAPABILITY_GENERATE "USE_MUSIC_GENERATION"
/** The capability that the money of all organizations in /metrics needs. */
#define FOCUS_CAPABILITY_METRICS "READ_METRICS"

/**
 * Draws a key: "fsk_" and 256 random bits in hexadecimal digits. Only its hash needs to be stored.
 * @param key room for `capacity` bytes, at least FOCUS_ACCESS_KEY_SIZE. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_access_key_generate(char *key, int32_t capacity) FOCUS_NOEXCEPT;
/**
 * Returns the BLAKE2b-256 hash by which a service identifies a key, as 64 hexadecimal digits.
 * @param hash room for `capacity` bytes, at least FOCUS_ACCESS_KEY_HASH_SIZE. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_access_key_hash(const char *key, char *hash,
                                        int32_t capacity) FOCUS_NOEXCEPT;

/** For `requests_per_minute`: no limit. */
#define FOCUS_NO_RATE_LIMIT (-1)
/** For the bounds of focus_http_options: none. */
#define FOCUS_NO_BOUND (-1)

/** The permissions of a key, which a request has as `X-API-Key: KEY` or `Authorization: Bearer KEY`. */
typedef struct focus_access_key {
  uint32_t struct_size;
  int32_t organization_count;
  int32_t capability_count;
  int32_t requests_per_minute;      /**< 0: that of focus_http_options; or FOCUS_NO_RATE_LIMIT */
  const char *hash;                 /**< see focus_access_key_hash */
  const char *caller;               /**< the owner of the key, and of the sessions and tracks it creates:
                                         all keys of one caller see the same. NULL or "": the hash */
  const char *const *organizations; /**< those of the caller: letters, digits, _ and - */
  const char *const *capabilities;  /**< e.g. FOCUS_CAPABILITY_GENERATE */
} focus_access_key;
#define FOCUS_ACCESS_KEY_INIT {sizeof(focus_access_key), 0, 0, 0, NULL, NULL, NULL, NULL}

/** Adds a key, or changes the permissions of a known one. Not stored: add keys after each opening. Only
 * in a cluster they are kept, and known to all services within a second.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT with the field. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_add_access_key(focus_service *service,
                                               const focus_access_key *key) FOCUS_NOEXCEPT;
/** Removes the key with this hash. @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND.
 * [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_remove_access_key(focus_service *service,
                                                  const char *hash) FOCUS_NOEXCEPT;
/** How many keys are known: those that were added here and, in a cluster, by the other services.
 * [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_access_key_count(focus_service *service,
                                                 int32_t *count) FOCUS_NOEXCEPT;

typedef struct focus_http_options {
  uint32_t struct_size;
  int32_t requests_per_minute;   /**< for keys without a limit of their own; 0: 1200; or
                                      FOCUS_NO_RATE_LIMIT */
  int32_t url_life_seconds;      /**< of a signed URL, 1 to 604800; 0: 300 */
  int32_t url_key_life_seconds;  /**< URLs are then signed with a new key, 60 to 31536000; 0: a day.
                                      URLs that the old key has signed stay valid */
  const char *public_base_url;   /**< the base of playback URLs, e.g. "https://music.example.com";
                                      NULL: "http://" and the request's Host */
  const char *allowed_origins;   /**< the origins whose pages may ask from a browser, separated by spaces:
                                      "https://app.example.com"; "*" is any. NULL or "": none but the
                                      service's own */
  int64_t stored_bytes_per_key;  /**< of audio, above which nothing more is made or promoted; 0: 10^11;
                                      or FOCUS_NO_BOUND. The keys of one caller count together */
  int64_t stored_bytes_per_organization; /**< likewise; 0: 4 * 10^11; or FOCUS_NO_BOUND */
  int32_t sessions_per_key;      /**< active at a time, 1 to 1000000; 0: 200; or FOCUS_NO_BOUND. The keys
                                      of one caller count together */
  int32_t sessions_per_organization; /**< likewise; 0: 1000; or FOCUS_NO_BOUND */
  int32_t streams_per_key;       /**< of events, open at a time, 1 to 1000000; 0: 64; or FOCUS_NO_BOUND.
                                      The keys of one caller count together */
  int32_t streams_per_organization; /**< likewise; 0: 128; or FOCUS_NO_BOUND */
  int32_t open_metrics;          /**< 1: /metrics needs no key, and tells no money; 0: it needs one */
  int32_t direct_audio;          /**< 1: in a cluster, the audio of a segment is answered with 302, to a
                                      signed address of the storage; 0: it is answered */
  int32_t listeners_per_key;     /**< of continuous streams, at a time, 1 to 1000000; 0: 1000; or
                                      FOCUS_NO_BOUND. The keys of one caller count together */
  int32_t listeners_per_organization; /**< likewise; 0: 2000; or FOCUS_NO_BOUND */
} focus_http_options;
#define FOCUS_HTTP_OPTIONS_INIT \
  {sizeof(focus_http_options), 0, 0, 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** Sets how requests are answered from now on. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_service_set_http_options(focus_service *service,
                                                 const focus_http_options *options) FOCUS_NOEXCEPT;
/**
 * Signs URLs with a new key from now on. The previous key stays valid for URLs that it has signed; the
 * one before that becomes invalid. If a key may have leaked, rotate twice. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_rotate_url_key(focus_service *service) FOCUS_NOEXCEPT;

/** A request as received by a web server, a URL handler of a phone app or an Electron protocol. */
typedef struct focus_http_request {
  uint32_t struct_size;
  int32_t header_count;
  const char *method;               /**< "GET", "POST", ... */
  const char *target;               /**< path and query, percent-encoded as received: "/v1/music/..." */
  const char *const *header_names;  /**< header_count of them, in any case */
  const char *const *header_values; /**< likewise, as bytes */
  const void *body;                 /**< may be NULL when body_size is 0; need not end with a zero byte */
  int64_t body_size;                /**< more than 65536 is answered with 413 */
  int32_t body_follows;             /**< 1: the body has not come yet. An answer that does not depend on it
                                         (400, 401, 403, 404, 413, 429) is given at once; otherwise the status
                                         is 100, nothing was done or counted, and the host asks again
                                         with the body; 0: this is the whole request */
  int32_t reserved;                 /**< must be 0 */
  const char *base_url;             /**< what URLs in the answer begin with, where
                                         focus_http_options.public_base_url is not given: scheme, host and
                                         the path below which the host answers, such as
                                         "https://example.com/music"; NULL: http:// and the request's Host.
                                         @since 0.1 */
} focus_http_request;
#define FOCUS_HTTP_REQUEST_INIT {sizeof(focus_http_request), 0, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL}

/** A response: status, headers and body. Its audio can be read until the response is destroyed, even if
 * its session is deleted. */
typedef struct focus_http_response focus_http_response;

enum focus_http_body {
  FOCUS_HTTP_BODY_BYTES = 0, /**< in memory */
  FOCUS_HTTP_BODY_FILE = 1,  /**< a range of a file */
  FOCUS_HTTP_BODY_STREAM = 2 /**< produced over time (Server-Sent Events); its length is not known */
};

typedef struct focus_http_response_info {
  uint32_t struct_size;
  int32_t status;        /**< 200, 404, ... */
  int32_t header_count;  /**< Content-Type and, unless it is a stream, Content-Length among them */
  int32_t body_kind;     /**< enum focus_http_body */
  const void *body;      /**< the whole body, for FOCUS_HTTP_BODY_BYTES; belongs to the response */
  int64_t body_size;     /**< 0 for HEAD; -1 for a stream */
  const char *file_path; /**< for FOCUS_HTTP_BODY_FILE, e.g. for sendfile; "" where the body is to be read
                              by focus_http_response_read (a track of a cluster). The file may be renamed
                              or deleted at any time; focus_http_response_read still works then */
  int64_t file_offset;   /**< start of the body in the file */
  const char *organization; /**< for whom the response is: that of the path, or of a signed URL's session
                                 or track; "" where none is known. For a server that shares out its
                                 connections */
  const char *caller;       /**< likewise: the owner of the key, the session or the track */
} focus_http_response_info;
#define FOCUS_HTTP_RESPONSE_INFO_INIT \
  {sizeof(focus_http_response_info), 0, 0, 0, NULL, 0, NULL, 0, NULL, NULL}

/**
 * Answers a request of the wire contract and its additions: tracks, steering, events, /openapi.json,
 * /healthz and /metrics. An error in the request is a response (401, 404, 422, ...), not an error of this
 * function. Active sessions continue without a handle. Blocks no longer than the store does, and than it
 * takes to encode a segment that is not a file.
 * @param response receives the answer, which the caller destroys.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (a NULL, a count below 0); FOCUS_ERROR_OUT_OF_MEMORY.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_handle(focus_service *service, const focus_http_request *request,
                                       focus_http_response **response) FOCUS_NOEXCEPT;
/** Returns the response as a whole. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_get_info(const focus_http_response *response,
                                               focus_http_response_info *info) FOCUS_NOEXCEPT;
/** Header `index` of header_count; the strings belong to the response. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_get_header(const focus_http_response *response, int32_t index,
                                                 const char **name,
                                                 const char **value) FOCUS_NOEXCEPT;
/**
 * Reads the next part of the body, of any kind.
 * @param buffer room for `capacity` bytes (at least 1).
 * @param timeout_ms for a stream: how long to wait for data, from 0 on.
 * @param count receives the number of bytes read: 0 if there was no data in that time; -1 at the end.
 * @return FOCUS_OK; FOCUS_ERROR_IO or _BAD_DATA, after which there is no more. [main-thread] @since 0.1
 */
FOCUS_API int32_t focus_http_response_read(focus_http_response *response, void *buffer,
                                           int64_t capacity, int32_t timeout_ms,
                                           int64_t *count) FOCUS_NOEXCEPT;
/** Destroys a response. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_http_response_destroy(focus_http_response *response) FOCUS_NOEXCEPT;

/* ---- webhooks: what happens, as signed requests that the host sends ----------------------------- */

/** Room for a secret that focus_webhook_secret_generate draws, the zero byte included. */
#define FOCUS_WEBHOOK_SECRET_SIZE 51

/**
 * Draws a secret for a receiver to check signatures with: "whsec_" and 256 random bits in base64.
 * @param secret room for `capacity` bytes, at least FOCUS_WEBHOOK_SECRET_SIZE. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_webhook_secret_generate(char *secret, int32_t capacity) FOCUS_NOEXCEPT;

/** Who is told of what happens to the sessions of a service. */
typedef struct focus_webhook_options {
  uint32_t struct_size;
  int32_t endpoint_count;     /**< 0 to 16; 0: nobody is told of anything */
  const char *const *urls;    /**< endpoint_count of them, each different: https://... or http://... */
  const char *const *secrets; /**< likewise: "whsec_" and 24 to 64 bytes in base64. Two with a space
                                   between them both sign, for a receiver that is about to change */
} focus_webhook_options;
#define FOCUS_WEBHOOK_OPTIONS_INIT {sizeof(focus_webhook_options), 0, NULL, NULL}

/**
 * From now on what happens to sessions is kept as requests to these endpoints, replacing the previous
 * ones: session.started, .steered, .complete, .stopped (by a spend cap), .failed, .ended, .deleted,
 * segment.ready and track.kept. Requests that were not delivered to an endpoint which is there no more
 * are forgotten. The requests are written with what they tell of, in one transaction, so that they
 * survive what a session survives; the endpoints are not stored: set them after each opening. The
 * library opens no connection: the host takes the requests by focus_service_next_webhook and sends them.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (fields "url", "secret", "endpoint_count").
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_set_webhooks(focus_service *service,
                                             const focus_webhook_options *options) FOCUS_NOEXCEPT;

/** A request to be sent: a POST of Standard Webhooks, signed. */
typedef struct focus_webhook focus_webhook;

/** Its strings belong to the webhook. */
typedef struct focus_webhook_info {
  uint32_t struct_size;
  int32_t attempt;       /**< 1 for the first */
  const char *url;       /**< where to */
  const char *id;        /**< header `webhook-id`: the same at each attempt */
  int64_t timestamp;     /**< header `webhook-timestamp`: Unix seconds */
  const char *signature; /**< header `webhook-signature`: "v1,..." */
  const char *body;      /**< JSON (`content-type: application/json`): type, timestamp and data */
  int64_t body_size;     /**< bytes */
  const char *type;      /**< the type in the body, such as "segment.ready" */
} focus_webhook_info;
#define FOCUS_WEBHOOK_INFO_INIT \
  {sizeof(focus_webhook_info), 0, NULL, NULL, 0, NULL, NULL, 0, NULL}

/**
 * Takes the request that is due longest. It is the caller's for a minute: then it is due again, unless
 * focus_webhook_settle was called.
 * @param timeout_ms how long to wait for one, from 0 on.
 * @param webhook receives the request, which the caller destroys; NULL where none is due.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT; FOCUS_ERROR_IO. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_service_next_webhook(focus_service *service, int32_t timeout_ms,
                                             focus_webhook **webhook) FOCUS_NOEXCEPT;
/** Returns what to send. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_webhook_get_info(const focus_webhook *webhook,
                                         focus_webhook_info *info) FOCUS_NOEXCEPT;
/**
 * Tells how it went. 2xx: the request is done. 410: no more requests to this endpoint until the next
 * focus_service_set_webhooks. Anything else: it is due again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h,
 * 14 h, 20 h and 24 h, and given up after the tenth attempt, which the log tells.
 * @param http_status that of the receiver; 0 where there was no answer.
 * @param retry_after_seconds the answer's Retry-After, up to a day: the next attempt is not earlier; or 0.
 * @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT; FOCUS_ERROR_IO. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_webhook_settle(focus_webhook *webhook, int32_t http_status,
                                       int64_t retry_after_seconds) FOCUS_NOEXCEPT;
/** Destroys a request; one that was not settled is due again later. NULL does nothing.
 * [main-thread] @since 0.1 */
FOCUS_API int32_t focus_webhook_destroy(focus_webhook *webhook) FOCUS_NOEXCEPT;

/* ---- A library: the user's own music ------------------------------------------------------------ */

/** A folder of audio files (or a playlist, m3u or m3u8), and what was found out about each. The files are
 * read and never written. What measures them is the plug-in libfocus_session_library (Debian:
 * focus-session-library), which is loaded by focus_library_open. */
typedef struct focus_library focus_library;

typedef struct focus_library_options {
  uint32_t struct_size;
  int32_t worker_count;  /**< threads that read and measure, 1 to 64; 0: half of the cores, at most 4 */
  const char *catalogue; /**< the file of the catalogue, which is made where there is none, and may be
                              deleted at any time; NULL: one in the user's cache folder
                              ($XDG_CACHE_HOME or ~/.cache), by the path of the folder */
} focus_library_options;
#define FOCUS_LIBRARY_OPTIONS_INIT {sizeof(focus_library_options), 0, NULL}

/**
 * Opens a folder and begins to scan it, with all folders in it, on threads of its own. Files that the
 * catalogue knows, and that have the same size and time as then, are not read again.
 * @param folder a folder or a playlist. @param options NULL for all defaults.
 * @return FOCUS_OK; FOCUS_ERROR_UNSUPPORTED without the plug-in and in a minimal build;
 *         FOCUS_ERROR_NOT_FOUND or FOCUS_ERROR_IO with the field `folder`; FOCUS_ERROR_INVALID_ARGUMENT with
 *         `folder`, `worker_count` or `catalogue` (the file is something else: it stays as it is).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_open(const char *folder, const focus_library_options *options,
                                     focus_library **library) FOCUS_NOEXCEPT;
/**
 * Looks for files that are new, have changed or have gone. Returns at once; does nothing while a scan is
 * going on. A session that has begun keeps the tracks that it was planned from.
 * @return FOCUS_OK; FOCUS_ERROR_OUT_OF_MEMORY. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_scan(focus_library *library) FOCUS_NOEXCEPT;

/** How far the last scan has come. */
typedef struct focus_library_progress {
  uint32_t struct_size;
  int32_t scanning;        /**< 0 or 1 */
  int64_t file_count;      /**< files that may be music; 0 until the folder has been looked through */
  int64_t done_count;      /**< how many of them are known by now */
  int64_t track_count;     /**< how many can be played */
  int64_t skipped_count;   /**< what can not, or is not read; see focus_library_list_get_skipped */
  double analysed_seconds; /**< audio that this scan has read */
} focus_library_progress;
#define FOCUS_LIBRARY_PROGRESS_INIT {sizeof(focus_library_progress), 0, 0, 0, 0, 0, 0.0}

/** Returns how far the scan is. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_library_get_progress(const focus_library *library,
                                             focus_library_progress *progress) FOCUS_NOEXCEPT;
/**
 * Waits for the end of the scan.
 * @param timeout_ms from 0 on.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_READY when it is not done after that time; FOCUS_ERROR_IO where it ended
 *         before its time, because the folder or the catalogue could not be read.
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_wait(const focus_library *library,
                                     int32_t timeout_ms) FOCUS_NOEXCEPT;
/**
 * Adds the library to a service as an engine. It plays tracks, or excerpts of long ones, that fit the goal,
 * the intensity and the prompt (which may name an artist, an album, a genre or a folder), each joined to the
 * next, and none again before all were played. Its licence class is `unclear`. While a folder is scanned for
 * the first time, sessions begin with what has been found. focus_engine_unregister removes it.
 * @param engine_key NULL: "library". @return FOCUS_OK; FOCUS_ERROR_INVALID_ARGUMENT (the key is taken).
 * [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_register(focus_library *library, focus_service *service,
                                         const char *engine_key) FOCUS_NOEXCEPT;
/** Destroys the handle; engines that were registered go on. Ends a scan that nobody else needs, which may
 * take a moment. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_library_destroy(focus_library *library) FOCUS_NOEXCEPT;

/** What is known of a library at the time of the list's creation, in the order of the paths. */
typedef struct focus_library_list focus_library_list;

/** A track: what its file says of itself, and what was measured. Its strings belong to the list. */
typedef struct focus_library_track {
  uint32_t struct_size;
  int32_t sample_rate;         /**< of the file, in Hz */
  int32_t channel_count;
  int32_t reserved;
  const char *path;
  const char *title;           /**< without one, the name of the file */
  const char *artist;          /**< "" where none is told, like the next two */
  const char *album;
  const char *genre;
  const char *key;             /**< as it was heard, "F sharp minor"; "" where none was found */
  double duration_seconds;     /**< counted */
  double integrated_lufs;      /**< folded down to stereo, like the next two */
  double range_lu;
  double true_peak_dbtp;
  double told_lufs;            /**< what its ReplayGain or R128 tag stands for; 0: none. It is not used */
  double bpm;                  /**< 0: no steady beat was found */
  double energy;               /**< 0 (still) to 1 (driving) */
  double brightness_hz;        /**< about which its power lies */
  double sound_start_seconds;  /**< of the longest stretch without a pause, which is what is played */
  double sound_end_seconds;
} focus_library_track;
#define FOCUS_LIBRARY_TRACK_INIT \
  {sizeof(focus_library_track), 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0.0, 0.0, 0.0, 0.0, 0.0, \
   0.0, 0.0, 0.0, 0.0, 0.0}

/** Lists what is known by now. The caller destroys the list. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_library_list_create(const focus_library *library,
                                            focus_library_list **list) FOCUS_NOEXCEPT;
/** The number of tracks, and of what is skipped (may be NULL). [any-thread] @since 0.1 */
FOCUS_API int32_t focus_library_list_count(const focus_library_list *list, int32_t *track_count,
                                           int32_t *skipped_count) FOCUS_NOEXCEPT;
/** Track `index`, counted from 0. @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_library_list_get_track(const focus_library_list *list, int32_t index,
                                               focus_library_track *track) FOCUS_NOEXCEPT;
/**
 * What is not played: entry `index`, counted from 0, of skipped_count.
 * @param path the file, folder or address; belongs to the list. @param reason why; likewise.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_list_get_skipped(const focus_library_list *list, int32_t index,
                                                 const char **path,
                                                 const char **reason) FOCUS_NOEXCEPT;
/** Destroys a list. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_library_list_destroy(focus_library_list *list) FOCUS_NOEXCEPT;

/** What a session plays at one moment. */
typedef struct focus_library_moment focus_library_moment;

/** Its strings belong to the moment. */
typedef struct focus_library_moment_info {
  uint32_t struct_size;
  int32_t reserved;
  const char *path;
  const char *title;
  const char *artist;
  const char *why;      /**< why the track was chosen, as a sentence */
  double start_seconds; /**< in the session, from where it begins to fade in */
  double end_seconds;   /**< where it has faded out */
  double from_seconds;  /**< where in the track it begins */
} focus_library_moment_info;
#define FOCUS_LIBRARY_MOMENT_INFO_INIT \
  {sizeof(focus_library_moment_info), 0, NULL, NULL, NULL, NULL, 0.0, 0.0, 0.0}

/**
 * Which track is heard `seconds` after the start of a session that this library plays. Where a file could
 * not be read, another one stood in for it.
 * @return FOCUS_OK; FOCUS_ERROR_NOT_FOUND with the field `session` until a segment of it was made since the
 *         library was opened, or `seconds` beyond its end. [any-thread] @since 0.1
 */
FOCUS_API int32_t focus_library_moment_create(const focus_library *library,
                                              const focus_session *session, double seconds,
                                              focus_library_moment **moment) FOCUS_NOEXCEPT;
/** Returns what it is. [any-thread] @since 0.1 */
FOCUS_API int32_t focus_library_moment_get_info(const focus_library_moment *moment,
                                                focus_library_moment_info *info) FOCUS_NOEXCEPT;
/** Destroys a moment. NULL does nothing. [main-thread] @since 0.1 */
FOCUS_API int32_t focus_library_moment_destroy(focus_library_moment *moment) FOCUS_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif /* FOCUS_SESSION_H */
