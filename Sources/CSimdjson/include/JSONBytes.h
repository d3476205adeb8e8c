// Sixteen bytes of JSON at once.
//
// A mask has a bit for each byte, the first one's the lowest. Swift's vectors can compare, but have
// no way to make such a mask of the result in less than many steps.

#ifndef JSONBYTES_H
#define JSONBYTES_H

#include <stdint.h>
#include <string.h>

/// What a string may hold: `quotes` ends it, `others` (control characters and backslashes) are not
/// read here, `wide` are the bytes beyond ASCII.
typedef struct JSONStringMasks {
    uint32_t quotes;
    uint32_t others;
    uint32_t wide;
} JSONStringMasks;

#if defined(__SSE2__)

#include <emmintrin.h>

static inline JSONStringMasks json_string_masks(const void *bytes) {
    const __m128i all = _mm_loadu_si128((const __m128i *)bytes);
    const __m128i quotes = _mm_cmpeq_epi8(all, _mm_set1_epi8('"'));
    const __m128i slashes = _mm_cmpeq_epi8(all, _mm_set1_epi8('\\'));
    const __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(all, _mm_set1_epi8(0x1F)), all);
    return (JSONStringMasks){
        (uint32_t)_mm_movemask_epi8(quotes),
        (uint32_t)_mm_movemask_epi8(_mm_or_si128(slashes, controls)),
        (uint32_t)_mm_movemask_epi8(all),
    };
}

/// Which bytes are digits.
static inline uint32_t json_digit_mask(const void *bytes) {
    const __m128i all = _mm_loadu_si128((const __m128i *)bytes);
    const __m128i values = _mm_sub_epi8(all, _mm_set1_epi8('0'));
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
    return (uint32_t)_mm_movemask_epi8(digits);
}

/// Which of 32 bytes are equal.
static inline uint32_t json_equal_mask(const void *a, const void *b) {
    const __m128i *x = (const __m128i *)a, *y = (const __m128i *)b;
    const __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128(x), _mm_loadu_si128(y));
    const __m128i high = _mm_cmpeq_epi8(_mm_loadu_si128(x + 1), _mm_loadu_si128(y + 1));
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

#else

static inline JSONStringMasks json_string_masks(const void *bytes) {
    const uint8_t *all = (const uint8_t *)bytes;
    JSONStringMasks masks = {0, 0, 0};
    for (int i = 0; i < 16; i++) {
        masks.quotes |= (uint32_t)(all[i] == '"') << i;
        masks.others |= (uint32_t)(all[i] == '\\' || all[i] < 0x20) << i;
        masks.wide |= (uint32_t)(all[i] >= 0x80) << i;
    }
    return masks;
}

static inline uint32_t json_digit_mask(const void *bytes) {
    const uint8_t *all = (const uint8_t *)bytes;
    uint32_t mask = 0;
    for (int i = 0; i < 16; i++) mask |= (uint32_t)((uint8_t)(all[i] - '0') <= 9) << i;
    return mask;
}

static inline uint32_t json_equal_mask(const void *a, const void *b) {
    const uint8_t *x = (const uint8_t *)a, *y = (const uint8_t *)b;
    uint32_t mask = 0;
    for (int i = 0; i < 32; i++) mask |= (uint32_t)(x[i] == y[i]) << i;
    return mask;
}

#endif

#endif
