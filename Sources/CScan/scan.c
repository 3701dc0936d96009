#include "scan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* One bit for each of 64 bytes. */
typedef struct {
  uint64_t quotes, delimiters, breaks;
} marks;

#define INLINE static inline __attribute__((always_inline))

/* Bit i is the parity of bits 0 to i. */
INLINE uint64_t parities(uint64_t bits) {
  for (int step = 1; step < 64; step *= 2) bits ^= bits << step;
  return bits;
}

/* Writes the places of the bits of `mask`, eight at a time: more than there are, and the rest is written
   over by the next call. */
INLINE uint32_t *places(uint64_t mask, uint32_t base, uint32_t *out) {
  int count = __builtin_popcountll(mask);
  for (int done = 0; done < count; done += 8) {
    for (int index = 0; index < 8; index++) {
      out[done + index] = base + (uint32_t)(mask ? __builtin_ctzll(mask) : 0);
      mask &= mask - 1;
    }
  }
  return out + count;
}

/* What one pass carries from 64 bytes to the next. */
typedef struct {
  /* All ones inside quotes. */
  uint64_t inside;
  /* Whether a quoted field may begin with the next byte; whether the last one was a closing quote. */
  uint64_t begins, closed;
} state;

/* Takes 64 bytes up; gives their separators. `quoted` is the parities of their quotes. */
INLINE uint64_t take(marks found, uint64_t quoted, state *state, scan_account *account,
                     const uint8_t *bytes, size_t base, size_t count) {
  uint64_t all = found.delimiters | found.breaks;
  if (!(found.quotes | state->inside | state->closed)) {
    state->begins = all >> 63;
    return all;
  }
  uint64_t inside = quoted ^ state->inside;
  uint64_t separators = all & ~inside;
  uint64_t opening = found.quotes & inside;
  uint64_t closing = found.quotes & ~inside;
  uint64_t after = closing << 1 | state->closed;
  uint64_t begins = separators << 1 | state->begins | after;
  account->is_broken |= (opening & ~begins) != 0;
  account->has_doubled_quotes |= (opening & after) != 0;
  account->has_quoted_breaks |= (found.breaks & inside) != 0;
  uint64_t odd = after & ~(separators | found.quotes);
  for (; odd; odd &= odd - 1) {
    size_t place = base + (size_t)__builtin_ctzll(odd);
    bool ends_line = place + 1 < count && bytes[place] == '\r' && bytes[place + 1] == '\n';
    account->is_broken |= place < count && !ends_line;
  }
  state->inside = (uint64_t)((int64_t)inside >> 63);
  state->begins = separators >> 63;
  state->closed = closing >> 63;
  return separators;
}

/* Both passes over a text, for a kernel `found_in` that marks 64 bytes and has `attributes`. */
#define PASSES(name, attributes, found_in, parities_of, places_of)                                 \
  attributes static scan_account separators_##name(const uint8_t *bytes, size_t count,             \
                                                   uint8_t delimiter, uint32_t *out) {             \
    scan_account account = {0};                                                                    \
    state state = {.begins = 1};                                                                   \
    uint32_t *next = out;                                                                          \
    for (size_t base = 0; base < count; base += 64) {                                              \
      uint8_t rest[64] = {0};                                                                      \
      const uint8_t *at = bytes + base;                                                            \
      if (count - base < 64) at = memcpy(rest, at, count - base);                                  \
      marks found = found_in(at, delimiter);                                                       \
      uint64_t quoted = parities_of(found.quotes);                                                 \
      uint64_t separators = take(found, quoted, &state, &account, bytes, base, count);             \
      account.record_count += (size_t)__builtin_popcountll(separators & found.breaks);             \
      account.break_count += (size_t)__builtin_popcountll(found.breaks);                           \
      next = places_of(separators, (uint32_t)base, next);                                          \
    }                                                                                              \
    account.separator_count = (size_t)(next - out);                                                \
    account.is_open = state.inside != 0;                                                           \
    return account;                                                                                \
  }                                                                                                \
  attributes static size_t quotes_##name(const uint8_t *bytes, size_t count) {                     \
    size_t quotes = 0;                                                                             \
    for (size_t base = 0; base < count; base += 64) {                                              \
      uint8_t rest[64] = {0};                                                                      \
      const uint8_t *at = bytes + base;                                                            \
      if (count - base < 64) at = memcpy(rest, at, count - base);                                  \
      quotes += (size_t)__builtin_popcountll(found_in(at, '"').quotes);                            \
    }                                                                                              \
    return quotes;                                                                                 \
  }

INLINE marks scalar_marks(const uint8_t *bytes, uint8_t delimiter) {
  marks found = {0};
  for (int index = 0; index < 64; index++) {
    found.quotes |= (uint64_t)(bytes[index] == '"') << index;
    found.delimiters |= (uint64_t)(bytes[index] == delimiter) << index;
    found.breaks |= (uint64_t)(bytes[index] == '\n') << index;
  }
  return found;
}
PASSES(scalar, , scalar_marks, parities, places)

#if defined(__x86_64__)

INLINE uint64_t sse2_equal(const uint8_t *bytes, uint8_t byte) {
  __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++) {
    __m128i some = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(some, wanted)) << (16 * part);
  }
  return bits;
}
INLINE marks sse2_marks(const uint8_t *bytes, uint8_t delimiter) {
  return (marks){sse2_equal(bytes, '"'), sse2_equal(bytes, delimiter), sse2_equal(bytes, '\n')};
}
PASSES(sse2, , sse2_marks, parities, places)

