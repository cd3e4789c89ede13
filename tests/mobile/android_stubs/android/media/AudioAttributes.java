// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.media;

public class AudioAttributes {
  public static final int USAGE_MEDIA = 1;
  public static final int CONTENT_TYPE_MUSIC = 2;

  public static class Builder {
    public Builder setUsage(int usage) {
      return this;
    }

    public Builder setContentType(int type) {
      return this;
    }

    public AudioAttributes build() {
      return new AudioAttributes();
    }
  }
}
