#include "CSimdjson.h"

#include <new>
#include <simdjson.h>

struct tm_json_parser {
  simdjson::dom::parser parser;
};

extern "C" tm_json_parser *tm_json_create(void) {
  auto *made = new (std::nothrow) tm_json_parser;
  if (made && made->parser.allocate(1 << 16, TM_JSON_MAX_DEPTH) != simdjson::SUCCESS) {
    delete made;
    return nullptr;
  }
  return made;
}

extern "C" void tm_json_destroy(tm_json_parser *made) { delete made; }

extern "C" int tm_json_parse(tm_json_parser *made, const uint8_t *bytes, size_t length, tm_json_view *out) {
  auto &parser = made->parser;
  switch (parser.parse(bytes, length, /* realloc_if_needed: the caller pads */ false).error()) {
  case simdjson::SUCCESS:
    break;
  case simdjson::UTF8_ERROR:
    return TM_JSON_UTF8;
  case simdjson::DEPTH_ERROR:
    return TM_JSON_DEPTH;
  case simdjson::NUMBER_ERROR:
    return TM_JSON_NUMBER;
  case simdjson::CAPACITY:
  case simdjson::MEMALLOC:
    return TM_JSON_MEMORY;
  default:
    return TM_JSON_SYNTAX;
  }
  auto &document = parser.doc;
  out->tape = document.tape.get();
  // Word 0 is the root; its payload is the index just past the closing root word.
  out->tape_count = static_cast<size_t>(document.tape[0] & 0x00FFFFFFFFFFFFFFull);
  out->strings = document.string_buf.get();
  // simdjson sizes the string buffer from the capacity (dom/document-inl.h, allocate).
  out->strings_count = SIMDJSON_ROUNDUP_N(5 * document.capacity() / 3 + simdjson::SIMDJSON_PADDING, 64);
  return TM_JSON_OK;
}
