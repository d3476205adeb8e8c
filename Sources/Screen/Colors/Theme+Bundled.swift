extension Theme {
    /// Dark and calm, with one accent.
    package static let standard = Theme(parsing: standardText, name: "weir")
    /// The standard theme's counterpart for bright rooms.
    package static let light = Theme(parsing: lightText, name: "weir-light")
    /// High contrast, on black.
    package static let contrast = Theme(parsing: contrastText, name: "weir-contrast")
    /// Safe with colour blindness.
    package static let safe = Theme(parsing: safeText, name: "weir-safe")
    /// No colours: status by bold and reverse.
    package static let mono = Theme(parsing: monoText, name: "mono")

    /// In the order in which the theme key goes through them.
    package static let bundled: [Theme] = [.standard, .light, .contrast, .safe, .mono]

    /// What each bundled theme was read from, by its name: the file `themes/<name>.theme`.
    static let bundledTexts: [(name: String, text: String)] = [
        ("weir", standardText), ("weir-light", lightText), ("weir-contrast", contrastText),
        ("weir-safe", safeText), ("mono", monoText),
    ]
}
