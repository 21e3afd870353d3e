// CLD2 behind a plain C header: one call names the language of one text.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The code of the text's main language (static, ASCII, such as "en" or "zh-Hant"), or NULL when CLD2 calls its own
/// answer unreliable, knows none, or the text is not UTF-8. Holds no state: safe from any thread.
const char *tm_cld2_detect(const uint8_t *text, size_t length);

#ifdef __cplusplus
}
#endif
