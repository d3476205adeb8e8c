// The one place where weir meets simdjson.
//
// On-Demand is lazy: what nobody asks for it doesn't check. Here a record is good only if all of it
// is, so every key and value is visited, named or not. Lines are found first and each is its own
// document, so that a bad record costs itself alone; a document can't reach into the next line,
// because simdjson indexes no byte past its length, and the byte there is a line's end.

// Without this simdjson asserts what it takes for granted, in every build.
#ifndef NDEBUG
#define NDEBUG
#endif
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include "CSimdjson.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

namespace {

/// A step of some path: where a value may lie that is asked for.
struct Node {
    struct Name {
        std::string name;
        /// The first 8 bytes, which tell most names apart.
        uint64_t word;
        int node;
    };
    struct Index {
        size_t index;
        int node;
    };

    int cell = -1;
    std::vector<Name> names;
    std::vector<Index> indexes;
    /// The cells of all nodes under this one: what a second value for the same key takes back.
    std::vector<int> below;
};

/// The first 8 bytes of a text behind which 8 bytes may be read, zeroes where it is shorter.
inline uint64_t first_word(const char *text, size_t length) {
    uint64_t word;
    std::memcpy(&word, text, sizeof word);
    return length < 8 ? word & ((uint64_t(1) << (8 * length)) - 1) : word;
}

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// A token reaches to the next one, so what is behind it can only be white space.
inline std::string_view trimmed(std::string_view token) {
    while (is_blank(token.back())) token.remove_suffix(1);
    return token;
}

inline bool has_backslash(std::string_view text) {
    return std::memchr(text.data(), '\\', text.size()) != nullptr;
}

/// A number by JSON's grammar. Asked only where simdjson's parser refused one, which it also does
/// for numbers that are too large for it.
bool is_number(std::string_view text) {
    const char *p = text.data(), *end = p + text.size();
    auto digits = [&] {
        const char *first = p;
        while (p < end && *p >= '0' && *p <= '9') p++;
        return p - first;
    };
    if (p < end && *p == '-') p++;
    const char *whole = p;
    auto n = digits();
    if (n == 0 || (n > 1 && *whole == '0')) return false;
    if (p < end && *p == '.' && (p++, digits() == 0)) return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        if (p < end && (*p == '+' || *p == '-')) p++;
        if (digits() == 0) return false;
    }
    return p == end;
}

}  // namespace

struct JSONParser {
    size_t record_limit;
    int depth_limit;
    int width = 0;
    std::vector<Node> nodes{1};
    ondemand::parser parser;

    /// Strings that had escapes. Never longer than the chunk, so it doesn't move while it fills.
    std::unique_ptr<uint8_t[]> arena;
    size_t arena_capacity = 0;

    // The state of one chunk, and of one record.
    uint8_t *arena_end = nullptr;
    JSONCell *row = nullptr;
    /// Most records have no backslash, and then no string has to be looked into.
    bool has_escapes = false;

    void begin(size_t count) noexcept;
    JSONRecord read(
        const char *start, size_t length, uint32_t line, JSONCell *cells) noexcept;

  private:
    error_code record(JSONRecord &record) noexcept;
    error_code object(ondemand::object &object, const Node *node, int depth) noexcept;
    error_code array(ondemand::array &array, const Node *node, int depth) noexcept;
    /// Inlined: a simdjson value that is copied costs more than reading it.
    simdjson_inline error_code value(ondemand::value &value, const Node *node, int depth) noexcept;
    simdjson_inline error_code string(ondemand::value &value, JSONCell *cell) noexcept;
    simdjson_inline error_code number(ondemand::value &value, JSONCell *cell) noexcept;
    error_code unescape(ondemand::raw_json_string raw, std::string_view &out) noexcept;
    error_code key(ondemand::field &field, std::string_view &out) noexcept;
    const Node *child(const Node *node, std::string_view name) const noexcept;
    const Node *child(const Node *node, size_t index) const noexcept;
    const Node *enter(int node) const noexcept;
    JSONCell *cell(const Node *node, JSONKind kind) const noexcept;
};

// Paths ------------------------------------------------------------------------------------------

inline const Node *JSONParser::enter(int number) const noexcept {
    const Node *node = &nodes[number];
    // Of keys that come twice the last one counts, and all of it.
    for (int below : node->below) row[below] = JSONCell{};
    return node;
}

inline const Node *JSONParser::child(const Node *node, std::string_view name) const noexcept {
    uint64_t word = first_word(name.data(), name.size());
    for (const auto &step : node->names) {
        if (step.word != word || step.name.size() != name.size()) continue;
        if (name.size() <= 8 || step.name == name) return enter(step.node);
    }
    return nullptr;
}

inline const Node *JSONParser::child(const Node *node, size_t index) const noexcept {
    for (const auto &step : node->indexes) {
        if (step.index == index) return enter(step.node);
    }
    return nullptr;
}

