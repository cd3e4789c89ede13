// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.net;

public abstract class Uri {
  public abstract String getHost();

  public abstract String getEncodedPath();

  public abstract String getEncodedQuery();
}
