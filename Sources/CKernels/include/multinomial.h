/* Random words of Philox4x32-10, many at a time, and multinomial counts drawn from them. */
#ifndef MISMATCH_MULTINOMIAL_H
#define MISMATCH_MULTINOMIAL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Words that one call of random_words makes: 8 counters of 4 words. */
enum { random_word_count = 32 };

/* Philox4x32-10 at the counters (first + i, draw, low half of cell, high half of cell), i = 0 ... 7:
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

/* Draws from `first` on, each of which depends on seed, cell and its number alone; counts of category c in
   draw first + d go to counts[c * draw_count + d]. */
typedef struct {
  uint64_t seed, cell;
  int32_t first, draw_count;
  int32_t *counts;
} random_draws;

/* A multinomial distribution by stages: each has a Poisson table per category and is drawn while `needed`
   items are left; the last table after all stages draws one item's category. Row r of a stage is category
   categories[r]. */
typedef struct {
  int32_t total;
  int32_t category_count;
  const int32_t *categories;
  int32_t stage_count;
  const int32_t *needed;
  const random_table *tables;
  const random_alias *aliases;
} random_stages;

/* Adds to counts; `scratch` holds a number per category. */
void random_multinomial_stages(const random_stages *distribution, random_draws draws, int32_t *scratch);

/* A multinomial distribution by its last category, which takes what is left of the total: a Poisson table
   for each of the others, and by their sum, from `least` on, how many of 2^32 draws of it are kept; none
   beyond `acceptance_count` sums. */
typedef struct {
  int32_t total;
  int32_t category_count;
  const int32_t *categories;
  const random_table *tables;
  const random_alias *aliases;
  int64_t least;
  int64_t acceptance_count;
  const uint32_t *acceptances;
} random_remainder;

/* Writes counts; `scratch` holds a number per category. */
void random_multinomial_remainder(const random_remainder *distribution, random_draws draws,
                                  int32_t *scratch);

#ifdef __cplusplus
}
#endif

#endif
