// Numeric inner loops for which the compiler needs the processor's widest vectors.
//
// Every function takes the level of instructions to use, at most `kernel_level_best()`. All levels do the
// same operations in the same order, with fused multiply-adds where they are written and nowhere else, so
// that a result has the same bits at every level and on every processor.
#ifndef MISMATCH_KERNELS_H
#define MISMATCH_KERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef int kernel_level;

// The number of the highest level that this processor has; levels are counted from 0, the portable one.
kernel_level kernel_level_best(void);

// values[i] = e^values[i].
//
// Below 1 unit in the last place from the true value (0.98 at worst, 0.27 on average, of 2e7 draws). 0 below -708 (where it is less than 3.4e-308),
// infinite above 709.78; NaN stays.
void kernel_exponential(kernel_level level, double *values, size_t count);

// What a cost c at or above 0 weighs; parameters are `a` and `b`.
enum {
  kernel_form_none,         // c
  kernel_form_exponential,  // e^(-a c)
  kernel_form_power,        // c^(-a), infinite at 0
  kernel_form_cumulative,   // 1 where c <= a, otherwise 0
  kernel_form_log_logistic  // 1 / (1 + (c / a)^b)
};

typedef struct {
  int form;
  double a, b;
} kernel_decay;

// costs[i] = the weight of costs[i]; an infinite cost weighs 0.
void kernel_decay_costs(kernel_level level, kernel_decay decay, double *costs, size_t count);

// Points of a plane (`zs` is not read), or unit vectors of a sphere.
enum { kernel_metric_plane, kernel_metric_sphere };

typedef struct {
  int metric;
  const double *xs, *ys, *zs;
  double scale;  // Of distances in a plane; of a sphere its radius.
  double own;    // The cost from a point to itself.
} kernel_points;

typedef struct {
  size_t first, count;
} kernel_span;

// The weights of the distances from each point of `rows` to each of `columns`, row after row; both spans
// hold at least one.
//
// On a sphere a distance goes along the great circle and is taken from the chord: the haversine formula.
void kernel_decay_tile(
  kernel_level level, kernel_decay decay, kernel_points points, kernel_span rows, kernel_span columns,
  double *out);

// The width of a panel of `kernel_sparse_rows`.
enum { kernel_panel_width = 16 };

// Rows `first` up to `end` of a sparse matrix times a panel of a dense one, which has `kernel_panel_width`
// columns in contiguous rows. Row r of the result is written to out + r * stride, its first `width`
// columns only. Terms are added by rising position of the entry.
void kernel_sparse_rows(
  kernel_level level, const int64_t *starts, const int32_t *columns, const double *weights, size_t first,
  size_t end, const double *panel, double *out, size_t stride, size_t width);

// A function of two numbers a and b at or above 0, homogeneous of degree 1.
enum {
  kernel_term_distance,      // |a - b|
  kernel_term_root_product,  // the root of a b
  kernel_term_triangular     // (a - b)^2 / (a + b), for sums of 0 or at least 1
};

// How many draws `kernel_pair_sums` takes.
enum { kernel_draw_width = 16 };

// sums[d] = the sum over rows r of the term of first[r * kernel_draw_width + d] times `first_scale` and
// second[r * kernel_draw_width + d] times `second_scale`, in the order of the rows.
void kernel_pair_sums(
  kernel_level level, int term, const int32_t *first, const int32_t *second, size_t row_count,
  double first_scale, double second_scale, double sums[kernel_draw_width]);

#endif
