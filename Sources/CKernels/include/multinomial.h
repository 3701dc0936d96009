/* Random words of Philox4x32-10, many at a time, and multinomial counts drawn from them. */
#ifndef MISMATCH_MULTINOMIAL_H
#define MISMATCH_MULTINOMIAL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Words that one call of random_words makes: 16 counters of 4 words. */
enum { random_word_count = 64 };

/* Philox4x32-10 at the counters (first + i, draw, low half of cell, high half of cell), i = 0 ... 15:
   four words of each, counter after counter. */
void random_words(uint64_t seed, uint64_t cell, uint32_t draw, uint32_t first,
                  uint32_t words[random_word_count]);

/* One column of an alias table: its own value below the threshold, the other from there on. */
typedef struct {
  uint32_t threshold;
  uint32_t other;
} random_alias;

/* Fills the columns of an alias table. `shares` have the sum `count` and come back changed; `scratch`
   holds a number per column. */
void random_alias_table(double *shares, uint32_t count, random_alias *columns, uint32_t *scratch);

/* An alias table: `count` columns from `start`; column i stands for the value `least` + i. */
typedef struct {
  uint32_t start;
  uint32_t count;
  int32_t least;
} random_table;

/* A multinomial distribution as tables. Each stage has a Poisson table per category; the last table
   after all stages draws one item's category. A stage is drawn while `needed` items are left. */
typedef struct {
  int32_t total;
  int32_t category_count;
  int32_t stage_count;
  const int32_t *needed;
  const random_table *tables;
  const random_alias *aliases;
} random_multinomial;

/* Draws `draw_count` times: the count of category c in draw d is added to counts[c * draw_count + d].
   Draw d depends on seed, cell and d alone. `scratch` holds a number per category. */
void random_multinomial_counts(const random_multinomial *distribution, uint64_t seed, uint64_t cell,
                               int32_t draw_count, int32_t *counts, int32_t *scratch);

#ifdef __cplusplus
}
#endif

#endif
