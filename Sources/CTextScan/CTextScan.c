#include "CTextScan.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>

// Bytes b with (uint8_t)(b - first) < count, by a signed comparison shifted to the lowest value.
static __m128i in_range(__m128i v, uint8_t first, uint8_t count) {
  return _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - first))), _mm_set1_epi8((char)(count - 128)));
}

static __m128i is(__m128i v, uint8_t byte) { return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)byte)); }

typedef struct {
  __m128i dot, hash, dollar, at, fullwidth;
} signs;

static void block(const uint8_t *text, uint8_t *lower, uint32_t *word, uint32_t *high, signs *seen) {
  const __m128i v = _mm_loadu_si128((const __m128i *)text);
  const __m128i space = _mm_set1_epi8(0x20);
  _mm_storeu_si128((__m128i *)lower, _mm_or_si128(v, _mm_and_si128(in_range(v, 'A', 26), space)));
  const __m128i letter = in_range(_mm_or_si128(v, space), 'a', 26);
  const __m128i other = _mm_or_si128(in_range(v, '0', 10), is(v, '_'));
  *word = (uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, other));
  *high = (uint32_t)_mm_movemask_epi8(v);
  seen->dot = _mm_or_si128(seen->dot, is(v, '.'));
  seen->hash = _mm_or_si128(seen->hash, is(v, '#'));
  seen->dollar = _mm_or_si128(seen->dollar, is(v, '$'));
  seen->at = _mm_or_si128(seen->at, is(v, '@'));
  seen->fullwidth = _mm_or_si128(seen->fullwidth, is(v, 0xEF));
}

uint32_t tm_text_scan(const uint8_t *text, size_t count, uint8_t *lower, uint64_t *words, uint64_t *highs) {
  memset(words, 0, (count / 64 + 1) * sizeof *words);
  memset(highs, 0, (count / 64 + 1) * sizeof *highs);
  const __m128i zero = _mm_setzero_si128();
  signs seen = {zero, zero, zero, zero, zero};
  size_t i = 0;
  uint32_t word, high;
  for (; i + 16 <= count; i += 16) {
    block(text + i, lower + i, &word, &high, &seen);
    words[i / 64] |= (uint64_t)word << (i % 64);
    highs[i / 64] |= (uint64_t)high << (i % 64);
  }
  if (i < count) {
    uint8_t tail[16] = {0}, low[16];
    memcpy(tail, text + i, count - i);
    block(tail, low, &word, &high, &seen);
    memcpy(lower + i, low, count - i);
    words[i / 64] |= (uint64_t)word << (i % 64);
    highs[i / 64] |= (uint64_t)high << (i % 64);
  }
  return (_mm_movemask_epi8(seen.dot) ? TM_SIGN_DOT : 0) | (_mm_movemask_epi8(seen.hash) ? TM_SIGN_HASH : 0) |
         (_mm_movemask_epi8(seen.dollar) ? TM_SIGN_DOLLAR : 0) | (_mm_movemask_epi8(seen.at) ? TM_SIGN_AT : 0) |
         (_mm_movemask_epi8(seen.fullwidth) ? TM_SIGN_FULLWIDTH : 0);
}

#else

uint32_t tm_text_scan(const uint8_t *text, size_t count, uint8_t *lower, uint64_t *words, uint64_t *highs) {
  memset(words, 0, (count / 64 + 1) * sizeof *words);
  memset(highs, 0, (count / 64 + 1) * sizeof *highs);
  uint32_t seen = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t b = text[i];
    const int upper = (uint8_t)(b - 'A') < 26, letter = (uint8_t)((b | 0x20) - 'a') < 26;
    lower[i] = upper ? b | 0x20 : b;
    words[i / 64] |= (uint64_t)(letter || (uint8_t)(b - '0') < 10 || b == '_') << (i % 64);
    highs[i / 64] |= (uint64_t)(b >> 7) << (i % 64);
    if (b == '.') seen |= TM_SIGN_DOT;
    if (b == '#') seen |= TM_SIGN_HASH;
    if (b == '$') seen |= TM_SIGN_DOLLAR;
    if (b == '@') seen |= TM_SIGN_AT;
    if (b == 0xEF) seen |= TM_SIGN_FULLWIDTH;
  }
  return seen;
}

#endif
