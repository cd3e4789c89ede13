// SPDX-License-Identifier: MIT
import XCTest

@testable import FocusSession

final class FocusSessionTests: XCTestCase {
    private func request(_ goal: Goal = .focus) -> Request {
        var request = Request(goal: goal, targetMinutes: 1)
        request.seed = 7
        request.sampleRate = 8000
        request.segmentSeconds = 20
        return request
    }

    func testAWholeSessionIsExactlyAsLongAsAskedFor() throws {
        let service = try Service(storage: .memory)
        let player = try service.start(request()).play(offline: true)
        var samples = [Float](repeating: 0, count: 8000)
        var music = 0
        while case let count = player.render(&samples, frames: 4000), count > 0 { music += Int(count) }
        XCTAssertEqual(music, 60 * 8000)
        XCTAssertEqual(try player.state(), .finished)
    }

    func testAnErrorNamesItsField() throws {
        let service = try Service(storage: .memory)
        XCTAssertThrowsError(try service.start(Request(goal: .focus, targetMinutes: 0))) { error in
            XCTAssertEqual((error as? FocusError)?.code, .invalidArgument)
            XCTAssertEqual((error as? FocusError)?.field, "target_minutes")
            XCTAssertEqual((error as? FocusError)?.path, "")
        }
    }

    func testEventsEndWhenTheSessionDoes() async throws {
        let service = try Service(storage: .memory)
        let session = try service.start(request())
        var ready = 0
        for try await event in session.events where event.kind == .segmentReady { ready += 1 }
        XCTAssertEqual(ready, try session.segments().count)
    }

    func testAnEngineThatThrowsIsStoodInFor() async throws {
        final class Failing: Engine {
            let key = "failing"
            let version = "1"
            func generate(_ brief: Brief, into sink: Sink) throws {
                throw FocusError(code: .unsupported, message: "only on weekdays")
            }
        }
        let service = try Service(storage: .memory)
        try service.register(Failing())
        var failing = request()
        failing.engine = "failing"
        for try await event in try service.start(failing).events where event.kind == .fallback {
            XCTAssertTrue(event.message.contains("only on weekdays"))
            return
        }
        XCTFail("nobody stood in")
    }
}
