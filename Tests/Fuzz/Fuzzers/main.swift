import CFuzzer
import Glibc

// A fuzzer of libFuzzer: which one says FUZZER, everything else its options. Tests/Fuzz/run runs
// them all.

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
    LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
        Fuzzer.chosen.take(UnsafeRawBufferPointer(start: bytes, count: size))
        return 0
    })
