// The benchmark's yardstick: a program written for this one job and nothing else.
//
//     floor FILE          prints the windows (by_type) and the devices (by_device) as CSV
//
// The job: 1 s tumbling windows of event time by type with count, mean and p99 of latency_ms, and
// the count of events by device. The watermark trails the highest event time by 5 s; a window is
// printed and forgotten when it passes the window's end.
//
// As fast as the straight way goes: simdjson On-Demand, one document a line, only the needed
// fields, and those in the order in which they are known to stand. A stream in another order would
// lose events here, which is what a general program has to pay for.
#include <simdjson.h>

#include <fcntl.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

constexpr int64_t windowSize = 1000;        // ms
constexpr int64_t outOfOrderness = 5000;    // ms
constexpr size_t readSize = 256 << 10;
constexpr size_t lineLimit = 1 << 20;

/// Counts of values in 64 buckets per power of two, from 2^-4 to 2^18: the middle of a bucket is
/// within 0.8 % of every value in it.
struct Histogram {
    static constexpr int bits = 6, lowest = -4, octaves = 22, size = octaves << bits;
    static constexpr int64_t offset = int64_t(1023 + lowest) << bits;

    uint32_t count = 0;
    double sum = 0;
    uint32_t buckets[size] = {};

    void add(double value) {
        uint64_t pattern;
        std::memcpy(&pattern, &value, sizeof pattern);
        int64_t bucket = int64_t(pattern >> (52 - bits)) - offset;
        buckets[bucket < 0 ? 0 : bucket >= size ? size - 1 : bucket]++;
        count++;
        sum += value;
    }

    /// The value of rank ceil(q * count).
    double quantile(double q) const {
        uint64_t rank = std::ceil(q * count), seen = 0;
        int bucket = 0;
        while (bucket < size - 1 && (seen += buckets[bucket]) < rank) bucket++;
        uint64_t pattern = uint64_t(bucket + offset) << (52 - bits) | 1ull << (51 - bits);
        double value;
        std::memcpy(&value, &pattern, sizeof value);
        return value;
    }
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

    std::vector<std::string> texts;

private:
    struct Slot {
        uint64_t a = 0, b = 0;
        uint32_t length = 0, number = 0;
    };

    /// The first and the last eight bytes; there is always padding behind a line.
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

    std::vector<Slot> slots = std::vector<Slot>(4096);
};

/// The windows that are open, in a ring, and what is kept for good.
class Job {
public:
    uint64_t malformed = 0, late = 0;

    void add(int64_t time, std::string_view type, std::string_view device, double latency) {
        uint32_t d = devices.number(device);
        if (d >= deviceCounts.size()) deviceCounts.resize(d + 1);
        deviceCounts[d]++;

        int64_t window = time / windowSize;
        if (time > highest) advance(time);
        if (window < firstOpen) {
            late++;
            return;
        }
        auto& histograms = open[window % ring];
        uint32_t t = types.number(type);
        if (t >= histograms.size()) histograms.resize(t + 1);
        histograms[t].add(latency);
    }

    void finish() {
        if (highest >= 0) closeBefore(highest / windowSize + 1);
        for (size_t d = 0; d < deviceCounts.size(); d++)
            std::printf("by_device,%s,%lu\n", devices.texts[d].c_str(), deviceCounts[d]);
    }

private:
    static constexpr int ring = 8;    // windows open at once: out-of-orderness, rounded up

    void advance(int64_t time) {
        if (highest < 0) firstOpen = (time - outOfOrderness) / windowSize;
        highest = time;
        closeBefore((time - outOfOrderness) / windowSize);
    }

    void closeBefore(int64_t end) {
        for (; firstOpen < end; firstOpen++) {
            auto& histograms = open[firstOpen % ring];
            for (size_t t = 0; t < histograms.size(); t++) print(firstOpen, t, histograms[t]);
        }
    }

    void print(int64_t window, size_t type, Histogram& h) {
        if (h.count == 0) return;
        std::printf("by_type,%ld,%s,%u,%.9g,%.6g\n", window * windowSize, types.texts[type].c_str(),
                    h.count, h.sum / h.count, h.quantile(0.99));
        h = Histogram();
    }

    Names types, devices;
    std::vector<uint64_t> deviceCounts;
    std::vector<Histogram> open[ring];
    int64_t highest = -1, firstOpen = 0;
};

error_code addLine(ondemand::parser& parser, const char* line, size_t length, Job& job) {
    ondemand::document document;
    ondemand::object object;
    int64_t time;
    std::string_view type, device;
    double latency;
    if (auto e = parser.iterate(line, length, length + SIMDJSON_PADDING).get(document)) return e;
    if (auto e = document.get_object().get(object)) return e;
    if (auto e = object.find_field("ts").get_int64().get(time)) return e;
    if (auto e = object.find_field("type").get_string().get(type)) return e;
    if (auto e = object.find_field("device").get_string().get(device)) return e;
    if (auto e = object.find_field("latency_ms").get_double().get(latency)) return e;
    job.add(time, type, device, latency);
    return SUCCESS;
}

/// Adds the whole lines of the buffer; returns how many bytes they are.
size_t addLines(ondemand::parser& parser, const char* bytes, size_t count, Job& job) {
    size_t start = 0;
    while (auto* end = static_cast<const char*>(std::memchr(bytes + start, '\n', count - start))) {
        size_t length = end - (bytes + start);
        if (length > 0 && addLine(parser, bytes + start, length, job)) job.malformed++;
        start += length + 1;
    }
    return start;
}

int main(int argc, char** argv) {
    int file = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (file < 0) {
        std::fprintf(stderr, "usage: floor FILE\n");
        return 64;
    }
    ondemand::parser parser;
    Job job;
    std::vector<char> buffer(lineLimit + readSize + SIMDJSON_PADDING);
    size_t held = 0;
    for (;;) {
        ssize_t n = read(file, buffer.data() + held, readSize);
        if (n <= 0) break;
        held += n;
        size_t used = addLines(parser, buffer.data(), held, job);
        held -= used;
        std::memmove(buffer.data(), buffer.data() + used, held);
        if (held > lineLimit) held = 0;    // a line without an end
    }
    job.finish();
    std::fprintf(stderr, "malformed %lu, late %lu\n", job.malformed, job.late);
}
