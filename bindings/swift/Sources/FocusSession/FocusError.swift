// SPDX-License-Identifier: MIT
#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

/// What the library refuses or can not do.
public struct FocusError: Error, CustomStringConvertible {
    public let code: Code
    /// The field, argument or path it is about; "" where there is none.
    public let field: String
    /// One line that names the remedy.
    public let message: String
    /// The file or folder it is about; "" where there is none. With `notFound` it tells a missing
    /// file from a missing session.
    public let path: String

    public init(code: Code, field: String = "", message: String, path: String = "") {
        self.code = code
        self.field = field
        self.message = message
        self.path = path
    }

    public var description: String { message }
}

/// Passes a success on, and throws what the library has left behind on this thread otherwise.
@discardableResult
func check(_ result: Int32) throws -> Int32 {
    if result >= 0 { return result }
    var error = focus_error()
    error.struct_size = sizeOf(error)
    _ = focus_last_error(&error)
    throw FocusError(
        code: FocusError.Code(rawValue: result) ?? .internal,
        field: text(error.field),
        message: text(error.message),
        path: text(error.path))
}

/// Calls a function that gives a handle out.
func handle(_ make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) throws -> OpaquePointer {
    var raw: OpaquePointer?
    try check(make(&raw))
    guard let handle = raw else {
        throw FocusError(code: .internal, message: "The library gave no handle out.")
    }
    return handle
}

func sizeOf<T>(_ value: T) -> UInt32 { UInt32(MemoryLayout<T>.stride) }

func text(_ borrowed: UnsafePointer<CChar>?) -> String {
    borrowed.map { String(cString: $0) } ?? ""
}

/// A string of a fixed length, which ends with a zero byte.
func text<Characters>(of characters: Characters) -> String {
    withUnsafeBytes(of: characters) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// nil becomes NULL.
func withText<Result>(
    _ text: String?, _ body: (UnsafePointer<CChar>?) throws -> Result
) rethrows -> Result {
    guard let text = text else { return try body(nil) }
    return try text.withCString { try body($0) }
}
