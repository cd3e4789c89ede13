/* SPDX-License-Identifier: MIT */
/* An engine for tests that is a command and costs next to nothing: tone_command BRIEF.json OUT.wav.
   Two partials in 16 bits, whose pitch is the seed's and the segment's. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char brief[1 << 20];

/* A whole number of the brief. */
static uint64_t number(const char *name) {
  char key[64];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *found = strstr(brief, key);
  if (!found) {
    fprintf(stderr, "the brief has no %s\n", name);
    exit(1);
  }
  return strtoull(found + strlen(key), NULL, 10);
}

static void put(FILE *out, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) fputc((int)(value >> 8 * i & 0xff), out);
}

int main(int argc, char **argv) {
  FILE *in = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!in || fread(brief, 1, sizeof brief - 1, in) == 0) return 1;
  fclose(in);
  const uint32_t frames = (uint32_t)number("frames");
  const uint32_t rate = (uint32_t)number("sample_rate");
  FILE *out = fopen(argv[2], "wb");
  if (!out) return 1;
  fwrite("RIFF", 1, 4, out);
  put(out, 36 + 4 * frames, 4);
  fwrite("WAVEfmt ", 1, 8, out);
  put(out, 16, 4);
  put(out, 1, 2);
  put(out, 2, 2);
  put(out, rate, 4);
  put(out, 4 * rate, 4);
  put(out, 4, 2);
  put(out, 16, 2);
  fwrite("data", 1, 4, out);
  put(out, 4 * frames, 4);
  /* A sine that is turned on from sample to sample; the second partial is an octave above. */
  const double of_seed = (double)(number("seed") % 1009) / 8.0;
  const double hz = 110.0 + of_seed + 2.0 * (double)number("segment_index");
  const double by_sine = sin(2.0 * 3.14159265358979 * hz / rate);
  const double by_cosine = cos(2.0 * 3.14159265358979 * hz / rate);
  double sine = 0.0;
  double cosine = 1.0;
  for (uint32_t i = 0; i < frames; ++i) {
    put(out, (uint16_t)(int16_t)lrint(6000.0 * sine), 2);
    put(out, (uint16_t)(int16_t)lrint(6000.0 * 2.0 * sine * cosine), 2);
    const double next = sine * by_cosine + cosine * by_sine;
    cosine = cosine * by_cosine - sine * by_sine;
    sine = next;
  }
  return fclose(out) == 0 ? 0 : 1;
}
