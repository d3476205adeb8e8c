import PtySupport

/// The program as it is shipped where WEIR_BINARY names it, else the debug build.
let weirProgram = builtProgram("weir", or: "WEIR_BINARY")

func weirOnTerminal(_ arguments: [String]) -> PtyProcess {
    PtyProcess(program: weirProgram, arguments, environment: ["TERM=xterm-256color"])
}
