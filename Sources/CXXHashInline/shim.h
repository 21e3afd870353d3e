// The library's own code, compiled in place: for words, whose way into the library and through its choice of instructions
// took longer than their hash.
#define XXH_INLINE_ALL
#include <xxhash.h>

// XXH3, 64 bits, seed 0, of at most 16 bytes.
static inline XXH64_hash_t tweetmill_xxh3_short(const void *input, size_t size) {
  if (size > 16) __builtin_unreachable();
  return XXH3_64bits(input, size);
}
