#include "CSpecial.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <algorithm>
#include <exception>
#include <limits>

namespace {
using namespace boost::math::policies;

/* Errors come back as NaN or infinity, and doubles stay doubles: the same bits on any x86-64 or ARM. */
using Quiet = policy<
    domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
    underflow_error<ignore_error>, denorm_error<ignore_error>, rounding_error<ignore_error>,
    evaluation_error<ignore_error>, indeterminate_result_error<ignore_error>,
    promote_float<false>, promote_double<false>>;
const Quiet quiet;

/* The function's value; NaN where its largest shape is above 2^55, beyond the sum of two counts:
   Boost's root finders throw from some 10^17 on, and take seconds for one value from 10^25 on. Nothing is
   thrown, since no caller could catch it. */
template <typename Function>
double value(double largest, Function function) noexcept {
  if (largest > 0x1p55) return std::numeric_limits<double>::quiet_NaN();
  try {
    return function();
  } catch (const std::exception &) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}
}  // namespace

double special_beta_lower(double a, double b, double x) {
  return value(std::max(a, b), [&] { return boost::math::ibeta(a, b, x, quiet); });
}
double special_beta_upper(double a, double b, double x) {
  return value(std::max(a, b), [&] { return boost::math::ibetac(a, b, x, quiet); });
}
double special_beta_density(double a, double b, double x) {
  return value(std::max(a, b), [&] { return boost::math::ibeta_derivative(a, b, x, quiet); });
}
double special_beta_lower_inverse(double a, double b, double p) {
  return value(std::max(a, b), [&] { return boost::math::ibeta_inv(a, b, p, quiet); });
}
double special_beta_upper_inverse(double a, double b, double q) {
  return value(std::max(a, b), [&] { return boost::math::ibetac_inv(a, b, q, quiet); });
}
double special_gamma_lower(double a, double x) {
  return value(a, [&] { return boost::math::gamma_p(a, x, quiet); });
}
double special_gamma_upper(double a, double x) {
  return value(a, [&] { return boost::math::gamma_q(a, x, quiet); });
}
double special_gamma_lower_inverse(double a, double p) {
  return value(a, [&] { return boost::math::gamma_p_inv(a, p, quiet); });
}
double special_gamma_upper_inverse(double a, double q) {
  return value(a, [&] { return boost::math::gamma_q_inv(a, q, quiet); });
}
double special_digamma(double x) {
  return value(0, [&] { return boost::math::digamma(x, quiet); });
}
double special_erfc_inverse(double q) {
  return value(0, [&] { return boost::math::erfc_inv(q, quiet); });
}
