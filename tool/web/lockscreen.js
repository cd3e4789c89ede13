// SPDX-License-Identifier: MIT
// The controls of lock screens and headsets. Systems show them for media elements alone: a silent one
// goes along with the music.

const SECONDS = 10; // shorter ones get no controls
const RATE = 8000;

function silence() {
  const view = new DataView(new ArrayBuffer(44));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  const frames = SECONDS * RATE;
  word(0, 'RIFF');
  view.setUint32(4, 36 + frames, true);
  word(8, 'WAVEfmt ');
  [[16, 4, 16], [20, 2, 1], [22, 2, 1], [24, 4, RATE], [28, 4, RATE], [32, 2, 1], [34, 2, 8]]
    .forEach(([at, size, value]) => (size === 4 ? view.setUint32 : view.setUint16).call(view, at, value, true));
  word(36, 'data');
  view.setUint32(40, frames, true);
  return URL.createObjectURL(new Blob([view, new Uint8Array(frames).fill(128)], { type: 'audio/wav' }));
}

export class LockScreen {
  /** `actions` maps the names of Media Session actions to handlers. */
  constructor(actions) {
    this.session = navigator.mediaSession;
    if (!this.session) return;
    for (const [action, handler] of Object.entries(actions)) {
      try {
        this.session.setActionHandler(action, handler);
      } catch { /* one that this browser does not know */ }
    }
  }

  /** The picture that goes with the title; its address. */
  paint(picture) {
    this.artwork = [{ src: picture, sizes: '512x512', type: 'image/png' }];
  }

  show({ isOn, title, goal }) {
    if (!this.session) return;
    if (isOn && !this.audio) {
      this.audio = new Audio(silence());
      this.audio.loop = true;
    }
    if (isOn) this.audio.play().catch(() => {});
    else this.audio?.pause();
    this.session.playbackState = isOn ? 'playing' : 'paused';
    if (this.title === title && this.shown === this.artwork) return;
    Object.assign(this, { title, shown: this.artwork });
    const { artwork } = this;
    this.session.metadata = new MediaMetadata({
      title, artist: 'Focus Session', album: goal, ...(artwork && { artwork }),
    });
  }

  place(position, length) {
    if (!(length > 0)) return;
    this.session?.setPositionState?.({ duration: length, position: Math.min(position, length) });
  }
}
