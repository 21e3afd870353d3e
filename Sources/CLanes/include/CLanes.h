// Unpacks 128 numbers from four interleaved lanes: value i lies in lane i mod 4, at bit ⌊i / 4⌋ × bits of the lane, lowest
// bit first. Vector code (SSE2; plain C elsewhere): in Swift the compiler took vectors apart and put them together again
// between two shifts, and a block took twice as long.
#pragma once
#include <stdint.h>

/// Writes 128 numbers of 0 to 32 `bits` from 16 × `bits` bytes, each plus `offset`.
void tm_lanes_unpack(const uint8_t *packed, uint32_t bits, uint32_t offset, uint32_t *values);

/// Writes the rising numbers behind `last` whose differences, less one, are packed. Wraps beyond 32 bits.
void tm_lanes_unpack_rising(const uint8_t *packed, uint32_t bits, uint32_t last, uint32_t *values);
