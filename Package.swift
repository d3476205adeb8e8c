// swift-tools-version: 6.1
import PackageDescription

// One program in fourteen rooms. What a room may import is the table in docs/architecture.md;
// SwiftPM lets a transitive import compile, so Tests/TidyTests enforces the table.

/// The hot rooms keep their state in structs; what is left of exclusivity checking costs
/// a third of the speed and finds nothing there that the tests don't.
let hot: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

let package = Package(
    name: "weir",
    products: [.executable(name: "weir", targets: ["weir"])],
    traits: [
        .trait(name: "Kafka", description: "Kafka sources and lag probes, through librdkafka"),
        .trait(name: "Redis", description: "Redis Streams, through hiredis"),
        .trait(name: "NATS", description: "NATS JetStream, through libnats"),
        .trait(name: "MQTT", description: "MQTT, through libmosquitto"),
        .trait(name: "Postgres", description: "PostgreSQL, through libpq"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries: a module map and what Swift can't see of them.
        .systemLibrary(name: "CNcurses"),
        .systemLibrary(name: "CPCRE2"),
        .systemLibrary(name: "CZstd"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CRdkafka"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CNats"),
        .systemLibrary(name: "CMosquitto"),
        .systemLibrary(name: "CLibpq"),
        .target(
            name: "CSimdjson", cxxSettings: [.unsafeFlags(["-O3", "-std=c++20"])],
            linkerSettings: [.linkedLibrary("simdjson")]),

        // Data comes in on the left …
        .target(name: "Events"),
        .target(name: "Patterns", dependencies: ["Events", "CPCRE2"]),
        .target(
            name: "Decoding", dependencies: ["Events", "Patterns", "CSimdjson"],
            swiftSettings: hot),
        .target(name: "Recording", dependencies: ["Events", "CZstd"]),
        .target(
            name: "Connectors",
            dependencies: [
                "Events", "Recording", "CZlib", "CZstd", "CSpawn", "CCurl",
                .product(name: "DequeModule", package: "swift-collections"),
                .target(name: "CRdkafka", condition: .when(traits: ["Kafka"])),
                .target(name: "CHiredis", condition: .when(traits: ["Redis"])),
                .target(name: "CNats", condition: .when(traits: ["NATS"])),
                .target(name: "CMosquitto", condition: .when(traits: ["MQTT"])),
                .target(name: "CLibpq", condition: .when(traits: ["Postgres"])),
            ]),

        // … gets its meaning in the middle …
        .target(name: "Queries", dependencies: ["Events", "Patterns"]),
        .target(name: "Alerting", dependencies: ["Events", "Queries"]),
        .target(
            name: "Engine",
            dependencies: [
                "Events", "Patterns", "Queries", "Alerting",
                .product(name: "DequeModule", package: "swift-collections"),
            ], swiftSettings: hot),
        .target(
            name: "Configuration",
            dependencies: [
                "Events", "Decoding", "Patterns", "Queries", "Alerting",
                .product(name: "Yams", package: "Yams"),
            ]),

        // … and becomes a picture on the right.
        .target(name: "Screen"),
        .target(
            name: "Panels",
            dependencies: [
                "Events", "Patterns", "Queries", "Alerting", "Engine", "Configuration", "Screen",
            ]),
        .target(name: "Terminal", dependencies: ["Screen", "CNcurses"]),

        // They meet here.
        .target(
            name: "Monitor",
            dependencies: [
                "Events", "Decoding", "Queries", "Alerting", "Engine", "Configuration", "Recording",
                "Connectors", "Screen", "Panels", "Terminal",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "weir", dependencies: ["Monitor"]),

        .testTarget(name: "TidyTests"),
        .testTarget(name: "EventsTests", dependencies: ["Events"]),
        .testTarget(
            name: "DecodingTests", dependencies: ["Decoding", "Events", "Patterns", "TestSeeds"]),
        .testTarget(name: "QueriesTests", dependencies: ["Queries", "Events", "TestSeeds"]),
        .testTarget(name: "AlertingTests", dependencies: ["Alerting", "Events"]),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Alerting", "Engine", "Events", "Queries", "TestSeeds"]),
        .testTarget(
            name: "RecordingTests", dependencies: ["Recording", "Events", "TestSeeds"],
            exclude: ["Recordings"]),
        .testTarget(
            name: "ConnectorsTests",
            dependencies: ["CKafkaMock", "Connectors", "Events", "TestSeeds", "TestServers"]),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Alerting", "Configuration", "Events", "Queries", "TestSeeds"],
            exclude: ["validate.py"]),
        .target(name: "TestSeeds", path: "Tests/TestSeeds"),
        .target(name: "TestServers", dependencies: ["CSpawn"], path: "Tests/TestServers"),
        .target(name: "Injections", path: "Tests/Injections"),
        .systemLibrary(name: "CKafkaMock", path: "Tests/CKafkaMock"),
        .target(name: "CPty", path: "Tests/CPty"),
        .target(name: "PtySupport", dependencies: ["CPty"], path: "Tests/PtySupport"),
        .testTarget(
            name: "JourneyTests",
            dependencies: ["Injections", "PtySupport", "TestSeeds", "TestServers"]),
        .systemLibrary(name: "CVterm", path: "Tests/CVterm"),
        .target(name: "PresenterGrids", dependencies: ["Screen"], path: "Tests/PresenterGrids"),
        .executableTarget(
            name: "presenter-fixture", dependencies: ["PresenterGrids", "Screen", "Terminal"],
            path: "Tests/PresenterFixture"),
        .testTarget(
            name: "TerminalTests",
            dependencies: [
                "Terminal", "Screen", "PtySupport", "PresenterGrids", "CVterm", "presenter-fixture",
                "TestSeeds",
            ]),
        .testTarget(name: "CountsTests", dependencies: ["PtySupport"]),
        .testTarget(name: "ScreenTests", dependencies: ["Screen", "TestSeeds"]),
        .testTarget(
            name: "PanelsTests",
            dependencies: ["Panels", "Configuration", "Engine", "Events", "Screen"]),
        .testTarget(
            name: "MonitorTests",
            dependencies: [
                "Monitor", "Configuration", "Connectors", "Decoding", "Engine", "Events",
                "Injections", "Panels", "Queries", "Recording", "Screen",
            ], exclude: ["Golden", "Scripts"]),
    ]
)

// The fuzzers are a build of their own, with libFuzzer and the address sanitizer: `make fuzz`.
if Context.environment["WEIR_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CFuzzer", path: "Tests/CFuzzer"),
        .executableTarget(
            name: "weir-fuzz",
            dependencies: [
                "CFuzzer", "Configuration", "Decoding", "Engine", "Events", "Patterns", "Queries",
                "Recording", "Screen",
            ], path: "Tests/Fuzz/Fuzzers"),
    ]
}