#define AVX2 __attribute__((target("avx2,pclmul,bmi,bmi2,lzcnt,popcnt")))
AVX2 static inline uint64_t avx2_equal(__m256i low, __m256i high, uint8_t byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return (uint64_t)second << 32 | first;
}
AVX2 static inline marks avx2_marks(const uint8_t *bytes, uint8_t delimiter) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  return (marks){avx2_equal(low, high, '"'), avx2_equal(low, high, delimiter),
                 avx2_equal(low, high, '\n')};
}
/* The same as `parities`: a product without carries by all ones. */
AVX2 static inline uint64_t clmul_parities(uint64_t bits) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((int64_t)bits), _mm_set1_epi8(-1), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}
PASSES(avx2, AVX2, avx2_marks, clmul_parities, places)

#define AVX512 \
  __attribute__((                                                                                  \
      target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,pclmul,bmi,bmi2,lzcnt,popcnt")))
AVX512 static inline marks avx512_marks(const uint8_t *bytes, uint8_t delimiter) {
  __m512i all = _mm512_loadu_si512(bytes);
  return (marks){_mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('"')),
                 _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8((char)delimiter)),
                 _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\n'))};
}
static const uint8_t counting[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
AVX512 static inline uint32_t *avx512_places(uint64_t mask, uint32_t base, uint32_t *out) {
  int count = __builtin_popcountll(mask);
  __m512i packed = _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512(counting));
  __m512i start = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(
      out, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  for (int done = 16; done < count; done += 16) {
    packed = _mm512_shuffle_i64x2(packed, packed, 0x39);
    _mm512_storeu_si512(
        out + done, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  }
  return out + count;
}
PASSES(avx512, AVX512, avx512_marks, clmul_parities, avx512_places)

#elif defined(__aarch64__)

INLINE uint64_t neon_equal(uint8x16x4_t bytes, uint8_t byte) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t wanted = vdupq_n_u8(byte);
  uint8x16_t a = vandq_u8(vceqq_u8(bytes.val[0], wanted), weights);
  uint8x16_t b = vandq_u8(vceqq_u8(bytes.val[1], wanted), weights);
  uint8x16_t c = vandq_u8(vceqq_u8(bytes.val[2], wanted), weights);
  uint8x16_t d = vandq_u8(vceqq_u8(bytes.val[3], wanted), weights);
  uint8x16_t sums = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
  sums = vpaddq_u8(sums, sums);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sums), 0);
}
INLINE marks neon_marks(const uint8_t *bytes, uint8_t delimiter) {
  uint8x16x4_t all = vld1q_u8_x4(bytes);
  return (marks){neon_equal(all, '"'), neon_equal(all, delimiter), neon_equal(all, '\n')};
}
PASSES(neon, , neon_marks, parities, places)

#endif

bool scan_has(scan_kernel kernel) {
  switch (kernel) {
    case SCAN_SCALAR: return true;
#if defined(__x86_64__)
    case SCAN_SSE2: return true;
    case SCAN_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
             __builtin_cpu_supports("pclmul");
    case SCAN_AVX512:
      return scan_has(SCAN_AVX2) && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
#elif defined(__aarch64__)
    case SCAN_NEON: return true;
#endif
    default: return false;
  }
}

scan_kernel scan_best(void) {
  const scan_kernel by_speed[] = {SCAN_AVX512, SCAN_AVX2, SCAN_SSE2, SCAN_NEON};
  for (size_t index = 0; index < sizeof by_speed / sizeof *by_speed; index++) {
    if (scan_has(by_speed[index])) return by_speed[index];
  }
  return SCAN_SCALAR;
}

scan_account scan_separators(scan_kernel kernel, const uint8_t *bytes, size_t count,
                             uint8_t delimiter, uint32_t *separators) {
  switch (kernel) {
#if defined(__x86_64__)
    case SCAN_AVX512: return separators_avx512(bytes, count, delimiter, separators);
    case SCAN_AVX2: return separators_avx2(bytes, count, delimiter, separators);
    case SCAN_SSE2: return separators_sse2(bytes, count, delimiter, separators);
#elif defined(__aarch64__)
    case SCAN_NEON: return separators_neon(bytes, count, delimiter, separators);
#endif
    default: return separators_scalar(bytes, count, delimiter, separators);
  }
}

static size_t quote_count(scan_kernel kernel, const uint8_t *bytes, size_t count) {
  switch (kernel) {
#if defined(__x86_64__)
    case SCAN_AVX512: return quotes_avx512(bytes, count);
    case SCAN_AVX2: return quotes_avx2(bytes, count);
    case SCAN_SSE2: return quotes_sse2(bytes, count);
#elif defined(__aarch64__)
    case SCAN_NEON: return quotes_neon(bytes, count);
#endif
    default: return quotes_scalar(bytes, count);
  }
}

size_t scan_last_record_end(scan_kernel kernel, const uint8_t *bytes, size_t count) {
  size_t quotes_before = quote_count(kernel, bytes, count);
  for (size_t end = count; end > 0; end--) {
    if (bytes[end - 1] == '\n' && quotes_before % 2 == 0) return end;
    quotes_before -= bytes[end - 1] == '"';
  }
  return 0;
}
