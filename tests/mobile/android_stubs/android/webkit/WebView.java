// SPDX-License-Identifier: MIT
// The few signatures of Android that docs/mobile.md uses: there is no android.jar here.
package android.webkit;

public class WebView {}
