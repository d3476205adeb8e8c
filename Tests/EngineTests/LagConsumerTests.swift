import Events
import Testing

@testable import Engine

/// A consumer, a log and a probe that polls every 5 s: what happens to them, and what is said.
private struct ConsumerStory {
    var fixture = LagFixture()
    var seconds = 0.0
    /// Per partition.
    var committed: [Int64?]
    var end: [Int64]
    var logStart: [Int64]
    var members: Int? = 2
    /// A line wherever the group's status changes.
    var told: [String] = []

    init(partitions: Int) {
        committed = Array(repeating: 1000, count: partitions)
        end = Array(repeating: 1000, count: partitions)
        logStart = Array(repeating: 0, count: partitions)
    }

    /// Polls so many times; before each, so much is written and read in each partition.
    mutating func run(_ polls: Int, write: Int64, read: Int64) {
        for _ in 0..<polls {
            for i in end.indices {
                end[i] += write
                committed[i] = committed[i].map { min($0 + read, end[i]) }
            }
            poll()
        }
    }

    mutating func poll() {
        seconds += 5
        let answer = end.indices.map {
            offsets($0, committed[$0], end[$0], logStart: logStart[$0])
        }
        fixture.poll(at: seconds, answer, members: members)
        tell()
    }

    mutating func fail(_ polls: Int) {
        for _ in 0..<polls {
            seconds += 5
            fixture.fail(at: seconds)
            tell()
        }
    }

    private mutating func tell() {
        let group = fixture.group
        let place = group.worst.map { " p\(group.partitions[$0].partition)" } ?? ""
        let line = group.status.word + (group.status == .ok ? "" : place)
        if told.last != line { told.append(line) }
    }
}

@Suite struct LagConsumerTests {
    @Test func fallsBehindStallsAndDrains() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 100)
        #expect(story.told == ["OK"])
        story.run(12, write: 100, read: 60)
        #expect(story.told == ["OK", "WARN p0"])
        #expect(story.fixture.partition.trend == .growing)

        // It has 480 behind; it stands still, and then the ends of the last ten polls are beyond
        // it.
        story.run(20, write: 100, read: 0)
        #expect(story.told == ["OK", "WARN p0", "STALL p0"])
        story.members = 0
        story.run(1, write: 100, read: 0)
        #expect(story.told.last == "STOP p0")

        story.members = 2
        story.told = []
        story.run(20, write: 10, read: 60)
        #expect(story.told == ["WARN p0", "OK"])
        #expect(story.fixture.partition.consumeRate == 12)
        #expect(story.fixture.partition.produceRate == 2)
        #expect(story.fixture.partition.trend == .drains(.seconds(story.lag / 10)))
        story.run(60, write: 10, read: 60)
        #expect(story.lag == 0 && story.fixture.partition.timeLag == .zero)
    }

    @Test func rewindsAndComesBack() {
        var story = ConsumerStory(partitions: 2)
        story.run(12, write: 100, read: 100)
        let before = story.committed[1]!
        story.committed[1] = 0
        story.poll()
        #expect(story.told == ["OK", "REWIND p1"])
        #expect(story.fixture.group.partitions[1].consumeRate == nil)
        story.run(4, write: 0, read: 100)
        #expect(story.told.last == "REWIND p1")
        story.committed[1] = before
        story.poll()
        #expect(story.told == ["OK", "REWIND p1", "OK"])
    }

    @Test func aRewindThatIsNotMadeGoodAgesOut() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 100)
        story.committed[0] = 0
        story.run(9, write: 0, read: 10)
        #expect(story.told == ["OK", "REWIND p0"])
        story.run(1, write: 0, read: 10)
        #expect(story.told == ["OK", "REWIND p0", "OK"])
    }

    @Test func theLogIsCutUnderIt() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 60)
        story.logStart[0] = story.end[0] - 100
        story.run(1, write: 100, read: 0)
        let partition = story.fixture.partition
        #expect(partition.lag == 200 && partition.lost == 380)
        #expect(partition.share == 2.9)
        // It goes on from what is left, which is a change like any other.
        story.committed[0] = story.logStart[0]
        story.run(1, write: 0, read: 0)
        #expect(story.fixture.partition.lost == 0 && story.fixture.partition.headroom == 0)
    }

    @Test func theLogIsMadeAnew() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 60)
        story.end[0] = 50
        story.poll()
        #expect(story.fixture.partition.resets == 1 && story.fixture.partition.lag == 0)
        #expect(story.fixture.partition.status == .ok)
        story.committed[0] = 0
        story.poll()
        #expect(story.fixture.partition.resets == 1 && story.fixture.partition.lag == 50)
        #expect(story.fixture.partition.status == .rewind)
    }

    @Test func partitionsComeAndGo() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 100)
        story.committed.append(nil)
        story.end.append(7)
        story.logStart.append(0)
        story.run(1, write: 1, read: 1)
        story.committed[1] = 3
        story.run(1, write: 1, read: 1)
        #expect(story.told == ["OK", "NO COMMIT p1", "WARMING UP p1"])
        #expect(story.fixture.group.total == LagTotal(lag: 5, known: 2, partitions: 2))

        story.committed.removeLast()
        story.end.removeLast()
        story.run(1, write: 0, read: 0)
        let gone = story.fixture.group.partitions[1]
        #expect(gone.status == .disconnected && gone.lag == nil)
        #expect(gone.reason == "the last answer left it out")
        #expect(story.fixture.group.total == LagTotal(lag: 0, known: 1, partitions: 2))

        // Left out for the first time at 75 s: kept until 675 s, forgotten after.
        story.run(120, write: 0, read: 0)
        #expect(story.seconds == 675 && story.fixture.group.partitions.count == 2)
        story.run(1, write: 0, read: 0)
        #expect(story.fixture.group.partitions.count == 1 && story.told.last == "OK")
    }

    @Test func aPartitionThatIsLeftOutOnceKeepsItsHistory() {
        var story = ConsumerStory(partitions: 2)
        story.run(12, write: 100, read: 60)
        let end = story.end.removeLast()
        story.run(1, write: 100, read: 60)
        #expect(story.fixture.group.partitions[1].status == .disconnected)
        story.end.append(end)
        story.run(1, write: 100, read: 60)
        #expect(story.fixture.group.partitions[1].status == .warn)
    }

    @Test func isDisconnectedAndBack() {
        var story = ConsumerStory(partitions: 1)
        story.run(12, write: 100, read: 60)
        story.fail(6)
        #expect(story.told == ["WARMING UP p0", "WARN p0", "DISCONNECTED p0"])
        #expect(story.fixture.group.age == .seconds(30))
        #expect(story.fixture.group.history.suffix(6).allSatisfy { $0.total == nil })
        // Its history is still good: the gap is one long interval between two polls.
        story.run(1, write: 700, read: 420)
        #expect(story.told.last == "WARN p0")
        #expect(story.fixture.partition.produceRate == 20)
        #expect(story.fixture.group.history.last?.total?.lag == story.lag)
    }
}

extension ConsumerStory {
    fileprivate var lag: Int64 { end[0] - (committed[0] ?? 0) }
}
