#if Redis
    import CHiredis
    import Events
    import Glibc

    /// Why a server couldn't be asked, or doesn't answer as asked.
    struct RedisError: Error {
        var message: String
        /// Asking again would bring the same: it is about us or what we want, not about the day.
        var isFinal = false

        init(_ message: String, isFinal: Bool = false) {
            self.message = message
            self.isFinal = isFinal
        }

        /// What the server refused.
        init(refusal: String) {
            let passing = ["LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN"]
            self.init(refusal, isFinal: !passing.contains { refusal.hasPrefix($0) })
        }
    }

    /// A connection to a server, on the thread that uses it. Every wait in it ends with the sign to
    /// stop, and with a server that says nothing for longer than it was asked to.
    final class RedisConnection {
        static let port: UInt16 = 6379
        /// Beyond what a command waits for by itself.
        static let patience = Nanoseconds.seconds(10)

        enum Heard {
            case reply(RedisReply)
            case silence
            case stopped
        }

        private let context: UnsafeMutablePointer<redisContext>
        private let stop: Stop
        private var descriptor: Int32 { context.pointee.fd }

        /// nil: stopped.
        static func open(
            _ url: SourceURL, _ settings: SourceSettings, until stop: Stop
        ) throws(RedisError) -> RedisConnection? {
            let host = url.hosts[0]
            let place = SocketName.Place.tcp(host: host.name, port: host.port ?? port)
            let socket: OpenSocket?
            do throws(SocketError) {
                socket = try OpenSocket.connect(to: place, until: stop)
            } catch {
                throw RedisError(error.description)
            }
            guard let socket else { return nil }
            let connection = try RedisConnection(socket, until: stop)
            return try connection.signIn(url, settings) ? connection : nil
        }

        private init(_ socket: OpenSocket, until stop: Stop) throws(RedisError) {
            // The library closes what it gets.
            guard let context = redisConnectFd(fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 0)) else {
                throw RedisError("no memory")
            }
            self.context = context
            self.stop = stop
        }

        deinit { redisFree(context) }

        /// False: stopped.
        private func signIn(
            _ url: SourceURL, _ settings: SourceSettings
        ) throws(RedisError) -> Bool {
            guard let secret = settings.secret(.password) ?? url.password else { return true }
            let password: String
            do throws(RemoteError) {
                password = try secret.read()
            } catch {
                throw RedisError(error.message, isFinal: true)
            }
            let user = settings.text(.user) ?? url.user
            var discretion = Discretion()
            discretion.keep(password)
            do throws(RedisError) {
                return try ask(["AUTH"] + [user, password].compactMap(\.self)) != nil
            } catch {
                throw RedisError(discretion.clean(error.message), isFinal: error.isFinal)
            }
        }

        /// One command and its answer. `waits`: how long the server may take by itself. nil:
        /// stopped.
        func ask(_ words: [String], waits: Nanoseconds = .zero) throws(RedisError) -> RedisReply? {
            guard try send(words) else { return nil }
            switch try hear(within: waits + Self.patience) {
            case .stopped: return nil
            case .silence: throw RedisError("doesn't answer")
            case .reply(let reply):
                if let refusal = reply.read(\.error) { throw RedisError(refusal: refusal) }
                return reply
            }
        }

        /// False: stopped.
        func send(_ words: [String]) throws(RedisError) -> Bool {
            var pointers: [UnsafePointer<CChar>?] = words.map { UnsafePointer(strdup($0)) }
            defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
            let lengths = words.map(\.utf8.count)
            guard
                redisAppendCommandArgv(context, Int32(words.count), &pointers, lengths) == REDIS_OK
            else { throw trouble }
            var done: Int32 = 0
            while true {
                guard redisBufferWrite(context, &done) == REDIS_OK else { throw trouble }
                if done != 0 { return true }
                switch stop.wait(output: descriptor, for: Self.patience) {
                case .ready: continue
                case .stopped: return false
                case .timedOut: throw RedisError("takes nothing any more")
                }
            }
        }

        /// The next answer, or whatever the server says.
        func hear(within patience: Nanoseconds) throws(RedisError) -> Heard {
            while true {
                var reply: UnsafeMutableRawPointer?
                guard redisGetReplyFromReader(context, &reply) == REDIS_OK else { throw trouble }
                if let reply {
                    return .reply(RedisReply(reply.assumingMemoryBound(to: redisReply.self)))
                }
                switch stop.wait(input: descriptor, for: patience) {
                case .ready: guard redisBufferRead(context) == REDIS_OK else { throw trouble }
                case .stopped: return .stopped
                case .timedOut: return .silence
                }
            }
        }

        private var trouble: RedisError {
            if context.pointee.err == REDIS_ERR_EOF {
                return RedisError("closed by the other side")
            }
            return withUnsafeBytes(of: &context.pointee.errstr) { buffer in
                RedisError(String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
    }
#endif
