import Engine
import Events

/// Decodes and applies on the spot, as a pipeline on a single core does.
struct Driver {
    private(set) var engine: Engine
    private var decoder: InputDecoder

    init(_ program: Program, openedAt: Timestamp, programs: Programs? = nil) {
        engine = Engine(plan: program.plan)
        decoder = InputDecoder(program, openedAt: openedAt, programs: programs)
    }

    mutating func apply(_ input: NumberedInput) -> [Effect] { engine.apply(decoder.decode(input)) }
}
