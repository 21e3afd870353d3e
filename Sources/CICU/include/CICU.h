// ICU behind plain names: its own functions are macros that carry the version, which Swift cannot see.
// Text is UTF-8 everywhere; malformed bytes count as U+FFFD. Nothing here is safe for two threads at once.
#pragma once
#include <stdint.h>

typedef struct tm_icu tm_icu;

/// What is known of one code point; the low five bits are its Word_Break class.
enum tm_icu_property {
  TM_WB_OTHER = 0,
  TM_WB_LETTER = 1,          // ALetter
  TM_WB_HEBREW = 2,          // Hebrew_Letter
  TM_WB_NUMERIC = 3,
  TM_WB_UNDERSCORE = 4,      // ExtendNumLet
  TM_WB_KATAKANA = 5,
  TM_WB_MID_LETTER = 6,
  TM_WB_MID_NUMBER = 7,
  TM_WB_MID_BOTH = 8,        // MidNumLet
  TM_WB_SINGLE_QUOTE = 9,
  TM_WB_DOUBLE_QUOTE = 10,
  TM_WB_EXTEND = 11,
  TM_WB_FORMAT = 12,
  TM_WB_JOINER = 13,         // ZWJ
  TM_WB_CR = 14,
  TM_WB_LF = 15,
  TM_WB_NEWLINE = 16,
  TM_WB_REGIONAL = 17,       // Regional_Indicator
  TM_WB_SPACE = 18,          // WSegSpace
  TM_WB_MASK = 31,

  TM_CP_LETTER = 1 << 5,     // general category L or M
  TM_CP_DIGIT = 1 << 6,      // Nd
  TM_CP_PICTURE = 1 << 7,    // Extended_Pictographic
  TM_CP_EMOJI = 1 << 8,      // Emoji
  TM_CP_MODIFIER = 1 << 9,   // Emoji_Modifier
  TM_CP_EAST_ASIAN = 1 << 10, // a letter of Han, Hiragana, Katakana or Hangul
  TM_CP_DICTIONARY = 1 << 11, // a letter or mark of Thai, Lao, Khmer or Myanmar
  TM_CP_WORDLIKE = 1 << 12,  // L, N: makes a segment a word
};

/// In a page's `folds`: no single code point stands for this one in every context.
#define TM_FOLD_COMPLEX 0xFFFFFFFFu

/// NULL when ICU's data is missing.
tm_icu *tm_icu_create(void);
void tm_icu_destroy(tm_icu *);

/// Fills properties and folds of the 256 code points from `first`. A fold is the code point that NFKC_Casefold
/// and the folding of diacritics make of it whatever stands around, or TM_FOLD_COMPLEX.
void tm_icu_page(tm_icu *, uint32_t first, uint32_t properties[256], uint32_t folds[256]);

/// NFKC_Casefold; with `strip`, then drops nonspacing marks after Latin, Greek and Cyrillic letters and the strokes of
/// a few Latin letters. Returns the bytes needed; they are written when `capacity` holds them. -1 on failure.
int32_t tm_icu_fold(tm_icu *, const uint8_t *text, int32_t length, int strip, uint8_t *out, int32_t capacity);

/// NFC. Returns as `tm_icu_fold`.
int32_t tm_icu_compose(tm_icu *, const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity);

/// Word boundaries of ICU's root locale, dictionaries included, as byte offsets from the first after 0 to `length`.
/// Returns how many there are; at most `capacity` are written. -1 on failure.
int32_t tm_icu_words(tm_icu *, const uint8_t *text, int32_t length, int32_t *ends, int32_t capacity);

/// The bytes of a host name in its ASCII form (UTS #46), or -1 when it has none: a label that is empty, longer than 63
/// bytes, or a wrong "xn--".
int32_t tm_icu_host_length(tm_icu *, const uint8_t *host, int32_t length);
