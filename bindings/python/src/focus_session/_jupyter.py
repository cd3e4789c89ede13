# SPDX-License-Identifier: MIT
"""What notebooks show: a session as a timeline, and audio players.

Self-contained HTML without scripts; text takes the page's own colour, so that it can be read on light
and on dark.
"""
import base64
import html
import pathlib
import tempfile
from typing import Callable, Sequence

from ._samples import Samples
from .enums import SessionStatus
from .files import AudioFile, PathLike
from .values import SegmentInfo, SessionInfo

_WIDTH, _TOP, _LANE, _BAND = 960, 8, 84, 24
_MOST_BYTES = 16 * 1024 * 1024  # of a file inside a page
_SHOWN = 200  # segments that are drawn one by one
_LABEL_WIDTH = 54.0

PART_RATE = 48000  # of the part of a session that `session_audio` plays

# Mid tones, that stand out from white and from black.
_HUES = ("#3b8ea5", "#5a9367", "#b07d48", "#8a6fb0", "#b0607a", "#5f7fbf",
         "#8c8b3d", "#4d9a92", "#a86d4f", "#7a85a8", "#9a6aa0", "#6d9a4d")
_TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_FLATS = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#"}


class Audio:
    """An audio player as notebooks show it. The file is part of the page."""

    def __init__(self, data: bytes, label: str, kind: str = "audio/mpeg") -> None:
        self.data = data
        self.kind = kind
        self.label = label

    def _repr_html_(self) -> str:
        label = html.escape(self.label)
        if len(self.data) > _MOST_BYTES:
            return (f"<p>{label}: {len(self.data) / 1e6:.0f} MB are too much for a page. "
                    "Ask for fewer seconds, or write it to a file.</p>")
        data = base64.b64encode(self.data).decode("ascii")
        return (f'<figure style="margin:0.3em 0"><figcaption style="font-size:85%;opacity:0.8">{label}'
                f'</figcaption><audio controls preload="metadata" style="width:100%;max-width:{_WIDTH}px" '
                f'src="data:{self.kind};base64,{data}"></audio></figure>')


def segment_audio(write: Callable[[PathLike], None], info: SegmentInfo) -> Audio:
    """A player of a ready segment, which `write` writes to a file."""
    with tempfile.TemporaryDirectory() as folder:
        rate = round(info.frames / info.duration_seconds)
        is_mp3 = rate in (32000, 44100, 48000)  # MP3 knows few rates
        path = pathlib.Path(folder, "segment.mp3" if is_mp3 else "segment.ogg")
        write(path)
        label = f"Segment {info.index}, {clock(info.duration_seconds)}"
        return Audio(path.read_bytes(), label, "audio/mpeg" if is_mp3 else "audio/ogg")


def session_audio(read: Callable[[int], Samples], session_id: str, start_seconds: float,
                  seconds: float) -> Audio:
    """A player of a part of a session.

    Args:
        read: gives the next frames, at most as many as it is asked for, at `PART_RATE`; none at the end.
        session_id: for the label.
        start_seconds: where in the session the part begins.
        seconds: how long the part is, unless the session ends before.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "part.mp3")
        left = int(seconds * PART_RATE)
        with AudioFile(path, sample_rate=PART_RATE) as file:
            while left > 0 and len(block := read(min(left, 4096))):
                file.write(block)
                left -= len(block)
        heard = seconds - max(0, left) / PART_RATE
        label = f"{session_id}, {clock(start_seconds)} to {clock(start_seconds + heard)}"
        return Audio(path.read_bytes(), label)


def clock(seconds: float) -> str:
    """Hours, minutes and seconds as people write them."""
    whole = int(round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def session_html(info: SessionInfo, segments: Sequence[SegmentInfo]) -> str:
    """The timeline of a session, with what it is and how far it is."""
    prompt = f" “{html.escape(info.custom_prompt)}”" if info.custom_prompt else ""
    title = (f"<b>{html.escape(info.session_id)}</b> · {info.target_minutes} min of "
             f"{html.escape(info.goal)}{prompt}, {html.escape(info.intensity)} · by "
             f"{html.escape(info.engine)}, seed {info.seed}")
    state = f"{info.ready_count} of {info.total_segments} segments ready"
    if info.status is not SessionStatus.ACTIVE:
        state += f", {info.status}".replace("_cap", " by the spend cap")
    elif info.next_ready_at is not None:
        state += f", the next about {info.next_ready_at:%H:%M:%S} UTC"
    return (f'<div style="font-family:system-ui,sans-serif;max-width:{_WIDTH}px">'
            f'<div style="margin-bottom:0.2em">{title}</div>{timeline(info, segments)}'
            f'<div style="font-size:85%;opacity:0.8">{html.escape(state)}</div></div>')


def timeline(info: SessionInfo, segments: Sequence[SegmentInfo]) -> str:
    """Segments over time as SVG: ready ones filled by their key's colour, planned ones dashed; where
    two overlap they are crossfaded. A band below shows each one's loudness against its target."""
    length = max((one.start_seconds + one.duration_seconds for one in segments), default=1.0) or 1.0
    scale = _WIDTH / length
    height = _TOP + _LANE + _BAND + 22
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="100%" '
             f'role="img" aria-label="{info.ready_count} of {info.total_segments} segments ready" '
             'font-family="system-ui,sans-serif" font-size="11" fill="currentColor">']
    for segment in segments[:_SHOWN]:
        parts.append(_segment_svg(segment, scale))
    if len(segments) > _SHOWN:
        rest = segments[_SHOWN:]
        at = rest[0].start_seconds * scale
        parts.append(f'<text x="{at:.1f}" y="{_TOP + _LANE / 2}">and {len(rest)} more</text>')
    parts.append(_axis(length, scale))
    return "".join([*parts, "</svg>"])


