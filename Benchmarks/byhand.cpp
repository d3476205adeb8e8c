// The benchmark's yardstick: its jobs by hand, each compiled for itself and for nothing else.
//
//     byhand j1|j2|j3|h FILE          prints all rows as CSV, their view first
//
// j1    1 s windows by type with count, mean and p99 of latency_ms, and the events by device
// j2    j1, and the same by site over 10 s, every 1 s
// j3    j2 without the events whose id came before, and: distinct ids by site over 10 s, how long
//       events take from stage to stage, and the five alert rules of j3.yaml
// h     j1 for events whose fields come in any order
//
// The watermark trails the highest event time by 5 s; a window is printed and forgotten when the
// watermark passes its end.
//
// As fast as the straight way goes: simdjson On-Demand, one document a line, only the needed
// fields, and those, but for h, in the order in which they are known to stand. A stream in another
// order would lose events, which is what a general program has to pay for.
#include <simdjson.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

constexpr int64_t paneSize = 1000;          // ms
constexpr int64_t windowPanes = 10;         // of the windows by site, and of distinct ids
constexpr int64_t outOfOrderness = 5000;    // ms
constexpr size_t readSize = 256 << 10;
constexpr size_t lineLimit = 1 << 20;

struct Event {
    int64_t time;
    std::string_view id, type, site, device;
    double latency;
    std::array<int64_t, 4> stages;
};

// MARK: State

/// What is printed of a group in a window.
struct Row {
    uint32_t count;
    double mean, p99;
};

/// Counts of values in 64 buckets per power of two, from 2^-4 to 2^18: the middle of a bucket is
/// within 0.8 % of every value in it.
struct Histogram {
    static constexpr int bits = 6, lowest = -4, octaves = 22, size = octaves << bits;
    static constexpr int64_t offset = int64_t(1023 + lowest) << bits;

    uint32_t count = 0;
    double sum = 0;
    uint32_t buckets[size] = {};

    void add(double value) {
        int64_t bucket = int64_t(std::bit_cast<uint64_t>(value) >> (52 - bits)) - offset;
        buckets[bucket < 0 ? 0 : bucket >= size ? size - 1 : bucket]++;
        count++;
        sum += value;
    }

    /// Counts alone: sums of floating point numbers can't be taken back.
    void addCounts(const Histogram& other) {
        count += other.count;
        for (int i = 0; i < size; i++) buckets[i] += other.buckets[i];
    }

    void subtractCounts(const Histogram& other) {
        count -= other.count;
        for (int i = 0; i < size; i++) buckets[i] -= other.buckets[i];
    }

    /// The value of rank ceil(q * count).
    double quantile(double q) const {
        uint64_t rank = std::ceil(q * count), seen = 0;
        int bucket = 0;
        while (bucket < size - 1 && (seen += buckets[bucket]) < rank) bucket++;
        return std::bit_cast<double>(
            uint64_t(bucket + offset) << (52 - bits) | 1ull << (51 - bits));
    }

    Row row() const { return {count, sum / count, quantile(0.99)}; }
};

/// Numbers names in the order of their first appearance. A name of up to 16 bytes is compared as
/// two words; a longer one by its hash, which is good enough for a yardstick.
class Names {
public:
    uint32_t number(std::string_view name) {
        Slot wanted = words(name);
        size_t i = (wanted.a * 0x9E3779B97F4A7C15ull ^ wanted.b * 0xBF58476D1CE4E5B9ull) >> 52;
        while (slots[i].length) {
            const Slot& slot = slots[i];
            if (slot.a == wanted.a && slot.b == wanted.b && slot.length == wanted.length)
                return slot.number;
            i = (i + 1) % slots.size();
        }
        wanted.number = texts.size();
        texts.emplace_back(name);
        slots[i] = wanted;
        return wanted.number;
    }

    const char* operator[](size_t number) const { return texts[number].c_str(); }
    size_t count() const { return texts.size(); }

private:
    struct Slot {
        uint64_t a = 0, b = 0;
        uint32_t length = 0, number = 0;
    };

