/* SPDX-License-Identifier: MIT
 *
 * Usage: own_engine OUT                 e.g. own_engine chords.wav
 *
 * An engine of the host's own: slow chords of sines, in the key and on the bars that the brief
 * gives. It is registered, plays a minute of a session into a file, and is taken away again.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <focus_session/focus_session.h>

#define PI 3.14159265358979323846
#define BLOCK 240 /* frames at a time: 10 ms, within which the engine stops where it has to */
#define VOICES 4
#define BARS_PER_CHORD 2

/* Semitones from the tonic, by scale degree; minor pentatonic music is harmonised as aeolian. */
static const struct {
  const char *mode;
  int steps[7];
} scales[] = {{"ionian", {0, 2, 4, 5, 7, 9, 11}},  {"dorian", {0, 2, 3, 5, 7, 9, 10}},
              {"lydian", {0, 2, 4, 6, 7, 9, 11}},  {"mixolydian", {0, 2, 4, 5, 7, 9, 10}},
              {"aeolian", {0, 2, 3, 5, 7, 8, 10}}, {"minor pentatonic", {0, 2, 3, 5, 7, 8, 10}}};

/* Reads a key such as "Eb dorian". */
static const int *scale_of(const char *key, int *tonic) {
  static const int letters[] = {9, 11, 0, 2, 4, 5, 7}; /* A to G */
  const char *mode = strchr(key, ' ');
  size_t i;
  *tonic = letters[(key[0] - 'A') % 7] + (key[1] == '#') - (key[1] == 'b');
  for (i = 0; mode != NULL && i < sizeof(scales) / sizeof(scales[0]); ++i) {
    if (strcmp(mode + 1, scales[i].mode) == 0) return scales[i].steps;
  }
  return scales[0].steps;
}

/* The scale degree of a chord, drawn from the session's seed and the chord's number in the session
 * alone: so neighbours agree on the chords they are both heard with. Every fourth is the tonic. */
static int degree_of(uint64_t session_seed, int64_t chord) {
  static const int degrees[] = {3, 4, 5, 1};
  uint64_t bits = session_seed ^ ((uint64_t)chord * 0x9E3779B97F4A7C15u);
  if (chord % 4 == 0) return 0;
  bits = (bits ^ (bits >> 31)) * 0xBF58476D1CE4E5B9u;
  return degrees[(bits >> 40) % 4];
}

/* What of a chord is heard when `age` of its length is over: it swells, and sounds on. */
static double loudness_of(double age) {
  if (age < 0.4) return pow(sin(0.5 * PI * age / 0.4), 2.0);
  return age < 1.0 ? 1.0 : pow(cos(0.5 * PI * (age - 1.0) / 0.5), 2.0);
}

/* Adds one chord of the session to a block that begins at `seconds`. */
static void add_chord(const focus_brief *brief, int64_t chord, double seconds, float *samples) {
  const double length = BARS_PER_CHORD * brief->bar_seconds;
  int tonic;
  const int *steps = scale_of(brief->key, &tonic);
  int voice;
  int i;
  for (voice = 0; voice < VOICES; ++voice) {
    const int degree = degree_of(brief->session_seed, chord) + 2 * voice;
    const int note = 48 + (tonic + 6) % 12 - 6 + 12 * (degree / 7) + steps[degree % 7];
    const double hertz = 440.0 * pow(2.0, (note - 69) / 12.0);
    const double right = 0.3 + 0.4 * voice / (VOICES - 1);
    for (i = 0; i < BLOCK; ++i) {
      /* On the session's clock, so that where two segments overlap their sines are the same. */
      const double t = seconds + (double)i / brief->sample_rate;
      const double age = t / length - (double)chord;
      const double phase = 2.0 * PI * fmod(hertz * t, 1.0);
      double sample;
      if (age < 0.0 || age >= 1.5) continue;
      sample = 0.08 * loudness_of(age) * (sin(phase) + 0.3 * sin(2.0 * phase));
      samples[2 * i] += (float)((1.0 - right) * sample);
      samples[2 * i + 1] += (float)(right * sample);
    }
  }
}

static int32_t describe(void *user_data, focus_engine_description *description) {
  (void)user_data;
  description->key = "chords";
  description->display_name = "Slow chords";
  description->description = "Sines that swell and fade, on every other bar.";
  description->licence_class = FOCUS_LICENCE_COMMERCIAL_CLEARED;
  description->commercial_use = 1;
  description->sample_rate = 24000; /* which is enough for it; the library resamples */
  description->concurrency = 8;     /* it keeps nothing between two calls, or for one alone */
  description->expected_speed = 50.0;
  return FOCUS_OK;
}

