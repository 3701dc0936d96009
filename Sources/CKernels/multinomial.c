#include "multinomial.h"

#include <string.h>

/* Wider registers where the processor has them: more words in the same time. Clones are chosen while
   the program is loaded, before the thread sanitizer can be called. */
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__)
#if !__has_feature(thread_sanitizer)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default"), min_vector_width(512)))
#endif
#endif
#ifndef WIDE
#define WIDE
#endif

/* Counters are taken as many at a time as the widest register has places for. */
enum { lane_count = 8 };
typedef uint64_t lanes __attribute__((vector_size(8 * lane_count)));

WIDE void random_words(uint64_t seed, uint64_t cell, uint32_t draw, uint32_t first,
                       uint32_t words[random_word_count]) {
  /* Upper halves hold whatever multiplication left there. */
  const lanes low = (lanes){} + UINT32_MAX;
  lanes c0 = (lanes){0, 1, 2, 3, 4, 5, 6, 7} + first;
  lanes c1 = (lanes){} + draw, c2 = (lanes){} + (uint32_t)cell, c3 = (lanes){} + (cell >> 32);
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    const lanes p0 = (c0 & low) * 0xD2511F53u, p1 = (c2 & low) * 0xCD9E8D57u;
    c0 = (p1 >> 32) ^ c1 ^ k0;
    c2 = (p0 >> 32) ^ c3 ^ k1;
    c1 = p1;
    c3 = p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  /* Counter after counter, the four words of each. */
  const lanes first_half = (c0 & low) | c1 << 32, second_half = (c2 & low) | c3 << 32;
  for (int i = 0; i < lane_count; i++) {
    const uint64_t both[2] = {first_half[i], second_half[i]};
    memcpy(words + 4 * i, both, sizeof both);
  }
}

/* The words of one draw, in order. Its members stay in registers: `words` stands apart. */
typedef struct {
  uint64_t seed, cell;
  uint32_t draw, block, used;
  uint32_t *words;
} stream;

/* How many of the next words stand in a row, at least one and at most `most`, and where. */
static inline int64_t next_words(stream *stream, int64_t most, const uint32_t **next) {
  if (stream->used == random_word_count) {
    random_words(stream->seed, stream->cell, stream->draw, stream->block, stream->words);
    stream->block += random_word_count / 4;
    stream->used = 0;
  }
  const int64_t left = random_word_count - stream->used, count = most < left ? most : left;
  *next = stream->words + stream->used;
  stream->used += count;
  return count;
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

/* Picks from one table after another into `values`, and their sum. */
static inline int64_t pick_all(const random_table *tables, const random_alias *aliases, int32_t count,
                               stream *stream, int32_t *values) {
  int64_t sum = 0;
  const uint32_t *words;
  for (int64_t done = 0, next; done < count; done += next) {
    next = next_words(stream, count - done, &words);
    for (int64_t i = 0; i < next; i++) {
      values[done + i] = pick(tables + done + i, aliases, words[i]);
      sum += values[done + i];
    }
  }
  return sum;
}

/* Counts the category that each word picks from a table of rows. A function of its own, so that all it needs
   stays in registers. */
static __attribute__((noinline)) void count_picks(const random_alias *aliases, uint32_t count,
                                                  const uint32_t *words, int64_t word_count,
                                                  const int32_t *categories, int64_t stride,
                                                  int32_t *counts) {
  const random_table table = {.start = 0, .count = count, .least = 0};
  for (int64_t i = 0; i < word_count; i++) {
    counts[categories[pick(&table, aliases, words[i])] * stride]++;
  }
}

static inline stream stream_of(const random_draws *draws, int32_t draw, uint32_t *words) {
  return (stream){.seed = draws->seed,
                  .cell = draws->cell,
                  .draw = (uint32_t)(draws->first + draw),
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
        const int64_t sum = pick_all(tables, aliases, rows, &stream, scratch);
        /* Given their sum, Poisson counts are multinomial; one beyond what is left is drawn again. */
        if (sum > left) continue;
        for (int32_t row = 0; row < rows; row++) counts[categories[row] * stride] += scratch[row];
        left -= sum;
      }
    }
    while (left > 0) {
      const uint32_t *next;
      const int64_t count = next_words(&stream, left, &next);
      count_picks(aliases + tables->start, tables->count, next, count, categories, stride, counts);
      left -= count;
    }
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
    const uint32_t *word;
    do {
      sum = pick_all(distribution->tables, distribution->aliases, last, &stream, scratch);
      place = sum - distribution->least;
      if (place < 0 || place >= distribution->acceptance_count) place = 0;
      next_words(&stream, 1, &word);
    } while (*word >= distribution->acceptances[place]);
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