/// The node's cell, emptied, or null where nobody asks for the value itself.
inline JSONCell *JSONParser::cell(const Node *node, JSONKind kind) const noexcept {
    if (!node || node->cell < 0) return nullptr;
    JSONCell *cell = &row[node->cell];
    *cell = JSONCell{};
    cell->kind = kind;
    return cell;
}

// Values -----------------------------------------------------------------------------------------

/// Appends to the arena; the caller keeps it by moving `arena_end`. Half a surrogate pair is an
/// error, as an escape that doesn't exist is.
error_code JSONParser::unescape(ondemand::raw_json_string raw, std::string_view &out) noexcept {
    uint8_t *end = arena_end;
    return parser.unescape(raw, end).get(out);
}

inline error_code JSONParser::key(ondemand::field &field, std::string_view &out) noexcept {
    const char *start = field.key().raw();
    const char *end = field.value().raw_json_token().data();
    // Back over the colon to the quote that closes the key: simdjson has checked both.
    while (*--end != ':') {}
    while (*--end != '"') {}
    out = {start, size_t(end - start)};
    if (!has_escapes || !has_backslash(out)) return SUCCESS;
    return unescape(field.key(), out);
}

inline error_code JSONParser::string(ondemand::value &value, JSONCell *cell) noexcept {
    std::string_view text = trimmed(value.raw_json_token());
    text = text.substr(1, text.size() - 2);
    if (has_escapes && has_backslash(text)) {
        ondemand::raw_json_string raw{reinterpret_cast<const uint8_t *>(text.data())};
        if (error_code error = unescape(raw, text)) return error;
        if (cell) arena_end += text.size();
    }
    // Stepped over by hand: left to itself, simdjson takes a string before a colon for a key.
    ondemand::raw_json_string stepped_over;
    if (error_code error = value.get_raw_json_string().get(stepped_over)) return error;
    if (cell) {
        cell->text = text.data();
        cell->length = uint32_t(text.size());
    }
    return SUCCESS;
}

inline error_code JSONParser::number(ondemand::value &value, JSONCell *cell) noexcept {
    std::string_view text = trimmed(value.raw_json_token());
    if (!cell) return is_number(text) ? SUCCESS : NUMBER_ERROR;
    ondemand::number number;
    error_code error = value.get_number().get(number);
    if (error && !is_number(text)) return error;
    cell->text = text.data();
    cell->length = uint32_t(text.size());
    if (!error && number.is_int64()) {
        cell->isInteger = 1;
        cell->integer = number.get_int64();
    } else if (!error) {
        cell->real = number.as_double();
    } else if (value.get_double().get(cell->real)) {
        // Larger than any double: not a number that anything could be done with.
        cell->kind = JSONKindMissing;
    }
    return SUCCESS;
}

inline error_code JSONParser::value(ondemand::value &value, const Node *node, int depth) noexcept {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return error;
    switch (type) {
    case ondemand::json_type::string:
        return string(value, cell(node, JSONKindString));
    case ondemand::json_type::number:
        return number(value, cell(node, JSONKindNumber));
    case ondemand::json_type::boolean: {
        bool is_true = false;
        if (error_code error = value.get_bool().get(is_true)) return error;
        if (JSONCell *found = cell(node, JSONKindBool)) found->integer = is_true;
        return SUCCESS;
    }
    case ondemand::json_type::null: {
        bool is_null = false;
        if (error_code error = value.is_null().get(is_null)) return error;
        cell(node, JSONKindNull);
        return is_null ? SUCCESS : N_ATOM_ERROR;
    }
    case ondemand::json_type::object: {
        if (depth == depth_limit) return DEPTH_ERROR;
        cell(node, JSONKindCompound);
        ondemand::object inner;
        if (error_code error = value.get_object().get(inner)) return error;
        return object(inner, node, depth + 1);
    }
    case ondemand::json_type::array: {
        if (depth == depth_limit) return DEPTH_ERROR;
        cell(node, JSONKindCompound);
        ondemand::array inner;
        if (error_code error = value.get_array().get(inner)) return error;
        return array(inner, node, depth + 1);
    }
    }
    return TAPE_ERROR;
}

error_code JSONParser::array(ondemand::array &array, const Node *node, int depth) noexcept {
    size_t index = 0;
    for (auto element : array) {
        ondemand::value found;
        if (error_code error = std::move(element).get(found)) return error;
        const Node *next = node ? child(node, index) : nullptr;
        if (error_code error = value(found, next, depth)) return error;
        index++;
    }
    return SUCCESS;
}

