// SPDX-License-Identifier: MIT
#include "options.h"

#include "option_types.h"
#include "request_fields.h"
#include "text.h"

namespace cli {
namespace {

constexpr const char* kRenderExamples = R"(Examples:
  focus-session render focus.flac
      ten minutes of focus music
  focus-session render night.opus --goal sleep --minutes 480
      a whole night, in bounded memory
  focus-session render rain.wav --prompt "slow warm pads, rain on a window, no drums" --minutes 20
      music by description
  focus-session render day.flac --minutes 120 --work-minutes 25 --break-minutes 5
      work and breaks take turns; a break plays relax, then the work's music goes on
  focus-session render doze.flac --goal sleep --minutes 60 --ending-seconds 1800
      the second half hour is one long fade
  focus-session render desk.flac --modulation-depth 0.5 --level melody=-6 --level percussion=-60
      modulated at 16 Hz, its melody further back, its percussion off
  focus-session render again.flac --seed 7 --intensity low --divergence 0.5
      the same seed and options give the same music, bit for bit
  focus-session render drone.flac --engine-command 'python3 drone_engine.py {brief} {out}'
      played by a program of yours; studio stands in where it fails
  focus-session render hour.flac --minutes 60 --segments hour/
      also the segments, their scores as MIDI, session.json and a drawing, timeline.svg
  focus-session render hour.mp3 --minutes 60 --cue hour.cue
      its movements are chapters of the file, and tracks of a cue sheet
  focus-session render - --minutes 60 --bits 16 | aplay
      WAV on standard output, while it is made; the summary goes to standard error
  focus-session render - --minutes 60 --format opus | ssh radio 'cat > hour.opus'
      any other format likewise

OUT ends in .wav (32-bit float), .flac (24 bit), .ogg, .opus or .mp3. A symbolic link stays one. A
pipe or a device gets the bytes, and "-" is standard output.)";

constexpr const char* kMeasureExamples = R"(Examples:
  focus-session measure focus.flac
  focus-session measure --json *.flac
  ffmpeg -i talk.mkv -f wav - | focus-session measure -
      what comes on standard input

Loudness and range are those of EBU R 128 and EBU Tech 3342, the peak is the true peak. The cue
points are the first and the last moment at which the body of the music is at full level.)";

constexpr const char* kMixExamples = R"(Examples:
  focus-session mix one.flac two.mp3 three.wav --out evening.flac
      levelled to -18 LUFS; each overlap, its length and its law are found from the audio
  focus-session mix *.ogg --out album.opus --target-lufs -16 --crossfade 6
      six seconds each, at most half of a file
  focus-session mix *.wav --out set.flac --json --pictures set/
      where and how the transitions are, as JSON and as drawings

  focus-session mix one.flac two.flac --out - | ffmpeg -i - -b:a 192k radio.mp3
      WAV on standard output, while it is made; the summary goes to standard error

Every file is heard in full: only silence is left out where two are joined, and what is not heard is
told. A fade-out or reverberation goes on to its end under the next file, and is not faded again. A
quiet beginning or ending is music and is played; --trim permits to leave out that much of it. Files
that keep the same beat meet on it; files that are alike are moved by up to 15 ms, or turned in
polarity, so that they do not cancel each other. Mono is put on both sides, surround is folded down
to stereo.

OUT ends in .wav (32-bit float), .flac (24 bit), .ogg, .opus or .mp3. It can not be one of the FILEs.
A symbolic link stays one. A pipe or a device gets the bytes, and "-" is standard output.)";

void add_bits(CLI::App& command, std::int32_t& bits) {
  add_whole(command, "--bits",
            "Bits per sample: 16, 24 or 32 (float) in WAV (32), 16 or 24 in FLAC (24)",
            [&bits](std::int32_t value) {
              if (value == 0) refuse("--bits", "must be 16, 24 or 32, not 0");
              bits = value;
            })
      ->type_name("N");
}