    /// The first and the last eight bytes; there is always padding behind a name.
    static Slot words(std::string_view name) {
        Slot slot;
        slot.length = name.size() + 1;
        if (name.size() > 16) {
            slot.a = std::hash<std::string_view>()(name);
            return slot;
        }
        std::memcpy(&slot.a, name.data(), 8);
        if (name.size() < 8) slot.a &= (1ull << 8 * name.size()) - 1;
        if (name.size() > 8) std::memcpy(&slot.b, name.data() + name.size() - 8, 8);
        return slot;
    }

    std::vector<std::string> texts;
    std::vector<Slot> slots = std::vector<Slot>(4096);
};

/// The element with this number, which is there from now on.
template <class T>
T& at(std::vector<T>& values, size_t number) {
    if (number >= values.size()) values.resize(number + 1);
    return values[number];
}

/// Panes of 1 s, in a ring: those that are open, and those that a longer window still needs.
struct Panes {
    static constexpr int64_t ring = 16;
    static_assert(windowPanes + outOfOrderness / paneSize < ring);

    std::vector<Histogram> panes[ring];

    std::vector<Histogram>& operator[](int64_t pane) { return panes[(pane + ring) % ring]; }
};

// MARK: Identity

/// 64 bits that tell ids apart; there is always padding behind an id.
uint64_t fingerprint(std::string_view id) {
    uint64_t hash = id.size();
    for (size_t i = 0; i < id.size(); i += 8) {
        uint64_t word;
        std::memcpy(&word, id.data() + i, 8);
        if (id.size() - i < 8) word &= (1ull << 8 * (id.size() - i)) - 1;
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
        hash ^= hash >> 32;
    }
    hash *= 0xBF58476D1CE4E5B9ull;
    return hash ^ hash >> 29;
}

/// Fingerprints, at most half of the places taken. 0 is an empty place.
class FingerprintSet {
public:
    bool contains(uint64_t print) const { return places[place(print)] == print; }

    void insert(uint64_t print) {
        if (2 * ++count > places.size()) grow();
        places[place(print)] = print;
    }

    void clear() {
        places.assign(places.size(), 0);
        count = 0;
    }

private:
    size_t place(uint64_t print) const {
        size_t i = print >> shift;
        while (places[i] && places[i] != print) i = (i + 1) & (places.size() - 1);
        return i;
    }

    void grow() {
        auto old = std::move(places);
        places.assign(2 * old.size(), 0);
        shift--;
        for (uint64_t print : old)
            if (print) places[place(print)] = print;
    }

    int shift = 48;
    std::vector<uint64_t> places = std::vector<uint64_t>(1 << 16);
    size_t count = 0;
};

/// Ids of this minute of event time and of the one before: each is remembered for a minute at
/// least, and for two at most.
class RecentIds {
public:
    bool sawBefore(uint64_t print, int64_t time) {
        if (time / 60'000 > minute) {
            minute = time / 60'000;
            std::swap(sets[0], sets[1]);
            sets[0].clear();
        }
        if (sets[0].contains(print) || sets[1].contains(print)) return true;
        sets[0].insert(print);
        return false;
    }

private:
    int64_t minute = -1;
    FingerprintSet sets[2];
};

/// HyperLogLog with 2^14 registers: a standard error of 0.8 %.
class DistinctCount {
public:
    void add(uint64_t print) {
        uint8_t rank = std::countl_zero(print << bits | 1ull << (bits - 1)) + 1;
        uint8_t& highest = registers[print >> (64 - bits)];
        if (rank > highest) highest = rank;
    }

    double estimate() const {
        double sum = 0, zeros = 0;
        for (uint8_t rank : registers) {
            sum += 1.0 / (1ull << rank);
            zeros += rank == 0;
        }
        double raw = 0.7213 / (1 + 1.079 / size) * size * size / sum;
        return raw < 2.5 * size && zeros > 0 ? size * std::log(size / zeros) : raw;
    }

private:
    static constexpr int bits = 14, size = 1 << bits;
    uint8_t registers[size] = {};
};

// MARK: Alerts

/// An alert rule with a state for each group. Where a group has no events only its count can meet
/// a condition.
class Rule {
public:
    using Condition = bool (*)(const Row&);

