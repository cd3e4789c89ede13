// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.webkit;

import android.net.Uri;
import java.util.Map;

public interface WebResourceRequest {
  Uri getUrl();

  String getMethod();

  Map<String, String> getRequestHeaders();
}
