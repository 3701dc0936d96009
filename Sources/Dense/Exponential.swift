import CKernels

/// The vectors that this processor has; results have the same bits for all.
let kernelLevel = kernel_level_best()

/// Replaces every number x by eˣ.
///
/// The result is less than 1 unit in the last place from the true value (at worst 0.98 of 2·10⁷ draws), and
/// has the same bits on every processor. It is 0 below -708, infinite above 709.78, and NaN for NaN.
package func takeExponentials(of values: UnsafeMutableBufferPointer<Double>) {
  guard let start = values.baseAddress else { return }
  kernel_exponential(kernelLevel, start, values.count)
}