    Rule(const char* name, Condition when, Condition clear, int64_t hold, int64_t keep,
         bool countsOnly = false)
        : name(name), when(when), clear(clear), hold(hold), keep(keep), countsOnly(countsOnly) {}

    void evaluate(uint32_t group, const char* groupName, const Row& row, int64_t now) {
        State& state = at(states, group);
        Phase before = state.phase;
        bool isThere = row.count > 0 || countsOnly;
        bool holds = isThere && when(row);
        if (before == firing)
            stayOrEnd(state, isThere ? clear ? clear(row) : !holds : true, now);
        else
            beginOrStop(state, holds, now);
        if (state.phase != before) print(before, state.phase, groupName, now);
    }

private:
    enum Phase { inactive, pending, firing };
    struct State {
        Phase phase = inactive;
        int64_t activeAt = 0, endedAt = -1;
    };

    void beginOrStop(State& state, bool holds, int64_t now) {
        if (state.phase == inactive) state = {pending, now, -1};
        state.phase = !holds ? inactive : now - state.activeAt >= hold ? firing : pending;
    }

    void stayOrEnd(State& state, bool ended, int64_t now) {
        if (!ended)
            state.endedAt = -1;
        else if (state.endedAt < 0)
            state.endedAt = now;
        if (ended && now - state.endedAt >= keep) state.phase = inactive;
    }

    void print(Phase from, Phase to, const char* group, int64_t now) const {
        const char* word = to == firing ? "firing" : to == pending ? "pending"
                           : from == firing ? "resolved" : "inactive";
        std::printf("alert,%s,%s,%ld,%s\n", name, word, now, group);
    }

    const char* name;
    Condition when, clear;
    int64_t hold, keep;
    bool countsOnly;
    std::vector<State> states;
};

// MARK: The jobs

/// The windows that are open, and what is kept for good. `level` is the job's number.
template <int level>
class Job {
public:
    uint64_t malformed = 0, late = 0, duplicates = 0;

    void add(const Event& event) {
        uint64_t print = 0;
        if constexpr (level >= 3) {
            print = fingerprint(event.id);
            if (recentIds.sawBefore(print, event.time)) {
                duplicates++;
                return;
            }
        }
        at(deviceCounts, devices.number(event.device))++;
        if (event.time > highest) advance(event.time);
        int64_t pane = event.time / paneSize;
        if (pane >= firstOpen)
            at(byType[pane], types.number(event.type)).add(event.latency);
        else
            late++;
        if constexpr (level >= 2) addToSite(event, pane, print);
    }

    void finish() {
        closeBefore(highest / paneSize + (level >= 2 ? windowPanes : 1));
        for (size_t d = 0; d < deviceCounts.size(); d++)
            std::printf("by_device,%s,%lu\n", devices[d], deviceCounts[d]);
        if (level >= 3) printStages();
    }

private:
    /// What is too late for one window is in time for those that end after it.
    void addToSite(const Event& event, int64_t pane, uint64_t print) {
        if (pane <= firstOpen - windowPanes) return;
        uint32_t site = sites.number(event.site);
        at(bySite[pane], site).add(event.latency);
        if (pane < firstOpen) at(siteWindows, site).add(event.latency);
        if constexpr (level >= 3) addIdAndStages(event, pane, site, print);
    }

    void addIdAndStages(const Event& event, int64_t pane, uint32_t site, uint64_t print) {
        if (site >= firstPanes.size()) firstPanes.resize(site + 1, pane);
        if (pane < firstPanes[site]) firstPanes[site] = pane;
        int64_t window = pane / windowPanes;
        if (window >= firstOpen / windowPanes) at(ids[window % 4], site).add(print);
        for (int i = 0; i < 3; i++) stages[i].add(event.stages[i + 1] - event.stages[i]);
    }

    void advance(int64_t time) {
        if (highest < 0) firstOpen = (time - outOfOrderness) / paneSize;
        highest = time;
        closeBefore((time - outOfOrderness) / paneSize);
    }

    void closeBefore(int64_t end) {
        for (; firstOpen < end; firstOpen++) {
            if (firstOpen <= highest / paneSize) closeTypes(firstOpen);
            if (level >= 2) closeSites(firstOpen);
            if (level >= 3 && firstOpen % windowPanes == windowPanes - 1) closeIds(firstOpen);
        }
    }

