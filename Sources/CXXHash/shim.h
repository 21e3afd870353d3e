#include <xxhash.h>
// The library holds XXH3 for SSE2, AVX2 and AVX-512, and chooses only where this header is asked for.
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>
#endif

// XXH3, 64 bits, seed 0.
static inline XXH64_hash_t tweetmill_xxh3(const void *input, size_t size) { return XXH3_64bits(input, size); }
