#include "kernels.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

INLINE double fused(double a, double b, double c) { return __builtin_elementwise_fma(a, b, c); }

INLINE uint64_t bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

INLINE double number(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// ln 2 in two parts, the first with 21 zero bits at its end.
static const double ln2_high = 0x1.62e42fee00000p-1;
static const double ln2_low = 0x1.a39ef35793c76p-33;

// e^x = 2^n e^r, |r| <= ln 2 / 2; e^r = 1 + r + r^2 q(r), q of degree 10 interpolated at Chebyshev's points
// (relative error 2.3e-19).
INLINE double exponential(double x) {
  const double lowest = -708, highest = 0x1.62e42fefa39efp+9;
  double clamped = x < lowest ? lowest : x;
  clamped = clamped > highest ? highest : clamped;
  // Adding 1.5 * 2^52 leaves the nearest whole number in the last bits.
  const double shift = 0x1.8p52;
  const double shifted = fused(clamped, 0x1.71547652b82fep+0, shift);
  const double n = shifted - shift;
  const double r = fused(n, -ln2_low, fused(n, -ln2_high, clamped));
  double q = 0x1.1f730349868cep-29;
  q = fused(q, r, 0x1.af4de97ca4194p-26);
  q = fused(q, r, 0x1.27e4db646b17ep-22);
  q = fused(q, r, 0x1.71de0231960ebp-19);
  q = fused(q, r, 0x1.a01a01a6d889cp-16);
  q = fused(q, r, 0x1.a01a01abe7fe1p-13);
  q = fused(q, r, 0x1.6c16c16c162d4p-10);
  q = fused(q, r, 0x1.11111111100dcp-7);
  q = fused(q, r, 0x1.5555555555556p-5);
  q = fused(q, r, 0x1.5555555555557p-3);
  q = fused(q, r, 0x1p-1);
  const double power = 1 + fused(r * r, q, r);
  const double result = number(bits(power) + (bits(shifted) << 52));
  return x < lowest ? 0 : x > highest ? INFINITY : result;
}

// ln x for x normal and above 0: x = 2^k (1 + f), by the series of FreeBSD's msun e_log.c (Sun Microsystems,
// 1993), below 1 unit in the last place.
INLINE double logarithm(double x) {
  const uint64_t root_half = 0x3fe6a09e667f3bcd;
  const uint64_t k = (bits(x) - root_half + ((uint64_t)1024 << 52)) >> 52;
  const double exponent = number(k | 0x4330000000000000) - 0x1p52 - 1024;
  const double f = number(bits(x) - (k << 52) + ((uint64_t)1024 << 52)) - 1;
  const double s = f / (2 + f), z = s * s;
  double r = 1.479819860511658591e-01;
  r = fused(r, z, 1.531383769920937332e-01);
  r = fused(r, z, 1.818357216161805012e-01);
  r = fused(r, z, 2.222219843214978396e-01);
  r = fused(r, z, 2.857142874366239149e-01);
  r = fused(r, z, 3.999999999940941908e-01);
  r = fused(r, z, 6.666666666666735130e-01);
  const double half = 0.5 * f * f;
  return exponent * ln2_high - ((half - fused(exponent, ln2_low, s * fused(r, z, half))) - f);
}

// arcsin h for 0 <= h <= 1, by the quotient of FreeBSD's msun e_asin.c (Sun Microsystems, 1993).
INLINE double arcsine(double h) {
  const double t = h > 0.5 ? (1 - h) * 0.5 : h * h;
  const double base = h > 0.5 ? __builtin_elementwise_sqrt(t) : h;
  double p = 3.47933107596021167570e-05;
  p = fused(p, t, 7.91534994289814532176e-04);
  p = fused(p, t, -4.00555345006794114027e-02);
  p = fused(p, t, 2.01212532134862925881e-01);
  p = fused(p, t, -3.25565818622400915405e-01);
  p = fused(p, t, 1.66666666666666657415e-01);
  double q = 7.70381505559019352791e-02;
  q = fused(q, t, -6.88283971605453293030e-01);
  q = fused(q, t, 2.02094576023350569471e+00);
  q = fused(q, t, -2.40339491173441421878e+00);
  q = fused(q, t, 1);
  const double angle = fused(base, t * p / q, base);
  return h > 0.5 ? 0x1.921fb54442d18p+0 - 2 * angle : angle;
}

INLINE double power(double base, double exponent) { return exponential(exponent * logarithm(base)); }

INLINE double weight_of(int form, double a, double b, double cost) {
  switch (form) {
    case kernel_form_exponential:
      return exponential(-a * cost);
    case kernel_form_power:
      return cost == 0 ? INFINITY : cost == INFINITY ? 0 : power(cost, -a);
    case kernel_form_cumulative:
      return cost <= a ? 1 : 0;
    case kernel_form_log_logistic:
      return cost == 0 ? 1 : cost == INFINITY ? 0 : 1 / (1 + power(cost / a, b));
    default:
      return cost;
  }
}

INLINE double distance(int metric, kernel_points points, size_t from, size_t to) {
  const double dx = points.xs[to] - points.xs[from], dy = points.ys[to] - points.ys[from];
  if (metric == kernel_metric_plane) {
    return points.scale * __builtin_elementwise_sqrt(fused(dx, dx, dy * dy));
  }
  const double dz = points.zs[to] - points.zs[from];
  const double half = 0.5 * __builtin_elementwise_sqrt(fused(dx, dx, fused(dy, dy, dz * dz)));
  return 2 * points.scale * arcsine(half > 1 ? 1 : half);
}

// Four vectors in flight hide the latency of a polynomial.
#define EACH(INDEX, COUNT)                                                                                  \
  _Pragma("clang loop interleave_count(4)") for (size_t INDEX = 0; INDEX < COUNT; INDEX++)

INLINE void exponential_loop(double *values, size_t count) {
  EACH(i, count) values[i] = exponential(values[i]);
}

INLINE void weigh(int form, kernel_decay decay, double *costs, size_t count) {
  EACH(i, count) costs[i] = weight_of(form, decay.a, decay.b, costs[i]);
}

INLINE void measure(int metric, kernel_points points, size_t row, kernel_span columns, double *costs) {
  EACH(i, columns.count) costs[i] = distance(metric, points, row, columns.first + i);
}

// Weighs one row while the distances of the next are measured: square roots then hide behind the polynomial.
INLINE void weigh_and_measure(
  int form, kernel_decay decay, double *restrict costs, int metric, kernel_points points, size_t next,
  kernel_span columns, double *restrict next_costs) {
  EACH(i, columns.count) {
    costs[i] = weight_of(form, decay.a, decay.b, costs[i]);
    next_costs[i] = distance(metric, points, next, columns.first + i);
  }
}

INLINE void set_own(kernel_points points, size_t row, kernel_span columns, double *costs) {
  if (row >= columns.first && row < columns.first + columns.count) costs[row - columns.first] = points.own;
}

INLINE void tile_of(
  int metric, int form, kernel_decay decay, kernel_points points, kernel_span rows, kernel_span columns,
  double *out) {
  measure(metric, points, rows.first, columns, out);
  set_own(points, rows.first, columns, out);
  for (size_t row = rows.first + 1; row < rows.first + rows.count; row++, out += columns.count) {
    weigh_and_measure(form, decay, out, metric, points, row, columns, out + columns.count);
    set_own(points, row, columns, out + columns.count);
  }
  weigh(form, decay, out, columns.count);
}

// A loop for each form, so that none of them asks inside.
#define EACH_FORM(CASE)                                                                                     \
  CASE(kernel_form_none)                                                                                    \
  CASE(kernel_form_exponential)                                                                             \
  CASE(kernel_form_power)                                                                                   \
  CASE(kernel_form_cumulative)                                                                              \
  CASE(kernel_form_log_logistic)

#define COSTS(FORM) if (decay.form == FORM) weigh(FORM, decay, costs, count);

#define TILE(FORM)                                                                                          \
  if (decay.form == FORM && points.metric == kernel_metric_plane) {                                         \
    tile_of(kernel_metric_plane, FORM, decay, points, rows, columns, out);                                  \
  }                                                                                                         \
  if (decay.form == FORM && points.metric == kernel_metric_sphere) {                                        \
    tile_of(kernel_metric_sphere, FORM, decay, points, rows, columns, out);                                 \
  }

INLINE void costs_loop(kernel_decay decay, double *costs, size_t count) { EACH_FORM(COSTS) }

INLINE void tile_loop(
  kernel_decay decay, kernel_points points, kernel_span rows, kernel_span columns, double *out) {
  EACH_FORM(TILE)
}

INLINE void sparse_rows_loop(
  const int64_t *starts, const int32_t *columns, const double *weights, size_t first, size_t end,
  const double *panel, double *out, size_t stride, size_t width) {
  // Rows of the panel are met in no order that a processor foresees: each is asked for some entries early.
  enum { lead = 12, line = 8 };
  const int64_t last = starts[end] - 1;
  for (size_t row = first; row < end; row++) {
    double sums[kernel_panel_width] = {0};
    for (int64_t entry = starts[row]; entry < starts[row + 1]; entry++) {
      const double weight = weights[entry];
      const double *terms = panel + (size_t)columns[entry] * kernel_panel_width;
      const double *later =
        panel + (size_t)columns[entry + lead < last ? entry + lead : last] * kernel_panel_width;
      for (int i = 0; i < kernel_panel_width; i += line) __builtin_prefetch(later + i);
      for (int i = 0; i < kernel_panel_width; i++) sums[i] += weight * terms[i];
    }
    memcpy(out + row * stride, sums, width * sizeof *out);
  }
}

INLINE double term_of(int term, double a, double b) {
  switch (term) {
    case kernel_term_distance:
      return __builtin_fabs(a - b);
    case kernel_term_root_product:
      return __builtin_elementwise_sqrt(a * b);
    default:
      return (a - b) * (a - b) / (a + b > 1 ? a + b : 1);
  }
}

INLINE int32_t any_of(const int32_t *counts) {
  int32_t any = 0;
  for (int i = 0; i < kernel_draw_width; i++) any |= counts[i];
  return any;
}

INLINE void add_terms(
  int term, const int32_t *first, const int32_t *second, size_t row_count, double first_scale,
  double second_scale, double *out) {
  double sums[kernel_draw_width] = {0};
  for (size_t row = 0; row < row_count; row++, first += kernel_draw_width, second += kernel_draw_width) {
    // Most sectors of a small area have no count: terms of 0 leave a sum as it is.
    const int32_t some = any_of(first), other = any_of(second);
    if (term == kernel_term_root_product ? !some || !other : !(some | other)) continue;
    for (int i = 0; i < kernel_draw_width; i++) {
      sums[i] += term_of(term, first[i] * first_scale, second[i] * second_scale);
    }
  }
  memcpy(out, sums, sizeof sums);
}

#define TERM(TERM)                                                                                          \
  if (term == TERM) add_terms(TERM, first, second, row_count, first_scale, second_scale, sums);

INLINE void pair_sums_loop(
  int term, const int32_t *first, const int32_t *second, size_t row_count, double first_scale,
  double second_scale, double *sums) {
  TERM(kernel_term_distance)
  TERM(kernel_term_root_product)
  TERM(kernel_term_triangular)
}

// The functions of one level.
typedef struct {
  void (*exponential)(double *, size_t);
  void (*costs)(kernel_decay, double *, size_t);
  void (*tile)(kernel_decay, kernel_points, kernel_span, kernel_span, double *);
  void (*sparse_rows)(
    const int64_t *, const int32_t *, const double *, size_t, size_t, const double *, double *, size_t, size_t);
  void (*pair_sums)(int, const int32_t *, const int32_t *, size_t, double, double, double *);
} kernels;

// Compiles every loop for one kind of processor.
#define LEVEL(NAME, TARGET)                                                                                 \
  TARGET static void exponential_##NAME(double *values, size_t count) { exponential_loop(values, count); }  \
  TARGET static void costs_##NAME(kernel_decay decay, double *costs, size_t count) {                        \
    costs_loop(decay, costs, count);                                                                        \
  }                                                                                                         \
  TARGET static void tile_##NAME(                                                                           \
    kernel_decay decay, kernel_points points, kernel_span rows, kernel_span columns, double *out) {         \
    tile_loop(decay, points, rows, columns, out);                                                           \
  }                                                                                                         \
  TARGET static void sparse_rows_##NAME(                                                                    \
    const int64_t *starts, const int32_t *columns, const double *weights, size_t first, size_t end,         \
    const double *panel, double *out, size_t stride, size_t width) {                                        \
    sparse_rows_loop(starts, columns, weights, first, end, panel, out, stride, width);                      \
  }                                                                                                         \
  TARGET static void pair_sums_##NAME(                                                                      \
    int term, const int32_t *first, const int32_t *second, size_t row_count, double first_scale,            \
    double second_scale, double *sums) {                                                                    \
    pair_sums_loop(term, first, second, row_count, first_scale, second_scale, sums);                        \
  }                                                                                                         \
  static const kernels NAME##_kernels = {                                                                   \
    exponential_##NAME, costs_##NAME, tile_##NAME, sparse_rows_##NAME, pair_sums_##NAME};

