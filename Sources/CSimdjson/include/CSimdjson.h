// simdjson behind a plain C header. One call parses one document; Swift then walks the tape itself,
// so the seam is crossed once per record and not once per field.
// The tape's layout is simdjson's documented one (doc/tape.md): word 0 is the root.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tm_json_parser tm_json_parser;

enum tm_json_status {
  TM_JSON_OK = 0,
  TM_JSON_SYNTAX = 1,    // not JSON
  TM_JSON_UTF8 = 2,      // not UTF-8
  TM_JSON_DEPTH = 3,     // nested deeper than TM_JSON_MAX_DEPTH
  TM_JSON_NUMBER = 4,    // a number that is malformed, or too large for 64 bits
  TM_JSON_MEMORY = 5,    // larger than simdjson's 4 GiB, or no memory
};

enum { TM_JSON_MAX_DEPTH = 1024, TM_JSON_PADDING = 64 };

typedef struct {
  const uint64_t *tape;
  size_t tape_count;      // words
  const uint8_t *strings;
  size_t strings_count;   // bytes of capacity, all readable
} tm_json_view;

tm_json_parser *tm_json_create(void);
void tm_json_destroy(tm_json_parser *);

/// Parses `length` bytes. At least TM_JSON_PADDING bytes after them must be readable (their value is of no account).
/// The view is good until the next call.
int tm_json_parse(tm_json_parser *, const uint8_t *bytes, size_t length, tm_json_view *out);

/// Writes a bit for each of `count` bytes to `marks`, of `count / 64 + 1` words: 1 for a quote, a backslash or a control
/// character, so a string goes on up to the next bit. Unused bits are 0. Reads no byte behind the last; SSE2, else plain C.
/// Returns TM_JSON_OK or TM_JSON_UTF8.
int tm_json_marks(const uint8_t *bytes, size_t count, uint64_t *marks);

#ifdef __cplusplus
}
#endif
