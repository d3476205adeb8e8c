/// The names of facilities and severities.
enum SyslogName {
    static func facility(_ priority: Int) -> UnsafeRawBufferPointer { name(priority / 8) }

    static func severity(_ priority: Int) -> UnsafeRawBufferPointer { name(24 + priority % 8) }

    /// Names of eight bytes, filled up with blanks; behind the last are as many as a decoder may
    /// read there.
    private static let names: StaticString = """
        kern    user    mail    daemon  auth    syslog  lpr     news    \
        uucp    cron    authprivftp     ntp     audit   alert   clock   \
        local0  local1  local2  local3  local4  local5  local6  local7  \
        emerg   alert   crit    err     warning notice  info    debug   \
                                                                        .
        """

    private static func name(_ index: Int) -> UnsafeRawBufferPointer {
        let start = UnsafeRawPointer(names.utf8Start + 8 * index)
        let cell = UnsafeRawBufferPointer(start: start, count: 8)
        return UnsafeRawBufferPointer(rebasing: cell.prefix { $0 != 0x20 })
    }
}
