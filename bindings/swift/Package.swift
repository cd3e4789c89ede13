// swift-tools-version:5.7
// SPDX-License-Identifier: MIT
// Never compiled: see docs/mobile.md.
import PackageDescription

let package = Package(
    name: "FocusSession",
    platforms: [.macOS(.v12), .iOS(.v15)],
    products: [.library(name: "FocusSession", targets: ["FocusSession"])],
    targets: [
        // The installed library, found by pkg-config. For iOS: .binaryTarget(name: "CFocusSession",
        // path: "CFocusSession.xcframework"), whose headers bring their own module map.
        .systemLibrary(name: "CFocus", pkgConfig: "focus_session"),
        .target(name: "FocusSession", dependencies: ["CFocus"]),
        .testTarget(name: "FocusSessionTests", dependencies: ["FocusSession"]),
    ]
)