static int32_t generate(void *user_data, const focus_brief *brief, focus_sink *sink) {
  const double length = BARS_PER_CHORD * brief->bar_seconds;
  int64_t frame;
  (void)user_data;
  for (frame = 0; frame < brief->frames; frame += BLOCK) {
    float samples[2 * BLOCK] = {0.0f};
    const double seconds = brief->start_seconds + (double)frame / brief->sample_rate;
    const int64_t chord = (int64_t)(seconds / length);
    int32_t result;
    int64_t sounding;
    for (sounding = chord > 0 ? chord - 1 : 0; sounding <= chord + 1; ++sounding) {
      add_chord(brief, sounding, seconds, samples);
    }
    /* What is written is the progress; an engine that has it all at the end only reports its own
     * with focus_sink_report_progress. Both answer FOCUS_ERROR_CANCELLED where nobody wants it any
     * more. */
    result = focus_sink_write_interleaved(sink, samples, BLOCK, 2);
    if (result != FOCUS_OK) return result;
  }
  return FOCUS_OK;
}

/* Writes what the player gives until the session is over. A negative code where that fails. */
static int32_t play(focus_player *player, focus_audio_file *file) {
  static float samples[4096 * 2];
  int32_t frames;
  int32_t result;
  do {
    frames = focus_player_render_interleaved(player, samples, 4096);
    result = frames < 0 ? frames : focus_audio_file_write(file, samples, frames);
  } while (frames == 4096 && result >= 0); /* fewer: the session is over */
  return result < 0 ? result : focus_audio_file_commit(file);
}

/* Says who has played what, and why where it was the fallback. */
static int32_t tell(focus_session *session) {
  focus_event event = FOCUS_EVENT_INIT;
  focus_session_info info = FOCUS_SESSION_INFO_INIT;
  focus_snapshot *snapshot = NULL;
  int32_t result = focus_session_snapshot(session, &snapshot);
  int32_t index;
  if (result >= 0) result = focus_snapshot_info(snapshot, &info);
  for (index = 0; result >= 0 && index < info.total_segments; ++index) {
    focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
    result = focus_snapshot_segment(snapshot, index, &segment);
    if (result >= 0) {
      printf("segment %d, from %5.2f s: %s, in %s\n", (int)index, segment.start_seconds,
             segment.engine, segment.key);
    }
  }
  while (focus_session_poll_event(session, &event) >= 0 && event.type != FOCUS_EVENT_NONE) {
    if (event.type == FOCUS_EVENT_FALLBACK) printf("%s\n", event.message);
  }
  focus_snapshot_destroy(snapshot);
  return result;
}

int main(int argc, char **argv) {
  focus_engine_vtable vtable = FOCUS_ENGINE_VTABLE_INIT;
  focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
  focus_player_options offline = FOCUS_PLAYER_OPTIONS_INIT;
  focus_error error = FOCUS_ERROR_INIT;
  focus_service *service = NULL;
  focus_session *session = NULL;
  focus_player *player = NULL;
  focus_audio_file *file = NULL;
  int done;

  if (argc != 2) {
    fputs("usage: own_engine OUT\n", stderr);
    return 2;
  }
  vtable.describe = describe;
  vtable.generate = generate; /* release stays NULL: there is no user_data to give back */
  request.goal = FOCUS_GOAL_RELAX;
  request.target_minutes = 1;
  request.segment_seconds = 30.0;
  request.engine = "chords";
  offline.mode = FOCUS_PLAYER_OFFLINE;

  done = focus_service_open(NULL, &service) >= 0 &&
         focus_engine_register(service, &vtable, NULL) >= 0 &&
         focus_session_start(service, &request, &session) >= 0 &&
         focus_player_create(session, &offline, &player) >= 0 &&
         focus_audio_file_create(argv[1], 48000, 2, &file) >= 0 && play(player, file) >= 0 &&
         tell(session) >= 0 && focus_engine_unregister(service, "chords", 1000) >= 0;
  if (!done) {
    focus_last_error(&error);
    fprintf(stderr, "own_engine: %s\n", error.message);
  }

  focus_audio_file_destroy(file); /* what was not made is NULL, which is fine */
  focus_player_destroy(player);
  focus_session_destroy(session);
  focus_service_destroy(service);
  return done ? 0 : 1;
}