LEVEL(portable, )

#ifdef __x86_64__
LEVEL(avx2, __attribute__((target("arch=x86-64-v3"))))
LEVEL(avx512, __attribute__((target("arch=x86-64-v4"), min_vector_width(512))))

kernel_level kernel_level_best(void) {
  return __builtin_cpu_supports("x86-64-v4") ? 2 : __builtin_cpu_supports("x86-64-v3") ? 1 : 0;
}

static const kernels *of(kernel_level level) {
  return level == 2 ? &avx512_kernels : level == 1 ? &avx2_kernels : &portable_kernels;
}
#else
// ARM's vectors are part of its portable level.
kernel_level kernel_level_best(void) { return 0; }

static const kernels *of(kernel_level level) { return &portable_kernels; }
#endif

void kernel_exponential(kernel_level level, double *values, size_t count) {
  of(level)->exponential(values, count);
}

void kernel_decay_costs(kernel_level level, kernel_decay decay, double *costs, size_t count) {
  of(level)->costs(decay, costs, count);
}

void kernel_decay_tile(
  kernel_level level, kernel_decay decay, kernel_points points, kernel_span rows, kernel_span columns,
  double *out) {
  of(level)->tile(decay, points, rows, columns, out);
}

void kernel_sparse_rows(
  kernel_level level, const int64_t *starts, const int32_t *columns, const double *weights, size_t first,
  size_t end, const double *panel, double *out, size_t stride, size_t width) {
  of(level)->sparse_rows(starts, columns, weights, first, end, panel, out, stride, width);
}

void kernel_pair_sums(
  kernel_level level, int term, const int32_t *first, const int32_t *second, size_t row_count,
  double first_scale, double second_scale, double sums[kernel_draw_width]) {
  of(level)->pair_sums(term, first, second, row_count, first_scale, second_scale, sums);
}