error_code JSONParser::object(ondemand::object &object, const Node *node, int depth) noexcept {
    for (auto entry : object) {
        ondemand::field field;
        if (error_code error = std::move(entry).get(field)) return error;
        const Node *next = nullptr;
        // Where no key is asked for, only escapes have to be checked.
        if ((node && !node->names.empty()) || has_escapes) {
            std::string_view name;
            if (error_code error = key(field, name)) return error;
            if (node) next = child(node, name);
        }
        if (error_code error = value(field.value(), next, depth)) return error;
    }
    return SUCCESS;
}

// Records ----------------------------------------------------------------------------------------

error_code JSONParser::record(JSONRecord &record) noexcept {
    size_t length = record.length;
    if (parser.capacity() < length) {
        // Twice what is needed, so that records which grow slowly don't allocate each time.
        if (error_code error = parser.allocate(std::bit_ceil(length | 0xffff))) return error;
    }
    has_escapes = has_backslash({record.start, length});
    ondemand::document document;
    error_code error =
        parser.iterate(record.start, length, length + SIMDJSON_PADDING).get(document);
    if (error) return error;
    ondemand::object root;
    error = document.get_object().get(root);
    if (!error) error = object(root, &nodes[0], 1);
    auto location = document.current_location();
    bool at_end = location.error() == OUT_OF_BOUNDS;
    if (!error && !at_end) error = TRAILING_CONTENT;
    // That the last token is no brace simdjson sees first, and knows nothing of where.
    if (error && error != INCOMPLETE_ARRAY_OR_OBJECT && !location.error()) {
        record.position = int32_t(location.value_unsafe() - record.start);
    }
    return error;
}

JSONRecord JSONParser::read(
    const char *start, size_t length, uint32_t line, JSONCell *cells) noexcept {
    JSONRecord result{start, uint32_t(length), line, -1, JSONStatusGood};
    row = cells;
    std::fill_n(row, width, JSONCell{});
    if (length > record_limit) {
        result.status = JSONStatusTooLong;
        return result;
    }
    switch (record(result)) {
    case SUCCESS: break;
    case UTF8_ERROR: result.status = JSONStatusNotUTF8; break;
    case DEPTH_ERROR: result.status = JSONStatusTooDeep; break;
    default: result.status = JSONStatusMalformed; break;
    }
    return result;
}

void JSONParser::begin(size_t count) noexcept {
    if (arena_capacity < count) {
        arena_capacity = std::bit_ceil(count);
        // Simdjson writes whole vectors, so up to one more than the string.
        arena.reset(new uint8_t[arena_capacity + SIMDJSON_PADDING]);
    }
    arena_end = arena.get();
}

// The C interface --------------------------------------------------------------------------------

JSONParser *json_parser_make(size_t record_limit, int depth_limit) {
    auto *parser = new JSONParser;
    parser->record_limit = record_limit;
    parser->depth_limit = depth_limit;
    return parser;
}

void json_parser_free(JSONParser *parser) { delete parser; }

int json_parser_name(JSONParser *parser, int node, const char *name, size_t length) {
    std::string_view wanted{name, length};
    for (const auto &step : parser->nodes[node].names) {
        if (step.name == wanted) return step.node;
    }
    int added = int(parser->nodes.size());
    parser->nodes.emplace_back();
    std::string padded = std::string(wanted) + std::string(8, '\0');
    uint64_t word = first_word(padded.data(), length);
    parser->nodes[node].names.push_back({std::string(wanted), word, added});
    return added;
}

int json_parser_index(JSONParser *parser, int node, size_t index) {
    for (const auto &step : parser->nodes[node].indexes) {
        if (step.index == index) return step.node;
    }
    int added = int(parser->nodes.size());
    parser->nodes.emplace_back();
    parser->nodes[node].indexes.push_back({index, added});
    return added;
}

/// Notes the cell at every node above `node`; returns whether `node` lies under `from`.
static bool note_below(std::vector<Node> &nodes, int from, int node, int cell) {
    if (from == node) return true;
    bool found = false;
    for (const auto &step : nodes[from].names) found |= note_below(nodes, step.node, node, cell);
    for (const auto &step : nodes[from].indexes) found |= note_below(nodes, step.node, node, cell);
    if (found && from != 0) nodes[from].below.push_back(cell);
    return found;
}

int json_parser_cell(JSONParser *parser, int node) {
    int &cell = parser->nodes[node].cell;
    if (cell < 0) {
        cell = parser->width++;
        note_below(parser->nodes, 0, node, cell);
    }
    return cell;
}

size_t json_parser_width(const JSONParser *parser) { return size_t(parser->width); }

void json_parser_begin(JSONParser *parser, size_t count) { parser->begin(count); }

JSONRecord json_parser_record(
    JSONParser *parser, const char *start, size_t length, uint32_t line, JSONCell *cells) {
    return parser->read(start, length, line, cells);
}

bool json_is_utf8(const char *text, size_t length) { return validate_utf8(text, length); }
