#include "CCLD2.h"

#include <climits>
#include <cstdio>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

const char *tm_cld2_detect(const uint8_t *text, size_t length) {
  if (length == 0 || length > INT_MAX) return nullptr;
  bool reliable = false;
  int valid = 0;
  const CLD2::Language language = CLD2::DetectLanguageCheckUTF8(
      reinterpret_cast<const char *>(text), static_cast<int>(length), true, &reliable, &valid);
  if (!reliable || valid < static_cast<int>(length) || language == CLD2::UNKNOWN_LANGUAGE) return nullptr;
  return CLD2::LanguageCode(language);
}
