import Dense

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Nesterov's extrapolation of scalings from one iteration to the next, begun anew where it overshoots.
///
/// Sinkhorn's iteration is a descent whose rate falls with 1 − η where mass has far to go; extrapolated it
/// falls with the square root of that. On logarithms, with the restart by gradient of O'Donoghue and
/// Candès 2015, https://doi.org/10.1007/s10208-013-9150-3, equation 12.
struct Extrapolation: Sendable {
  /// Logarithms of what the last iteration gave, or of the scalings at which the first one is taken.
  private(set) var last: Matrix
  private(set) var stepCount: Int

  /// Extrapolation from scalings on.
  init(_ scalings: Matrix) {
    last = scalings
    for index in last.elements.indices { last.elements[index] = log(scalings.elements[index]) }
    stepCount = 0
  }

  /// Extrapolation as it was.
  init(last: Matrix, stepCount: Int) { (self.last, self.stepCount) = (last, stepCount) }

  /// Scalings to go on from.
  ///
  /// - Parameters:
  ///   - current: the scalings at which the iteration was taken; 0 stays 0 throughout.
  ///   - image: what it gave.
  ///   - masses: weights of the scalings.
  mutating func next(
    current: Matrix, image: Matrix, masses: Matrix, workerCount: Int
  ) -> Matrix {
    var logarithms = image
    let last = last
    let overshoot = logarithms.elements.withUnsafeMutableBufferPointer { logarithms in
      let logarithms = Shared(logarithms)
      return mapBlocks(of: masses.elements.count, size: Self.blockSize, workerCount: workerCount) {
        block in
        var sum = 0.0
        for index in block where masses.elements[index] > 0 {
          let to = log(image.elements[index])
          logarithms.value[index] = to
          sum +=
            masses.elements[index] * (log(current.elements[index]) - to)
            * (to - last.elements[index])
        }
        return sum
      }.reduce(0, +)
    }
    stepCount = overshoot > 0 ? 0 : stepCount + 1
    let momentum = Double(stepCount) / Double(stepCount + 3)
    self.last = logarithms
    let (reached, start) = (logarithms, last)
    var result = masses
    result.elements.withUnsafeMutableBufferPointer { result in
      let result = Shared(result)
      forEachBlock(of: masses.elements.count, size: Self.blockSize, workerCount: workerCount) {
        block in
        for index in block {
          let to = reached.elements[index]
          result.value[index] =
            masses.elements[index] > 0 ? to + momentum * (to - start.elements[index]) : -.infinity
        }
        takeExponentials(of: UnsafeMutableBufferPointer(rebasing: result.value[block]))
      }
    }
    return result
  }

  private static let blockSize = 1 << 13
}
