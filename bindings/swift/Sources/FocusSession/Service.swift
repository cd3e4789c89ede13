// SPDX-License-Identifier: MIT
#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

/// Where segments are kept.
public enum Storage {
    /// A private folder, removed with the service.
    case temporary
    /// A folder that lasts.
    case folder(String)
    /// No files at all; bounded.
    case memory
}

/// Worker threads, engines and a store: what sessions live in. It may be used from any thread, and goes
/// when nothing refers to it any more.
public final class Service: @unchecked Sendable {
    let raw: OpaquePointer

    public init(storage: Storage = .temporary, workerCount: Int = 0) throws {
        var options = focus_service_options()
        options.struct_size = sizeOf(options)
        options.worker_count = Int32(clamping: workerCount)
        options.log_level = 1
        var folder: String?
        switch storage {
        case .temporary: options.storage = 0
        case .folder(let path):
            options.storage = 1
            folder = path
        case .memory: options.storage = 2
        }
        raw = try withText(folder) { path in
            options.data_folder = path
            return try handle { focus_service_open(&options, $0) }
        }
    }

    deinit { _ = focus_service_destroy(raw) }

    /// Plans a session and begins to make its segments. Returns at once.
    public func start(_ request: Request) throws -> Session {
        Session(try request.withC { request in
            try handle { focus_session_start(raw, request, $0) }
        })
    }

    /// Opens a session of this store by its id.
    public func open(_ sessionID: String) throws -> Session {
        Session(try handle { focus_session_open(raw, sessionID, $0) })
    }

    /// The ids of the sessions in the store, oldest first.
    public func sessionIDs() throws -> [String] {
        let list = try handle { focus_session_list_create(raw, $0) }
        defer { _ = focus_session_list_destroy(list) }
        var count: Int32 = 0
        try check(focus_session_list_count(list, &count))
        return try (0..<count).map { index in
            var id: UnsafePointer<CChar>?
            try check(focus_session_list_get(list, index, &id))
            return text(id)
        }
    }

    /// Ends a session and removes it from the store.
    public func delete(_ sessionID: String) throws {
        try check(focus_session_delete(raw, sessionID))
    }
}
