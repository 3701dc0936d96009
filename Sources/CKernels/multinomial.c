#include "multinomial.h"

/* Wider registers where the processor has them: twice the words in the same time. Clones are chosen while
   the program is loaded, before the thread sanitizer can be called. */
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__)
#if !__has_feature(thread_sanitizer)
#define WIDE __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef WIDE
#define WIDE
#endif

enum { lane_count = 8 };

WIDE void random_words(uint64_t seed, uint64_t cell, uint32_t draw, uint32_t first,
                       uint32_t words[random_word_count]) {
  for (uint32_t group = 0; group < random_word_count / 4; group += lane_count) {
    uint64_t c0[lane_count], c1[lane_count], c2[lane_count], c3[lane_count];
    for (uint32_t i = 0; i < lane_count; i++) {
      c0[i] = (uint32_t)(first + group + i);
      c1[i] = draw;
      c2[i] = (uint32_t)cell;
      c3[i] = cell >> 32;
    }
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < lane_count; i++) {
        uint64_t p0 = (uint64_t)(uint32_t)c0[i] * 0xD2511F53u;
        uint64_t p1 = (uint64_t)(uint32_t)c2[i] * 0xCD9E8D57u;
        c0[i] = (p1 >> 32) ^ (uint32_t)c1[i] ^ k0;
        c2[i] = (p0 >> 32) ^ (uint32_t)c3[i] ^ k1;
        c1[i] = p1;
        c3[i] = p0;
      }
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    for (uint32_t i = 0; i < lane_count; i++) {
      uint32_t *out = words + 4 * (group + i);
      out[0] = (uint32_t)c0[i];
      out[1] = (uint32_t)c1[i];
      out[2] = (uint32_t)c2[i];
      out[3] = (uint32_t)c3[i];
    }
  }
}

/* The words of one draw, in order. Its members stay in registers: `words` stands apart. */
typedef struct {
  uint64_t seed, cell;
  uint32_t draw, block, used;
  uint32_t *words;
} stream;

static inline uint32_t next_word(stream *stream) {
  if (stream->used == random_word_count) {
    random_words(stream->seed, stream->cell, stream->draw, stream->block, stream->words);
    stream->block += random_word_count / 4;
    stream->used = 0;
  }
  return stream->words[stream->used++];
}

/* No branch predictor could foretell which value a word picks: the compiler is asked for none. */
#if defined(__clang__)
#define UNPREDICTABLE(condition) __builtin_unpredictable(condition)
#else
#define UNPREDICTABLE(condition) (condition)
#endif

/* The whole part of word * count / 2^32 picks a column, the fraction decides within it. */
static inline int32_t pick(const random_table *table, const random_alias *aliases, uint32_t word) {
  uint64_t product = (uint64_t)word * table->count;
  uint32_t column = (uint32_t)(product >> 32);
  random_alias alias = aliases[table->start + column];
  return table->least
         + (int32_t)(UNPREDICTABLE((uint32_t)product < alias.threshold) ? column : alias.other);
}

static inline stream stream_of(const random_draws *draws, int32_t draw, uint32_t *words) {
  return (stream){.seed = draws->seed,
                  .cell = draws->cell,
                  .draw = (uint32_t)draw,
                  .block = 0,
                  .used = random_word_count,
                  .words = words};
}

void random_multinomial_stages(const random_stages *distribution, random_draws draws, int32_t *scratch) {
  const int32_t rows = distribution->category_count;
  const int32_t *categories = distribution->categories;
  const random_alias *aliases = distribution->aliases;
  const int64_t stride = draws.draw_count;
  uint32_t words[random_word_count];
  for (int32_t draw = 0; draw < draws.draw_count; draw++) {
    stream stream = stream_of(&draws, draw, words);
    int32_t *counts = draws.counts + draw;
    int64_t left = distribution->total;
    const random_table *tables = distribution->tables;
    for (int32_t stage = 0; stage < distribution->stage_count; stage++, tables += rows) {
      while (left >= distribution->needed[stage]) {
        int64_t sum = 0;
        for (int32_t row = 0; row < rows; row++) {
          scratch[row] = pick(tables + row, aliases, next_word(&stream));
          sum += scratch[row];
        }
        /* Given their sum, Poisson counts are multinomial; one beyond what is left is drawn again. */
        if (sum > left) continue;
        for (int32_t row = 0; row < rows; row++) counts[categories[row] * stride] += scratch[row];
        left -= sum;
      }
    }
    const random_table items = *tables;
    for (; left > 0; left--) counts[categories[pick(&items, aliases, next_word(&stream))] * stride]++;
  }
}

void random_multinomial_remainder(const random_remainder *distribution, random_draws draws,
                                  int32_t *scratch) {
  const int32_t last = distribution->category_count - 1;
  const int32_t *categories = distribution->categories;
  const int64_t stride = draws.draw_count;
  uint32_t words[random_word_count];
  for (int32_t draw = 0; draw < draws.draw_count; draw++) {
    stream stream = stream_of(&draws, draw, words);
    int32_t *counts = draws.counts + draw;
    int64_t sum, place;
    do {
      sum = 0;
      for (int32_t row = 0; row < last; row++) {
        scratch[row] = pick(distribution->tables + row, distribution->aliases, next_word(&stream));
        sum += scratch[row];
      }
      place = sum - distribution->least;
      if (place < 0 || place >= distribution->acceptance_count) place = 0;
    } while (next_word(&stream) >= distribution->acceptances[place]);
    for (int32_t row = 0; row < last; row++) counts[categories[row] * stride] = scratch[row];
    counts[categories[last] * stride] = (int32_t)(distribution->total - sum);
  }
}

/* Vose's construction: columns with less than their share are filled up from those with more. */
void random_alias_table(double *shares, uint32_t count, random_alias *columns, uint32_t *scratch) {
  uint32_t small = 0, large = count;
  for (uint32_t i = 0; i < count; i++) {
    columns[i] = (random_alias){.threshold = UINT32_MAX, .other = i};
    scratch[shares[i] < 1 ? small++ : --large] = i;
  }
  while (small > 0 && large < count) {
    uint32_t low = scratch[--small], high = scratch[large];
    double part = shares[low] * 0x1p32;
    columns[low].threshold = part < UINT32_MAX ? (uint32_t)part : UINT32_MAX;
    columns[low].other = high;
    shares[high] -= 1 - shares[low];
    if (shares[high] < 1) {
      large++;
      scratch[small++] = high;
    }
  }
}
