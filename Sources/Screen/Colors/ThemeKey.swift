/// The keys a theme file may hold.
enum ThemeKey {
    static func isKnown(_ key: Substring) -> Bool {
        btop.contains(key) || own.contains(key)
    }

    /// btop's keys, as its documentation lists them.
    private static let btop: Set<Substring> = {
        let single: [Substring] = [
            "main_bg", "main_fg", "title", "hi_fg", "selected_bg", "selected_fg", "inactive_fg",
            "graph_text", "meter_bg", "proc_misc", "cpu_box", "mem_box", "net_box", "proc_box",
            "div_line", "proc_pause_bg", "proc_follow_bg", "proc_banner_bg", "proc_banner_fg",
            "followed_bg", "followed_fg",
        ]
        let ramps: [Substring] = [
            "temp", "cpu", "free", "cached", "available", "used", "download", "upload", "process",
        ]
        return Set(single + ramps.flatMap { ["\($0)_start", "\($0)_mid", "\($0)_end"] })
    }()

    /// weir's own, for what btop has no word for; btop skips them.
    private static let own: Set<Substring> = Set(
        [
            "weir_dim", "weir_accent", "weir_box", "weir_good", "weir_warn", "weir_bad",
            "weir_early", "weir_ramp_start", "weir_ramp_mid", "weir_ramp_end",
        ] + (0..<8).map { "weir_series\($0)" })
}
