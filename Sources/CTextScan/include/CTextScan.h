// One pass over a text in vector code (SSE2; plain C elsewhere): a bit for each byte, so that words are found by
// counting zeros instead of branching at every byte.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  TM_SIGN_DOT = 1,         // .
  TM_SIGN_HASH = 2,        // #
  TM_SIGN_DOLLAR = 4,      // $
  TM_SIGN_AT = 8,          // @
  TM_SIGN_FULLWIDTH = 16,  // the byte 0xEF, which ＃ and ＠ begin with
};

/// Writes `count` bytes of `text` with small ASCII letters to `lower`, and a bit for each byte to `words` (ASCII letters,
/// digits, `_`) and `highs` (0x80 and above); both hold `count / 64 + 1` words, unused bits are 0. Returns TM_SIGN_ bits.
uint32_t tm_text_scan(const uint8_t *text, size_t count, uint8_t *lower, uint64_t *words, uint64_t *highs);
