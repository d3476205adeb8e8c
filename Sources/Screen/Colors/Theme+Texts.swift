/// The themes that are part of the program, so that one file is all there is to install.
///
/// Each literal is a file in `themes/`, character for character; a test compares them.
extension Theme {
    static let standardText = """
        # weir: the standard theme. Dark, calm, one accent.
        # Written in btop's format, so btop can use it too; the weir_ keys are read by weir alone.

        theme[main_bg]="#11161c"
        theme[main_fg]="#c9d3dc"
        theme[title]="#e6edf3"
        theme[hi_fg]="#56b6c2"
        theme[selected_bg]="#1f3b47"
        theme[selected_fg]="#f2f7fa"
        theme[inactive_fg]="#75828e"
        theme[graph_text]="#8794a0"
        theme[meter_bg]="#2b343d"
        theme[proc_misc]="#56b6c2"
        theme[cpu_box]="#3a4754"
        theme[mem_box]="#3a4754"
        theme[net_box]="#3a4754"
        theme[proc_box]="#3a4754"
        theme[div_line]="#3a4754"

        # From calm to loud.
        theme[cpu_start]="#3f8f9b"
        theme[cpu_mid]="#d0b45c"
        theme[cpu_end]="#ee6a5b"
        theme[temp_start]="#3f8f9b"
        theme[temp_mid]="#d0b45c"
        theme[temp_end]="#ee6a5b"
        theme[free_start]="#2f6d57"
        theme[free_mid]="#4f9f78"
        theme[free_end]="#7fcf9f"
        theme[cached_start]="#2f5f86"
        theme[cached_mid]="#4b86b8"
        theme[cached_end]="#7fb4e0"
        theme[available_start]="#7d6a2e"
        theme[available_mid]="#b0974a"
        theme[available_end]="#e0c878"
        theme[used_start]="#8a3f3a"
        theme[used_mid]="#c05a50"
        theme[used_end]="#ee8a7b"
        theme[download_start]="#2f5f86"
        theme[download_mid]="#4b86b8"
        theme[download_end]="#7fb4e0"
        theme[upload_start]="#5f4a86"
        theme[upload_mid]="#8a6fbd"
        theme[upload_end]="#b79ae6"
        theme[process_start]="#3f8f9b"
        theme[process_mid]="#d0b45c"
        theme[process_end]="#ee6a5b"

        # Status.
        theme[weir_good]="#7fc891"
        theme[weir_warn]="#e3b94f"
        theme[weir_bad]="#ff7566"

        # A running value that may still change.
        theme[weir_early]="#7f93a8"

        # Series, told apart by key.
        theme[weir_series0]="#5cb8d6"
        theme[weir_series1]="#e0a458"
        theme[weir_series2]="#86c98b"
        theme[weir_series3]="#c792d9"
        theme[weir_series4]="#e5847a"
        theme[weir_series5]="#8f9fee"
        theme[weir_series6]="#c9c866"
        theme[weir_series7]="#5fc9b4"

        """

    static let lightText = """
        # weir-light: the standard theme for bright rooms.

        theme[main_bg]="#fbfaf7"
        theme[main_fg]="#2c343c"
        theme[title]="#12181e"
        theme[hi_fg]="#0b6f7d"
        theme[selected_bg]="#cfe6ea"
        theme[selected_fg]="#0e2a30"
        theme[inactive_fg]="#69737d"
        theme[graph_text]="#5f6973"
        theme[meter_bg]="#e4e2dc"
        theme[proc_misc]="#0b6f7d"
        theme[cpu_box]="#b9c0c4"
        theme[mem_box]="#b9c0c4"
        theme[net_box]="#b9c0c4"
        theme[proc_box]="#b9c0c4"
        theme[div_line]="#b9c0c4"

        # From calm to loud.
        theme[cpu_start]="#3d8f9b"
        theme[cpu_mid]="#a87a0c"
        theme[cpu_end]="#c2342a"
        theme[temp_start]="#3d8f9b"
        theme[temp_mid]="#a87a0c"
        theme[temp_end]="#c2342a"
        theme[free_start]="#7fbf9a"
        theme[free_end]="#1f7a4c"
        theme[cached_start]="#7fb0d8"
        theme[cached_end]="#22649c"
        theme[available_start]="#c9ab52"
        theme[available_end]="#7d5c00"
        theme[used_start]="#e08a80"
        theme[used_end]="#b02a20"
        theme[download_start]="#7fb0d8"
        theme[download_end]="#22649c"
        theme[upload_start]="#b79ad8"
        theme[upload_end]="#6a3fa8"
        theme[process_start]="#3d8f9b"
        theme[process_mid]="#a87a0c"
        theme[process_end]="#c2342a"

        # Status.
        theme[weir_good]="#1f7a4c"
        theme[weir_warn]="#8a6100"
        theme[weir_bad]="#bf2318"

        # A running value that may still change.
        theme[weir_early]="#5c6e82"

        # Series, told apart by key.
        theme[weir_series0]="#1c76a8"
        theme[weir_series1]="#a85a00"
        theme[weir_series2]="#2f7d3a"
        theme[weir_series3]="#8a3fa3"
        theme[weir_series4]="#b83a55"
        theme[weir_series5]="#4355c4"
        theme[weir_series6]="#6e6a00"
        theme[weir_series7]="#007a6c"

        """

