// SPDX-License-Identifier: MIT
package org.focussession;

/** What the library refuses or can not do: a code, the field or path it is about, and one line. */
public final class FocusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong, as the C header has it. */
  public enum Code implements Coded {
    INVALID_ARGUMENT(-1),
    NOT_FOUND(-2),
    NOT_READY(-3),
    IO(-4),
    NO_SPACE(-5),
    BAD_DATA(-6),
    UNSUPPORTED(-7),
    ENGINE(-8),
    CANCELLED(-9),
    OUT_OF_MEMORY(-10),
    FORKED(-11),
    INTERNAL(-12),
    /** A code that this class does not know. */
    OTHER(Integer.MIN_VALUE);

    private final int code;

    Code(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }
  }

  private final int rawCode;
  private final String field;
  private final String path;

  /**
   * An engine throws it, to say with which code a segment failed: INVALID_ARGUMENT, UNSUPPORTED and
   * NOT_FOUND are not tried again.
   */
  public FocusException(Code code, String message) {
    this(code.code(), "", message, "");
  }

  FocusException(int code, String field, String message, String path) {
    super(message);
    this.rawCode = code;
    this.field = field;
    this.path = path;
  }

  public Code getCode() {
    return Coded.of(Code.values(), rawCode, Code.OTHER);
  }

  /** The field, argument or path it is about; "" where there is none. */
  public String getField() {
    return field;
  }

  /**
   * The file or folder it is about; "" where there is none. With NOT_FOUND it tells a missing file
   * from a missing session.
   */
  public String getPath() {
    return path;
  }

  int rawCode() {
    return rawCode;
  }
}
