// A record of JSON through simdjson.
//
// Simdjson is C++, and its On-Demand interface is made of templates that Swift can't import; behind
// this header they are one call for each record. Nothing here throws.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Closed, so that Swift sees an enum and its switches are checked.
#define JSON_ENUM(NAME) enum __attribute__((enum_extensibility(closed))) NAME : uint8_t

/// What became of a record.
typedef JSON_ENUM(JSONStatus) {
    JSONStatusGood,
    JSONStatusMalformed,
    JSONStatusTooLong,
    JSONStatusTooDeep,
    JSONStatusNotUTF8,
} JSONStatus;

typedef JSON_ENUM(JSONKind) {
    JSONKindMissing,
    JSONKindNull,
    JSONKindBool,
    JSONKindNumber,
    JSONKindString,
    JSONKindCompound,
} JSONKind;

/// One field of one record. All zeroes: the record doesn't have it.
typedef struct JSONCell {
    JSONKind kind;
    /// Of a number: `integer` holds it exactly; else `real` does.
    uint8_t isInteger;
    /// Bytes of `text`.
    uint32_t length;
    union {
        /// A whole number that fits, or 1 or 0 for a bool.
        int64_t integer;
        double real;
    };
    /// Of a string: its bytes, unescaped. Of a number: as it was written; a number too large for a
    /// double is `JSONKindMissing` and still has its text. At least 32 bytes may be read behind it.
    const char *text;
} JSONCell;

typedef struct JSONRecord {
    const char *start;
    /// Without the line's end.
    uint32_t length;
    /// From 0, blank lines counted.
    uint32_t line;
    /// The byte of the record at which reading stopped; -1: not known, or not a bad record.
    int32_t position;
    JSONStatus status;
} JSONRecord;

/// A chunk, taken apart by some parser.
typedef struct JSONTable {
    const JSONRecord *records;
    size_t count;
    /// Record by record, one for each number that `json_parser_cell` has given out.
    const JSONCell *cells;
    size_t width;
} JSONTable;

typedef struct JSONParser JSONParser;

JSONParser *json_parser_make(size_t record_limit, int depth_limit);
void json_parser_free(JSONParser *parser);

/// The paths to extract are a tree, built once, before the first parse. Its root is node 0, which
/// stands for the record; a step that is already there gives the node it gave before.
int json_parser_name(JSONParser *parser, int node, const char *name, size_t length);
int json_parser_index(JSONParser *parser, int node, size_t index);
/// The place of the node's value among a record's cells.
int json_parser_cell(JSONParser *parser, int node);
/// How many of them there are: cells of one record.
size_t json_parser_width(const JSONParser *parser);

/// A chunk of so many bytes begins: what the cells of the one before point at is forgotten.
void json_parser_begin(JSONParser *parser, size_t count);

/// Reads one JSON object, and fills `cells`, one for each number that `json_parser_cell` has given
/// out. 64 bytes behind the chunk must be readable.
JSONRecord json_parser_record(
    JSONParser *parser, const char *start, size_t length, uint32_t line, JSONCell *cells);

bool json_is_utf8(const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