    void closeTypes(int64_t pane) {
        for (size_t t = 0; t < types.count(); t++) {
            Histogram& histogram = at(byType[pane], t);
            Row row = histogram.row();
            if (row.count > 0) print("by_type", pane, types[t], row);
            if (level >= 3) alert(typeRules, t, types[t], row, pane);
            if (row.count > 0) histogram = Histogram();
        }
    }

    /// The window that ends with this pane; its first pane is not needed after it.
    void closeSites(int64_t pane) {
        for (size_t s = 0; s < sites.count(); s++) {
            Histogram& window = at(siteWindows, s);
            window.addCounts(at(bySite[pane], s));
            window.sum = 0;
            for (int64_t p = pane - windowPanes + 1; p <= pane; p++)
                window.sum += at(bySite[p], s).sum;
            Row row = window.row();
            if (row.count > 0) print("by_site", pane - windowPanes + 1, sites[s], row);
            if (level >= 3 && pane >= firstPanes[s]) alert(siteRules, s, sites[s], row, pane);
            Histogram& oldest = at(bySite[pane - windowPanes + 1], s);
            window.subtractCounts(oldest);
            oldest = Histogram();
        }
    }

    void closeIds(int64_t pane) {
        auto& counts = ids[pane / windowPanes % 4];
        for (size_t s = 0; s < counts.size(); s++) {
            int64_t start = (pane - windowPanes + 1) * paneSize;
            double distinct = counts[s].estimate();
            if (distinct > 0) std::printf("ids,%ld,%s,%.0f\n", start, sites[s], distinct);
        }
        counts.clear();
    }

    template <size_t n>
    static void alert(
        std::array<Rule, n>& rules, uint32_t group, const char* name, const Row& row, int64_t pane
    ) {
        for (Rule& rule : rules)
            rule.evaluate(group, name, row, (pane + 1) * paneSize);
    }

    static void print(const char* view, int64_t pane, const char* key, const Row& row) {
        std::printf(
            "%s,%ld,%s,%u,%.12g,%.6g\n", view, pane * paneSize, key, row.count, row.mean, row.p99);
    }

    void printStages() const {
        const char* names[] = {"created-broker", "broker-processed", "processed-stored"};
        for (int i = 0; i < 3; i++) {
            const Histogram& h = stages[i];
            std::printf(
                "stage,%s,%u,%.6g,%.6g\n", names[i], h.count, h.quantile(0.5), h.quantile(0.99));
        }
    }

    Names types, devices, sites;
    std::vector<uint64_t> deviceCounts;
    Panes byType, bySite;
    std::vector<Histogram> siteWindows;
    std::vector<int64_t> firstPanes;    // in which each site has an event
    RecentIds recentIds;
    std::vector<DistinctCount> ids[4];
    Histogram stages[3];
    int64_t highest = -1, firstOpen = 0;

    std::array<Rule, 1> typeRules = {{
        {"slow_type", [](const Row& r) { return r.mean > 80.0003; },
         [](const Row& r) { return r.mean < 70.0003; }, 0, 0},
    }};
    std::array<Rule, 4> siteRules = {{
        {"slow_site", [](const Row& r) { return r.mean > 12.5003; },
         [](const Row& r) { return r.mean < 12.0003; }, 5000, 0},
        {"outliers", [](const Row& r) { return r.p99 > 5000; }, nullptr, 0, 0},
        {"quiet_site", [](const Row& r) { return r.count < 500; }, nullptr, 10'000, 0, true},
        {"busy_site", [](const Row& r) { return r.count > 500 && r.mean > 12.0003; },
         nullptr, 0, 3000},
    }};
};

// MARK: Reading

/// The fields that a job needs, in the order in which they stand in a line.
template <int level>
struct InOrder {
    static error_code read(ondemand::object& object, Event& event) {
        if (auto e = object.find_field("ts").get_int64().get(event.time)) return e;
        if constexpr (level >= 3)
            if (auto e = object.find_field("id").get_string().get(event.id)) return e;
        if (auto e = object.find_field("type").get_string().get(event.type)) return e;
        if constexpr (level >= 2)
            if (auto e = object.find_field("site").get_string().get(event.site)) return e;
        if (auto e = object.find_field("device").get_string().get(event.device)) return e;
        if (auto e = object.find_field("latency_ms").get_double().get(event.latency)) return e;
        if constexpr (level >= 3) return readStages(object, event);
        return SUCCESS;
    }

