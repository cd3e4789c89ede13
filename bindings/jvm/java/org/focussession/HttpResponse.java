// SPDX-License-Identifier: MIT
package org.focussession;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request. Audio stays readable while it is open, whatever becomes of its session. */
public final class HttpResponse extends HttpInfo implements AutoCloseable {
  private static final int SLICE_MS = 100;

  private final Handle handle;
  private final Map<String, String> headers = new LinkedHashMap<>();

  HttpResponse(long response) {
    handle = new Handle(this, "response", response, Native::responseDestroy);
    Native.responseInfo(response, this);
    String[] pair = new String[2];
    for (int i = 0; i < headerCount; ++i) {
      Native.responseHeader(response, i, pair);
      headers.merge(pair[0], pair[1], (first, second) -> first + ", " + second);
    }
  }

  public int getStatus() {
    return status;
  }

  public Map<String, String> getHeaders() {
    return headers;
  }

  /** In bytes; -1 for a stream, whose length is not known. */
  public long getBodySize() {
    return bodySize;
  }

  /**
   * The body. For a stream of events, reading waits until something happens; closing either this answer
   * or the input stream, which is the same, ends that.
   */
  public InputStream body() {
    return new Body();
  }

  @Override
  public void close() {
    handle.close();
  }

  private final class Body extends InputStream {
    private final byte[] one = new byte[1];

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
      Samples.check(buffer.length, offset, length, 1);
      if (length == 0) return 0;
      for (; ; ) {
        int count = readSome(buffer, offset, length);
        if (count != 0) return count;
        if (Thread.currentThread().isInterrupted()) throw new IOException("interrupted");
      }
    }

    private int readSome(byte[] buffer, int offset, int length) throws IOException {
      long response;
      try {
        response = handle.acquire();
      } catch (IllegalStateException closed) {
        throw new IOException("closed", closed);
      }
      try {
        return Native.responseRead(response, buffer, offset, length, SLICE_MS);
      } catch (FocusException error) {
        throw new IOException(error.getMessage(), error);
      } finally {
        handle.release();
      }
    }

    @Override
    public void close() {
      HttpResponse.this.close();
    }
  }
}
