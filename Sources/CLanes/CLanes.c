#include "CLanes.h"

// One body a width, in which all shifts are known, so that no branch is left in it.
#define WIDTHS(BODY)                                                                                          \
  BODY(1) BODY(2) BODY(3) BODY(4) BODY(5) BODY(6) BODY(7) BODY(8) BODY(9) BODY(10) BODY(11) BODY(12) BODY(13) \
  BODY(14) BODY(15) BODY(16) BODY(17) BODY(18) BODY(19) BODY(20) BODY(21) BODY(22) BODY(23) BODY(24) BODY(25) \
  BODY(26) BODY(27) BODY(28) BODY(29) BODY(30) BODY(31) BODY(32)

#ifdef __SSE2__
#include <emmintrin.h>

// Row `row` of four values.
static inline __attribute__((always_inline)) __m128i values_of(const __m128i *packed, int row, int bits) {
  const int word = row * bits / 32, shift = row * bits % 32;
  __m128i v = _mm_srli_epi32(_mm_loadu_si128(packed + word), shift);
  if (shift + bits > 32) v = _mm_or_si128(v, _mm_slli_epi32(_mm_loadu_si128(packed + word + 1), 32 - shift));
  return shift + bits == 32 ? v : _mm_and_si128(v, _mm_set1_epi32((int)(0xFFFFFFFFu >> (32 - bits))));
}

static inline __attribute__((always_inline)) void plain(const uint8_t *packed, int bits, uint32_t offset, uint32_t *values) {
  const __m128i more = _mm_set1_epi32((int)offset);
#pragma clang loop unroll(full)
  for (int row = 0; row < 32; row++)
    _mm_storeu_si128((__m128i *)values + row, _mm_add_epi32(values_of((const __m128i *)packed, row, bits), more));
}

static inline __attribute__((always_inline)) __m128i sums(__m128i v) {
  v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
  return _mm_add_epi32(v, _mm_slli_si128(v, 8));
}

static inline __attribute__((always_inline)) void rising(const uint8_t *packed, int bits, uint32_t last, uint32_t *values) {
  const __m128i four = _mm_set1_epi32(4);
  __m128i carry = _mm_add_epi32(_mm_set1_epi32((int)last), _mm_setr_epi32(1, 2, 3, 4));
#pragma clang loop unroll(full)
  for (int row = 0; row < 32; row++) {
    const __m128i s = sums(values_of((const __m128i *)packed, row, bits));
    _mm_storeu_si128((__m128i *)values + row, _mm_add_epi32(s, carry));
    // Rows wait for each other by this addition alone.
    carry = _mm_add_epi32(carry, _mm_add_epi32(_mm_shuffle_epi32(s, 0xFF), four));
  }
}

#else
#include <string.h>

static inline uint32_t value_of(const uint8_t *packed, int i, int bits) {
  const int bit = i / 4 * bits, word = bit / 32, shift = bit % 32;
  uint32_t low, high = 0;
  memcpy(&low, packed + 16 * word + i % 4 * 4, 4);
  if (shift + bits > 32) memcpy(&high, packed + 16 * (word + 1) + i % 4 * 4, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  low = __builtin_bswap32(low), high = __builtin_bswap32(high);
#endif
  return (uint32_t)(((uint64_t)high << 32 | low) >> shift) & 0xFFFFFFFFu >> (32 - bits);
}

static inline void plain(const uint8_t *packed, int bits, uint32_t offset, uint32_t *values) {
  for (int i = 0; i < 128; i++) values[i] = value_of(packed, i, bits) + offset;
}

static inline void rising(const uint8_t *packed, int bits, uint32_t last, uint32_t *values) {
  for (int i = 0; i < 128; i++) values[i] = last += value_of(packed, i, bits) + 1;
}

#endif

void tm_lanes_unpack(const uint8_t *packed, uint32_t bits, uint32_t offset, uint32_t *values) {
  switch (bits) {
#define BODY(n) \
  case n: plain(packed, n, offset, values); return;
    WIDTHS(BODY)
#undef BODY
    default:
      for (int i = 0; i < 128; i++) values[i] = offset;
  }
}

void tm_lanes_unpack_rising(const uint8_t *packed, uint32_t bits, uint32_t last, uint32_t *values) {
  switch (bits) {
#define BODY(n) \
  case n: rising(packed, n, last, values); return;
    WIDTHS(BODY)
#undef BODY
    default:
      for (int i = 0; i < 128; i++) values[i] = ++last;
  }
}
