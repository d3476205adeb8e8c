/// A decoder as it stood at some input. Only forks of it decode, and to fork only reads; so threads
/// may share it.
struct DecoderState: @unchecked Sendable {
    private let decoder: InputDecoder

    init(_ decoder: borrowing InputDecoder) { self.decoder = decoder.fork() }

    func fork() -> InputDecoder { decoder.fork() }
}