/// How the file is written, and what is written beside it.
void add_file(CLI::App& app, std::string& format, std::string& cue_file) {
  app.add_option("--format", format,
                 "wav, flac, ogg, opus or mp3, where OUT does not tell: a pipe gets wav")
      ->type_name("FORMAT");
  app.add_option("--cue", cue_file, "A cue sheet of the chapters, to be written beside OUT")
      ->type_name("FILE");
}

}  // namespace

CLI::App* add_render(CLI::App& app, RenderOptions& options) {
  CLI::App* command = app.add_subcommand("render", "Make a session and write it as one audio file");
  command
      ->add_option("OUT", options.out,
                   "The file, or - for standard output; its ending chooses the format")
      ->required()
      ->type_name("");
  add_file(*command, options.format, options.cue_file);
  add_request_options(*command, options.request);
  command
      ->add_option("--segments", options.segments_folder,
                   "A folder for the segments, scores, session.json and timeline.svg")
      ->type_name("DIR");
  add_jobs(*command, options.jobs);
  add_bits(*command, options.bits);
  add_engine_options(*command, options.engine);
  command->add_flag("--json", options.json, "Tell what was made as one JSON object on stdout");
  command->add_flag("--quiet", options.quiet, "Tell nothing but errors");
  command->footer(kRenderExamples);
  return command;
}

CLI::App* add_measure(CLI::App& app, MeasureOptions& options) {
  CLI::App* command = app.add_subcommand("measure", "Measure the loudness of audio files");
  command
      ->add_option("FILE", options.files,
                   "WAV, AIFF, FLAC, Ogg, Opus, MP3 and more; a pipe as well, or -")
      ->required()
      ->type_name("...");
  command->add_flag("--json", options.json, "Print one JSON object");
  command->footer(kMeasureExamples);
  return command;
}

CLI::App* add_mix(CLI::App& app, MixCommandOptions& options) {
  CLI::App* command = app.add_subcommand("mix", "Level audio files and join them to one");
  command
      ->add_option("FILE", options.files,
                   "WAV, AIFF, FLAC, Ogg, Opus, MP3 and more, in their order")
      ->required()
      ->type_name("...");
  command
      ->add_option("--out", options.out, "The file to write, or -; its ending chooses the format")
      ->required()
      ->type_name("OUT");
  add_file(*command, options.format, options.cue_file);
  command
      ->add_option_function<std::string>(
          "--crossfade",
          [&options](const std::string& text) {
            if (text == "auto") return;
            options.crossfade_seconds = real_number(text);
            if (!options.crossfade_seconds) {
              refuse("--crossfade", "must be auto or a number of seconds, not \"" + text + "\"");
            }
          },
          "How long two files sound at once: auto (found for each pair) or 0.01 to 60 seconds")
      ->type_name("auto|S")
      ->default_str("auto");
  add_real(*command, "--target-lufs", "Loudness that each file is brought to, -40 to -8 LUFS",
           [&options](double value) { options.target_lufs = value; })
      ->type_name("L")
      ->default_str("-18");
  add_whole(*command, "--rate",
            "Samples a second, " + range_of("sample_rate") + " (that of most files)",
            [&options](std::int32_t value) { options.rate = value; })
      ->type_name("HZ");
  add_real(*command, "--trim",
           "Seconds of a quiet beginning or ending that may be left out at a joint, 0 to 3600",
           [&options](double value) { options.trim_seconds = value; })
      ->type_name("S")
      ->default_str("0");
  add_bits(*command, options.bits);
  command
      ->add_option("--pictures", options.pictures_folder,
                   "A folder for a drawing (SVG) of each transition")
      ->type_name("DIR");
  command->add_flag("--json", options.json, "List the transitions as one JSON array on stdout");
  command->add_flag("--quiet", options.quiet, "Tell nothing but errors");
  command->footer(kMixExamples);
  return command;
}

CLI::App* add_engines(CLI::App& app, EnginesOptions& options) {
  CLI::App* command = app.add_subcommand("engines", "List who can play, and under which licence");
  command->add_flag("--json", options.json, "Print one JSON object");
  add_engine_options(*command, options.engine);
  command->footer("Examples:\n  focus-session engines\n  focus-session engines --json");
  return command;
}

}  // namespace cli
