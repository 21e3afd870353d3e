#include "CSimdjson.h"

#include <simdjson.h>

#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace {

// The marks of 64 bytes. `high` gets a non-zero bit where one of them is 0x80 or above.
#ifdef __SSE2__
uint64_t marks_of(const uint8_t *bytes, uint32_t &high) {
  uint64_t found = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * i));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    const __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
    const __m128i mark = _mm_or_si128(_mm_or_si128(quote, backslash), control);
    found |= static_cast<uint64_t>(_mm_movemask_epi8(mark)) << (16 * i);
    high |= static_cast<uint32_t>(_mm_movemask_epi8(v));
  }
  return found;
}
#else
uint64_t marks_of(const uint8_t *bytes, uint32_t &high) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i++) {
    const uint8_t b = bytes[i];
    found |= static_cast<uint64_t>(b < 0x20 || b == '"' || b == '\\') << i;
    high |= b & 0x80;
  }
  return found;
}
#endif

} // namespace

extern "C" int tm_json_marks(const uint8_t *bytes, size_t count, uint64_t *marks) {
  uint32_t high = 0;
  size_t i = 0;
  for (; i + 64 <= count; i += 64) marks[i / 64] = marks_of(bytes + i, high);
  uint8_t tail[64];
  std::memset(tail, ' ', sizeof tail);
  if (i < count) std::memcpy(tail, bytes + i, count - i);
  marks[i / 64] = marks_of(tail, high);
  return high == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count) ? TM_JSON_OK : TM_JSON_UTF8;
}
