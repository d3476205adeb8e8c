/// The options of a source, typed: what stands beside `from`, and in the query of its name.
package struct SourceSettings: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case text(String)
        case truth(Bool)
        case integer(Int)
        case duration(Nanoseconds)
        case start(StartPosition)
        case secret(Secret)
    }

    /// A property of the source's library, whose names have dots.
    package struct Property: Hashable, Sendable {
        package var name: String
        /// A text or a secret.
        package var value: Value
        /// As in the dashboard file.
        package var written: String
    }

    private var values: [String: Value] = [:]
    /// In the order in which they were written, each name once. The texts are those of the file,
    /// and hold no secret.
    package private(set) var written: [(name: String, text: String)] = []
    package private(set) var properties: [Property] = []

    package init() {}

    package var isEmpty: Bool { values.isEmpty && properties.isEmpty }

    /// `text`: as it was written.
    package mutating func set(_ option: SourceOption, _ value: Value, text: String) {
        if values.updateValue(value, forKey: option.name) != nil {
            written.removeAll { $0.name == option.name }
        }
        written.append((option.name, text))
    }

    package mutating func set(_ property: String, _ value: Value, text: String) {
        properties.removeAll { $0.name == property }
        properties.append(Property(name: property, value: value, written: text))
    }

    package mutating func remove(_ option: SourceOption) {
        values[option.name] = nil
        written.removeAll { $0.name == option.name }
    }

    package var names: [String] { written.map(\.name) + properties.map(\.name) }

    package func has(_ option: SourceOption) -> Bool { values[option.name] != nil }

    package func text(_ option: SourceOption) -> String? {
        if case .text(let text) = values[option.name] { text } else { nil }
    }

    package func truth(_ option: SourceOption) -> Bool? {
        if case .truth(let truth) = values[option.name] { truth } else { nil }
    }

    package func integer(_ option: SourceOption) -> Int? {
        if case .integer(let number) = values[option.name] { number } else { nil }
    }

    package func duration(_ option: SourceOption) -> Nanoseconds? {
        if case .duration(let duration) = values[option.name] { duration } else { nil }
    }

    package func start(_ option: SourceOption) -> StartPosition? {
        if case .start(let start) = values[option.name] { start } else { nil }
    }

    package func secret(_ option: SourceOption) -> Secret? {
        if case .secret(let secret) = values[option.name] { secret } else { nil }
    }

    package static func == (a: SourceSettings, b: SourceSettings) -> Bool {
        a.values == b.values && a.properties == b.properties
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(values)
        hasher.combine(properties)
    }
}
