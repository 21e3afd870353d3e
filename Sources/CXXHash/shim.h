#include <xxhash.h>
// The library holds XXH3 for SSE2, AVX2 and AVX-512, and chooses only where this header is asked for.
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>
#endif

// XXH3, 64 bits, seed 0.
static inline XXH64_hash_t tweetmill_xxh3(const void *input, size_t size) { return XXH3_64bits(input, size); }

// The same of bytes that come piece by piece. A state is no memory when it is NULL.
static inline void *tweetmill_xxh3_create(void) { return XXH3_createState(); }
static inline void tweetmill_xxh3_reset(void *state) { XXH3_64bits_reset((XXH3_state_t *)state); }
static inline void tweetmill_xxh3_update(void *state, const void *input, size_t size) {
  XXH3_64bits_update((XXH3_state_t *)state, input, size);
}
static inline XXH64_hash_t tweetmill_xxh3_digest(const void *state) {
  return XXH3_64bits_digest((const XXH3_state_t *)state);
}
static inline void tweetmill_xxh3_free(void *state) { XXH3_freeState((XXH3_state_t *)state); }
