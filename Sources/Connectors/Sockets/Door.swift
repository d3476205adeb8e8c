import Events
import Glibc

/// A listener, which is left alone for a while when the system has no descriptor for who knocks:
/// it stays readable, and asking again and again would only take the processor.
struct Door {
    static let pause = Nanoseconds.seconds(1)

    private let knock: () throws(SystemError) -> OpenSocket?
    private var shutUntil: Nanoseconds?

    /// `knock`: the next one who connected; nil: nobody has.
    init(_ knock: @escaping () throws(SystemError) -> OpenSocket?) { self.knock = knock }

    /// How long nobody is let in; nil: it is open.
    func rest(at now: Nanoseconds) -> Nanoseconds? {
        guard let shutUntil, now < shutUntil else { return nil }
        return Nanoseconds(rawValue: shutUntil.rawValue - now.rawValue)
    }

    /// The next one; nil: nobody is there, or can be let in.
    mutating func accept(at now: Nanoseconds) -> OpenSocket? {
        do throws(SystemError) {
            return try knock()
        } catch {
            shutUntil = now + Self.pause
            return nil
        }
    }
}
