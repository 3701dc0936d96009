/* Special functions of Boost.Math (https://www.boost.org/libs/math, Boost Software License 1.0) as C.
   NaN comes back for arguments outside a function's domain; nothing is thrown. */
#ifndef CSPECIAL_H
#define CSPECIAL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Regularised incomplete beta function I_x(a, b), its complement, and its derivative in x. */
double special_beta_lower(double a, double b, double x);
double special_beta_upper(double a, double b, double x);
double special_beta_density(double a, double b, double x);
/* x at which I_x(a, b) is p, or its complement is q. */
double special_beta_lower_inverse(double a, double b, double p);
double special_beta_upper_inverse(double a, double b, double q);

/* Regularised incomplete gamma functions P(a, x) and Q(a, x), and their inverses in x. */
double special_gamma_lower(double a, double x);
double special_gamma_upper(double a, double x);
double special_gamma_lower_inverse(double a, double p);
double special_gamma_upper_inverse(double a, double q);

/* The derivative of ln Γ at x. */
double special_digamma(double x);

/* z at which the complementary error function is q. */
double special_erfc_inverse(double q);

#ifdef __cplusplus
}
#endif

#endif
