#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>

typedef struct {
  UChar *units;
  int32_t count, capacity;
} buffer;

struct tm_icu {
  const UNormalizer2 *fold, *decompose, *compose;  // ICU's singletons: never closed
  UBreakIterator *words;  // opened when first needed: it reads the dictionaries' index
  UText text;
  UIDNA *hosts;
  buffer a, b;
};

tm_icu *tm_icu_create(void) {
  UErrorCode error = U_ZERO_ERROR;
  tm_icu *icu = calloc(1, sizeof *icu);
  if (!icu) return NULL;
  icu->fold = unorm2_getNFKCCasefoldInstance(&error);
  icu->decompose = unorm2_getNFDInstance(&error);
  icu->compose = unorm2_getNFCInstance(&error);
  UText empty = UTEXT_INITIALIZER;
  icu->text = empty;
  if (U_FAILURE(error)) {
    free(icu);
    return NULL;
  }
  return icu;
}

void tm_icu_destroy(tm_icu *icu) {
  if (!icu) return;
  if (icu->words) ubrk_close(icu->words);
  utext_close(&icu->text);
  if (icu->hosts) uidna_close(icu->hosts);
  free(icu->a.units);
  free(icu->b.units);
  free(icu);
}

static int reserve(buffer *to, int32_t units) {
  if (to->capacity >= units) return 1;
  const int32_t room = units + units / 2 + 64;
  UChar *fresh = realloc(to->units, sizeof(UChar) * (size_t)room);
  if (!fresh) return 0;
  to->units = fresh;
  to->capacity = room;
  return 1;
}

static int from_utf8(buffer *to, const uint8_t *text, int32_t length) {
  if (!reserve(to, length + 1)) return 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8WithSub(to->units, to->capacity, &to->count, (const char *)text, length, 0xFFFD, NULL, &error);
  return U_SUCCESS(error);
}

static int32_t to_utf8(const buffer *from, uint8_t *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t needed = 0;
  u_strToUTF8WithSub((char *)out, capacity, &needed, from->units, from->count, 0xFFFD, NULL, &error);
  if (error == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(error)) return needed;
  return -1;
}

static int normalize(const UNormalizer2 *how, const buffer *from, buffer *to) {
  for (int attempt = 0; attempt < 2; attempt++) {
    UErrorCode error = U_ZERO_ERROR;
    if (!reserve(to, attempt ? to->count : from->count + 16)) return 0;
    to->count = unorm2_normalize(how, from->units, from->count, to->units, to->capacity, &error);
    if (U_SUCCESS(error)) return 1;
    if (error != U_BUFFER_OVERFLOW_ERROR) return 0;
  }
  return 0;
}

// Letters whose stroke or missing dot Unicode does not decompose, though people type them without.
static UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0x00F8: return 'o';  // ø
    case 0x0111: return 'd';  // đ
    case 0x0127: return 'h';  // ħ
    case 0x0131: return 'i';  // ı
    case 0x0142: return 'l';  // ł
    case 0x0167: return 't';  // ŧ
    default: return c;
  }
}

static int is_plain(const buffer *text) {
  for (int32_t i = 0; i < text->count; i++)
    if (text->units[i] >= 0xC0) return 0;
  return 1;
}

// a → NFD in b → marks dropped in place → NFC in a.
static int strip_marks(tm_icu *icu) {
  if (is_plain(&icu->a)) return 1;
  if (!normalize(icu->decompose, &icu->a, &icu->b)) return 0;
  int32_t read = 0, write = 0;
  int drops = 0;
  UChar *units = icu->b.units;
  while (read < icu->b.count) {
    UChar32 c;
    U16_NEXT(units, read, icu->b.count, c);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (drops) continue;
    } else if (c < 0x80) {
      drops = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    } else {
      UErrorCode error = U_ZERO_ERROR;
      const UScriptCode script = uscript_getScript(c, &error);
      drops = script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC;
      c = without_stroke(c);
    }
    U16_APPEND_UNSAFE(units, write, c);
  }
  icu->b.count = write;
  return normalize(icu->compose, &icu->b, &icu->a);
}

int32_t tm_icu_fold(tm_icu *icu, const uint8_t *text, int32_t length, int strip, uint8_t *out, int32_t capacity) {
  if (!from_utf8(&icu->b, text, length)) return -1;
  if (!normalize(icu->fold, &icu->b, &icu->a)) return -1;
  if (strip && !strip_marks(icu)) return -1;
  return to_utf8(&icu->a, out, capacity);
}

int32_t tm_icu_compose(tm_icu *icu, const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity) {
  if (!from_utf8(&icu->b, text, length)) return -1;
  if (!normalize(icu->compose, &icu->b, &icu->a)) return -1;
  return to_utf8(&icu->a, out, capacity);
}

int32_t tm_icu_words(tm_icu *icu, const uint8_t *text, int32_t length, int32_t *ends, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  if (!icu->words) icu->words = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
  if (U_FAILURE(error)) return -1;
  utext_openUTF8(&icu->text, (const char *)text, length, &error);
  ubrk_setUText(icu->words, &icu->text, &error);
  if (U_FAILURE(error)) return -1;
  int32_t count = 0;
  for (int32_t end = ubrk_next(icu->words); end != UBRK_DONE; end = ubrk_next(icu->words)) {
    if (count < capacity) ends[count] = end;
    count++;
  }
  return count;
}

