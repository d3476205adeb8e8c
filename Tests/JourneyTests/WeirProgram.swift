import Foundation
import PtySupport
import Synchronization

/// The program as it is shipped where WEIR_BINARY names it, else the debug build.
let weirProgram = builtProgram("weir", or: "WEIR_BINARY")

func weirOnTerminal(_ arguments: [String]) -> PtyProcess {
    PtyProcess(program: weirProgram, arguments, environment: ["TERM=xterm-256color"])
}

/// What a run of a program printed, and how it ended.
struct ProgramResult {
    var out: String
    var err: String
    var status: Int32
}

/// Runs weir in pipes to its end. `launcher`: a program that starts it, and its arguments.
func runWeir(
    _ arguments: [String], input: String = "", launcher: [String] = []
) throws -> ProgramResult {
    try runProgram(launcher + [weirProgram] + arguments, input: input)
}

/// Runs a program in pipes to its end. Input and output flow at the same time, so that neither
/// waits for the other.
func runProgram(_ command: [String], input: String = "") throws -> ProgramResult {
    let process = Process()
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
    let complaints = Mutex(Data())
    let listener = DispatchWorkItem {
        let bytes = stderr.fileHandleForReading.readDataToEndOfFile()
        complaints.withLock { $0 = bytes }
    }
    DispatchQueue.global().async(execute: listener)
    let out = stdout.fileHandleForReading.readDataToEndOfFile()
    listener.wait()
    let err = complaints.withLock { $0 }
    process.waitUntilExit()
    return ProgramResult(
        out: String(decoding: out, as: UTF8.self), err: String(decoding: err, as: UTF8.self),
        status: process.terminationStatus)
}