    static let contrastText = """
        # weir-contrast: high contrast on black.

        theme[main_bg]="#000000"
        theme[main_fg]="#ffffff"
        theme[title]="#ffffff"
        theme[hi_fg]="#00e5ff"
        theme[selected_bg]="#ffff00"
        theme[selected_fg]="#000000"
        theme[inactive_fg]="#c0c0c0"
        theme[graph_text]="#c0c0c0"
        theme[meter_bg]="#404040"
        theme[proc_misc]="#00e5ff"
        theme[cpu_box]="#a0a0a0"
        theme[mem_box]="#a0a0a0"
        theme[net_box]="#a0a0a0"
        theme[proc_box]="#a0a0a0"
        theme[div_line]="#a0a0a0"

        # From calm to loud.
        theme[cpu_start]="#00e5ff"
        theme[cpu_mid]="#ffe000"
        theme[cpu_end]="#ff6060"
        theme[temp_start]="#00e5ff"
        theme[temp_mid]="#ffe000"
        theme[temp_end]="#ff6060"

        # Status.
        theme[weir_good]="#50ff80"
        theme[weir_warn]="#ffe000"
        theme[weir_bad]="#ff6060"

        # A running value that may still change.
        theme[weir_early]="#b0c8ff"

        # Series, told apart by key.
        theme[weir_series0]="#00e5ff"
        theme[weir_series1]="#ffb000"
        theme[weir_series2]="#60ff60"
        theme[weir_series3]="#ff90ff"
        theme[weir_series4]="#ff8070"
        theme[weir_series5]="#a0b0ff"
        theme[weir_series6]="#ffff60"
        theme[weir_series7]="#ffffff"

        """

    static let safeText = """
        # weir-safe: colours that stay apart with every common colour blindness.
        # After the palette of M. Okabe and K. Ito (2008), lightened for a dark ground: status runs
        # from blue over yellow to vermilion, and the ramp gets steadily lighter.

        theme[main_bg]="#12151a"
        theme[main_fg]="#d6dbe0"
        theme[title]="#f0f3f6"
        theme[hi_fg]="#56b4e9"
        theme[selected_bg]="#23415a"
        theme[selected_fg]="#ffffff"
        theme[inactive_fg]="#7d8893"
        theme[graph_text]="#8f9aa5"
        theme[meter_bg]="#2c333b"
        theme[proc_misc]="#56b4e9"
        theme[cpu_box]="#414c57"
        theme[mem_box]="#414c57"
        theme[net_box]="#414c57"
        theme[proc_box]="#414c57"
        theme[div_line]="#414c57"

        # From calm to loud.
        theme[cpu_start]="#2f7fb5"
        theme[cpu_mid]="#b3a178"
        theme[cpu_end]="#f5d66b"
        theme[temp_start]="#2f7fb5"
        theme[temp_mid]="#b3a178"
        theme[temp_end]="#f5d66b"

        # Status.
        theme[weir_good]="#56b4e9"
        theme[weir_warn]="#f0e442"
        theme[weir_bad]="#f07838"

        # A running value that may still change.
        theme[weir_early]="#8797a8"

        # Series, told apart by key.
        theme[weir_series0]="#56b4e9"
        theme[weir_series1]="#e69f00"
        theme[weir_series2]="#1fb58a"
        theme[weir_series3]="#e3a0c8"
        theme[weir_series4]="#f07838"
        theme[weir_series5]="#5b8fd0"
        theme[weir_series6]="#f0e442"
        theme[weir_series7]="#c4c9ce"

        """

    static let monoText = """
        # mono: no colour at all. Status and selection are told by bold and reverse.

        theme[main_bg]=""
        theme[main_fg]=""

        """
}