int32_t tm_icu_host_length(tm_icu *icu, const uint8_t *host, int32_t length) {
  UErrorCode error = U_ZERO_ERROR;
  if (!icu->hosts) icu->hosts = uidna_openUTS46(UIDNA_DEFAULT, &error);
  if (U_FAILURE(error)) return -1;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  char out[1024];
  const int32_t needed =
      uidna_nameToASCII_UTF8(icu->hosts, (const char *)host, length, out, sizeof out, &info, &error);
  const uint32_t fatal = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                         UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL;
  if (U_FAILURE(error) || (info.errors & fatal)) return -1;
  return needed;
}

static uint32_t word_break(UChar32 c) {
  switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER: return TM_WB_LETTER;
    case U_WB_HEBREW_LETTER: return TM_WB_HEBREW;
    case U_WB_NUMERIC: return TM_WB_NUMERIC;
    case U_WB_EXTENDNUMLET: return TM_WB_UNDERSCORE;
    case U_WB_KATAKANA: return TM_WB_KATAKANA;
    case U_WB_MIDLETTER: return TM_WB_MID_LETTER;
    case U_WB_MIDNUM: return TM_WB_MID_NUMBER;
    case U_WB_MIDNUMLET: return TM_WB_MID_BOTH;
    case U_WB_SINGLE_QUOTE: return TM_WB_SINGLE_QUOTE;
    case U_WB_DOUBLE_QUOTE: return TM_WB_DOUBLE_QUOTE;
    case U_WB_EXTEND: return TM_WB_EXTEND;
    case U_WB_FORMAT: return TM_WB_FORMAT;
    case U_WB_ZWJ: return TM_WB_JOINER;
    case U_WB_CR: return TM_WB_CR;
    case U_WB_LF: return TM_WB_LF;
    case U_WB_NEWLINE: return TM_WB_NEWLINE;
    case U_WB_REGIONAL_INDICATOR: return TM_WB_REGIONAL;
    case U_WB_WSEGSPACE: return TM_WB_SPACE;
    default: return TM_WB_OTHER;
  }
}

// Han, kana and Hangul letters. The Common ones (prolonged sound, closing mark, numerals) belong to them by use.
static int is_east_asian(UChar32 c, UScriptCode script, uint32_t wb, uint32_t category) {
  if (wb == TM_WB_KATAKANA) return category != U_GC_PD_MASK;
  if (c >= 0x3005 && c <= 0x3007) return 1;
  if (!(category & (U_GC_L_MASK | U_GC_NL_MASK))) return 0;
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
         script == USCRIPT_HANGUL;
}

static uint32_t single_fold(tm_icu *icu, UChar32 c) {
  uint8_t text[4], out[64];
  int32_t length = 0;
  UBool bad = 0;
  U8_APPEND(text, length, 4, c, bad);
  if (bad) return 0xFFFD;
  if (!unorm2_hasBoundaryBefore(icu->fold, c)) return TM_FOLD_COMPLEX;
  const int32_t bytes = tm_icu_fold(icu, text, length, 1, out, sizeof out);
  if (bytes <= 0 || bytes > 4) return TM_FOLD_COMPLEX;
  int32_t at = 0;
  UChar32 folded;
  U8_NEXT(out, at, bytes, folded);
  if (at != bytes || !unorm2_hasBoundaryBefore(icu->compose, folded)) return TM_FOLD_COMPLEX;
  return (uint32_t)folded;
}

void tm_icu_page(tm_icu *icu, uint32_t first, uint32_t properties[256], uint32_t folds[256]) {
  for (uint32_t i = 0; i < 256; i++) {
    const UChar32 c = (UChar32)(first + i);
    UErrorCode error = U_ZERO_ERROR;
    const uint32_t category = U_GET_GC_MASK(c);
    const UScriptCode script = uscript_getScript(c, &error);
    uint32_t p = word_break(c);
    if (is_east_asian(c, script, p & TM_WB_MASK, category)) p |= TM_CP_EAST_ASIAN;
    if (category & (U_GC_L_MASK | U_GC_M_MASK)) {
      p |= TM_CP_LETTER;
      if (script == USCRIPT_THAI || script == USCRIPT_LAO || script == USCRIPT_KHMER || script == USCRIPT_MYANMAR)
        p |= TM_CP_DICTIONARY;
    }
    if (category & U_GC_ND_MASK) p |= TM_CP_DIGIT;
    if (category & (U_GC_L_MASK | U_GC_N_MASK)) p |= TM_CP_WORDLIKE;
    if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC)) p |= TM_CP_PICTURE;
    if (u_hasBinaryProperty(c, UCHAR_EMOJI)) p |= TM_CP_EMOJI;
    if (u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER)) p |= TM_CP_MODIFIER;
    properties[i] = p;
    folds[i] = (category & U_GC_CN_MASK) ? (uint32_t)c : single_fold(icu, c);
  }
}
