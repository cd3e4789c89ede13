// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.media;

public class AudioTrack {
  public static final int MODE_STREAM = 1;
  public static final int WRITE_BLOCKING = 0;

  public static int getMinBufferSize(int sampleRate, int channelConfig, int audioFormat) {
    return 0;
  }

  public int write(float[] samples, int offset, int count, int mode) {
    return count;
  }

  public void play() {}

  public void stop() {}

  public void release() {}

  public static class Builder {
    public Builder setAudioAttributes(AudioAttributes attributes) {
      return this;
    }

    public Builder setAudioFormat(AudioFormat format) {
      return this;
    }

    public Builder setBufferSizeInBytes(int size) {
      return this;
    }

    public AudioTrack build() {
      return new AudioTrack();
    }
  }
}
