// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.webkit;

import java.io.InputStream;
import java.util.Map;

public class WebResourceResponse {
  public WebResourceResponse(
      String mimeType,
      String encoding,
      int statusCode,
      String reasonPhrase,
      Map<String, String> responseHeaders,
      InputStream data) {}
}
