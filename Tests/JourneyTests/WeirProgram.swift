import Foundation
import PtySupport

/// The program as it is shipped where WEIR_BINARY names it, else the debug build.
let weirProgram = builtProgram("weir", or: "WEIR_BINARY")

func weirOnTerminal(_ arguments: [String]) -> PtyProcess {
    PtyProcess(program: weirProgram, arguments, environment: ["TERM=xterm-256color"])
}

/// What a run of the program printed, and how it ended.
struct WeirResult {
    var out: String
    var err: String
    var status: Int32
}

/// Runs the program in pipes to its end. Input and output flow at the same time, so that neither
/// waits for the other. `launcher`: a program that starts it, and its arguments.
func runWeir(
    _ arguments: [String], input: String = "", launcher: [String] = []
) throws -> WeirResult {
    let process = Process()
    let command = launcher + [weirProgram] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    let writer = Thread {
        // The program may end without reading, which must not end the tests.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let out = stdout.fileHandleForReading.readDataToEndOfFile()
    let err = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return WeirResult(
        out: String(decoding: out, as: UTF8.self), err: String(decoding: err, as: UTF8.self),
        status: process.terminationStatus)
}