def _segment_svg(segment: SegmentInfo, scale: float) -> str:
    begin, end = (segment.start_seconds * scale,
                  (segment.start_seconds + segment.duration_seconds) * scale)
    fade_in, fade_out = segment.fade_in_ms / 1000 * scale, segment.fade_out_ms / 1000 * scale
    bottom = _TOP + _LANE
    shape = (f"{begin:.1f},{bottom} {begin + fade_in:.1f},{_TOP} {end - fade_out:.1f},{_TOP} "
             f"{end:.1f},{bottom}")
    hue = _hue(segment.key)
    style = (f'fill="{hue}" fill-opacity="0.45" stroke="{hue}"' if segment.ready else
             f'fill="none" stroke="{hue}" stroke-dasharray="4 3" stroke-opacity="0.9"')
    drawn = [f"<g><title>{html.escape(_tooltip(segment))}</title>",
             f'<polygon points="{shape}" {style} pointer-events="all"/>']
    if end - begin >= _LABEL_WIDTH:
        middle = (begin + end) / 2
        lines = [f"{segment.index}", segment.key, f"{segment.tempo_bpm:.0f} bpm"]
        if segment.ready:
            lines.append(segment.engine + (" (fallback)" if segment.fallback else ""))
        fitting = max(3, int((end - begin) / 6.2))
        for row, line in enumerate(lines):
            weight = ' font-weight="600"' if row == 0 else ""
            cut = line if len(line) <= fitting else line[: fitting - 1] + "…"
            drawn.append(f'<text x="{middle:.1f}" y="{_TOP + 20 + 17 * row}" text-anchor="middle"{weight}>'
                         f"{html.escape(cut)}</text>")
    if segment.ready:
        drawn.append(_loudness(segment, begin, end))
    return "".join([*drawn, "</g>"])


def _loudness(segment: SegmentInfo, begin: float, end: float) -> str:
    """A line 2 dB a tenth of the band above or below the target's, and the figure where it fits."""
    middle = _TOP + _LANE + 4 + _BAND / 2
    away = max(-1.0, min(1.0, (segment.integrated_lufs - segment.target_lufs) / 6.0))
    line = (f'<line x1="{begin:.1f}" x2="{end:.1f}" y1="{middle - away * _BAND / 2:.1f}" '
            f'y2="{middle - away * _BAND / 2:.1f}" stroke="{_hue(segment.key)}" stroke-width="3"/>')
    if end - begin < _LABEL_WIDTH:
        return line
    return line + (f'<text x="{(begin + end) / 2:.1f}" y="{middle - 5:.1f}" text-anchor="middle" '
                   f'font-size="10">{segment.integrated_lufs:.1f} LUFS</text>')


def _axis(length: float, scale: float) -> str:
    steps = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
    step = next((one for one in steps if length / one <= 10), 28800)
    y = _TOP + _LANE + _BAND + 18
    drawn = []
    at = 0
    while at <= length:
        x = at * scale
        anchor = "start" if at == 0 else "end" if length - at < step / 2 else "middle"
        drawn.append(f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" fill-opacity="0.75">{clock(at)}'
                     "</text>")
        at += step
    return "".join(drawn)


def _hue(key: str) -> str:
    tonic = key.split(" ")[0]
    tonic = _FLATS.get(tonic, tonic)
    return _HUES[_TONICS.index(tonic)] if tonic in _TONICS else "#808080"


def _tooltip(segment: SegmentInfo) -> str:
    lines = [f"Segment {segment.index}: {'ready' if segment.ready else 'planned'}",
             f"{clock(segment.start_seconds)}, {segment.duration_seconds:.1f} s, fades "
             f"{segment.fade_in_ms} and {segment.fade_out_ms} ms",
             f"{segment.key}, {segment.tempo_bpm:.1f} bpm"]
    if segment.ready:
        lines.append(f"{segment.integrated_lufs:.1f} LUFS, true peak {segment.true_peak_dbtp:.1f} dBTP")
        lines.append(f"by {segment.engine} {segment.engine_version}"
                     f"{' (fallback)' if segment.fallback else ''}, {segment.licence_class}")
    return "\n".join(lines)


def segment_html(write: Callable[[PathLike], None], info: SegmentInfo) -> str:
    """A segment's figures, and its player once it is ready."""
    text = html.escape(_tooltip(info)).replace("\n", "<br>")
    player = segment_audio(write, info)._repr_html_() if info.ready else ""
    return f'<div style="font-family:system-ui,sans-serif"><div>{text}</div>{player}</div>'
