import CKernels

/// How much less something weighs the more it costs to reach it.
///
/// Costs are at or above 0, in any one unit; an infinite cost weighs 0. Weights of every form have the same
/// bits on every processor.
package enum Decay: Sendable, Equatable {
  /// e^(-rate · cost); relative error below 1.2 · 10⁻¹⁶ · (1 + rate · cost).
  case exponential(rate: Double)
  /// cost^(-exponent), infinite at cost 0; relative error below 4 · 10⁻¹⁶ · (1 + exponent · |ln cost|).
  case power(exponent: Double)
  /// 1 up to the threshold, it included; 0 beyond.
  case cumulative(threshold: Double)
  /// 1 / (1 + (cost / scale)^shape): a half at the scale.
  case logLogistic(scale: Double, shape: Double)

  /// The weight of each cost.
  package func weights(of costs: [Double]) -> [Double] {
    var weights = costs
    kernel_decay_costs(kernelLevel, kernel, &weights, weights.count)
    return weights
  }

  var kernel: kernel_decay {
    switch self {
    case .exponential(let rate): Self.kernel(kernel_form_exponential, rate)
    case .power(let exponent): Self.kernel(kernel_form_power, exponent)
    case .cumulative(let threshold): Self.kernel(kernel_form_cumulative, threshold)
    case .logLogistic(let scale, let shape): Self.kernel(kernel_form_log_logistic, scale, shape)
    }
  }

  static func kernel(_ form: Int, _ a: Double = 0, _ b: Double = 0) -> kernel_decay {
    kernel_decay(form: Int32(form), a: a, b: b)
  }
}
