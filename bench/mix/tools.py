# SPDX-License-Identifier: MIT
"""The tools that are compared: each levels files to -18 LUFS and joins them over about eight seconds.

A tool is a function of (files, folder, overlap) that writes folder/mix.wav and returns where the joins
are as (start, end) in seconds, or None where they have to be searched for."""
import json
import re
import shutil
import subprocess

TARGET = -18.0
CEILING = -1.0
OVERLAP = 8.0


def run(*command, cwd=None):
    return subprocess.run([str(part) for part in command], cwd=cwd, check=True,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)


def ours(tool):
    def mix(files, folder):
        told = run(tool, "mix", *files, "--out", folder / "mix.wav", "--json").stdout
        return [(join["start"], join["end"]) for join in json.loads(told)]
    return mix


def ffmpeg_chain(files, filters, out, curve):
    """One command: each file through its filter, then all through acrossfade."""
    inputs = [part for file in files for part in ("-i", file)]
    graph = [f"[{k}:a]{chain}[a{k}]" for k, chain in enumerate(filters)]
    last = "a0"
    for k in range(1, len(files)):
        graph.append(f"[{last}][a{k}]acrossfade=d={OVERLAP:g}:c1={curve}:c2={curve}[x{k}]")
        last = f"x{k}"
    run("ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, "-filter_complex", ";".join(graph),
        "-map", f"[{last}]", "-c:a", "pcm_f32le", out)


def ffmpeg_loudnorm(files, folder):
    """The two passes that its documentation asks for, then acrossfade as it is."""
    limits = f"I={TARGET:g}:TP={CEILING:g}:LRA=20"
    filters = []
    for file in files:
        told = run("ffmpeg", "-nostdin", "-i", file, "-af", f"loudnorm={limits}:print_format=json",
                   "-f", "null", "-").stderr
        found = json.loads(told[told.rindex("{"):told.rindex("}") + 1])
        filters.append(f"loudnorm={limits}:linear=true:measured_I={found['input_i']}"
                       f":measured_TP={found['input_tp']}:measured_LRA={found['input_lra']}"
                       f":measured_thresh={found['input_thresh']}:offset={found['target_offset']}"
                       ",aresample=48000")
    ffmpeg_chain(files, filters, folder / "mix.wav", "tri")


def ebur128_gains(files):
    """What ffmpeg's meter says each file lacks, in dB."""
    gains = []
    for file in files:
        told = run("ffmpeg", "-nostdin", "-nostats", "-i", file, "-af", "ebur128=framelog=verbose",
                   "-f", "null", "-").stderr
        gains.append(TARGET - float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1]))
    return gains


def ffmpeg_gain(curve):
    def mix(files, folder):
        filters = [f"volume={gain:.2f}dB" for gain in ebur128_gains(files)]
        ffmpeg_chain(files, filters, folder / "mix.wav", curve)
    return mix


def sox(files, folder):
    """Gains by ffmpeg's meter, as sox has none; cosine crossfades by `splice -q`."""
    levelled = []
    lengths = []
    for number, (file, gain) in enumerate(zip(files, ebur128_gains(files))):
        part = folder / f"sox{number}.wav"
        run("sox", file, "-e", "floating-point", "-b", "32", part, "gain", f"{gain:.2f}")
        levelled.append(part)
        lengths.append(float(run("soxi", "-D", part).stdout))
    # A splice overlaps by twice its `excess`; its position counts in what goes in, not what comes out.
    positions = []
    end = 0.0
    for length in lengths[:-1]:
        end += length
        positions.append(f"{end:.6f},{OVERLAP / 2:g},0")
    run("sox", *levelled, "-e", "floating-point", "-b", "32", folder / "mix.wav", "splice", "-q",
        *positions)


LIQUIDSOAP = """
settings.init.allow_root.set(true)
settings.frame.audio.samplerate.set(48000)
settings.log.stdout.set(false)
settings.log.file.set(false)
s = playlist(mode="normal", loop=false, reload_mode="never", "{folder}/list.m3u")
s = amplify(override="liq_amplify", 1., s)
s = crossfade(duration={overlap:.1f}, fade_out={overlap:.1f}, fade_in={overlap:.1f}, s)
clock.assign_new(sync="none", [s])
output.file(fallible=true, on_stop=shutdown, %wav(stereo=true, samplesize=24), "{folder}/mix.wav", s)
"""


def liquidsoap(files, folder):
    """Gains by ffmpeg's meter, its own crossfade without `smart`, as fast as it goes."""
    lines = [f'annotate:liq_amplify="{gain:.2f} dB":{file}'
             for file, gain in zip(files, ebur128_gains(files))]
    (folder / "list.m3u").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "mix.liq").write_text(
        LIQUIDSOAP.format(folder=folder, overlap=OVERLAP).lstrip(), "utf-8")
    run("liquidsoap", folder / "mix.liq")


def all_of(tool):
    """Every tool by its name, and why one is left out instead of it."""
    table = [("focus-session mix", [], ours(tool)),
             ("ffmpeg loudnorm x2, tri", ["ffmpeg"], ffmpeg_loudnorm),
             ("ffmpeg gain, tri", ["ffmpeg"], ffmpeg_gain("tri")),
             ("ffmpeg gain, qsin", ["ffmpeg"], ffmpeg_gain("qsin")),
             ("sox splice -q", ["sox", "soxi", "ffmpeg"], sox),
             ("liquidsoap crossfade", ["liquidsoap", "ffmpeg"], liquidsoap)]
    for name, needs, mix in table:
        missing = [need for need in needs if shutil.which(need) is None]
        yield name, mix, missing
