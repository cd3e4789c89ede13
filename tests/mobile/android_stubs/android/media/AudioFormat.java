// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.media;

public class AudioFormat {
  public static final int ENCODING_PCM_FLOAT = 4;
  public static final int CHANNEL_OUT_STEREO = 12;

  public static class Builder {
    public Builder setEncoding(int encoding) {
      return this;
    }

    public Builder setSampleRate(int sampleRate) {
      return this;
    }

    public Builder setChannelMask(int mask) {
      return this;
    }

    public AudioFormat build() {
      return new AudioFormat();
    }
  }
}