    static error_code readStages(ondemand::object& object, Event& event) {
        static constexpr std::string_view names[] = {"created", "broker", "processed", "stored"};
        ondemand::object stages;
        if (auto e = object.find_field("stages").get_object().get(stages)) return e;
        for (int i = 0; i < 4; i++)
            if (auto e = stages.find_field(names[i]).get_int64().get(event.stages[i])) return e;
        return SUCCESS;
    }
};

/// The fields of the first job, wherever they stand.
struct AnyOrder {
    static error_code read(ondemand::object& object, Event& event) {
        unsigned found = 0;
        for (auto each : object) {
            ondemand::field field;
            if (auto e = std::move(each).get(field)) return e;
            if (auto e = take(field, event, found)) return e;
        }
        return found == 15 ? SUCCESS : NO_SUCH_FIELD;
    }

    [[gnu::always_inline]]
    static error_code take(ondemand::field& field, Event& event, unsigned& found) {
        ondemand::raw_json_string key = field.key();
        if (key.unsafe_is_equal("ts")) {
            found |= 1;
            return field.value().get_int64().get(event.time);
        }
        if (key.unsafe_is_equal("type")) {
            found |= 2;
            return field.value().get_string().get(event.type);
        }
        if (key.unsafe_is_equal("device")) {
            found |= 4;
            return field.value().get_string().get(event.device);
        }
        if (key.unsafe_is_equal("latency_ms")) {
            found |= 8;
            return field.value().get_double().get(event.latency);
        }
        return SUCCESS;
    }
};

template <class Fields, int level>
error_code addLine(ondemand::parser& parser, const char* line, size_t length, Job<level>& job) {
    ondemand::document document;
    ondemand::object object;
    Event event;
    if (auto e = parser.iterate(line, length, length + SIMDJSON_PADDING).get(document)) return e;
    if (auto e = document.get_object().get(object)) return e;
    if (auto e = Fields::read(object, event)) return e;
    job.add(event);
    return SUCCESS;
}

/// Adds the whole lines of the buffer; returns how many bytes they are.
template <class Fields, int level>
size_t addLines(ondemand::parser& parser, const char* bytes, size_t count, Job<level>& job) {
    size_t start = 0;
    while (auto* end = static_cast<const char*>(std::memchr(bytes + start, '\n', count - start))) {
        size_t length = end - (bytes + start);
        if (length > 0 && addLine<Fields>(parser, bytes + start, length, job)) job.malformed++;
        start += length + 1;
    }
    return start;
}

template <class Fields, int level>
void run(int file) {
    ondemand::parser parser;
    Job<level> job;
    std::vector<char> buffer(lineLimit + readSize + SIMDJSON_PADDING);
    size_t held = 0;
    for (;;) {
        ssize_t n = read(file, buffer.data() + held, readSize);
        if (n <= 0) break;
        held += n;
        size_t used = addLines<Fields>(parser, buffer.data(), held, job);
        held -= used;
        std::memmove(buffer.data(), buffer.data() + used, held);
        if (held > lineLimit) held = 0;    // a line without an end
    }
    job.finish();
    std::fprintf(
        stderr, "malformed %lu, late %lu, duplicate %lu\n", job.malformed, job.late,
        job.duplicates);
}

int main(int argc, char** argv) {
    std::string_view job = argc == 3 ? argv[1] : "";
    int file = argc == 3 ? open(argv[2], O_RDONLY) : -1;
    if (file >= 0 && job == "j1") return run<InOrder<1>, 1>(file), 0;
    if (file >= 0 && job == "j2") return run<InOrder<2>, 2>(file), 0;
    if (file >= 0 && job == "j3") return run<InOrder<3>, 3>(file), 0;
    if (file >= 0 && job == "h") return run<AnyOrder, 1>(file), 0;
    std::fprintf(stderr, "usage: byhand j1|j2|j3|h FILE\n");
    return 64;
}
