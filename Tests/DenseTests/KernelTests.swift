import CKernels
import Foundation
import Support
import Testing

@testable import Dense

struct KernelTests {
  /// Numbers over the whole range of the exponential, its edges among them.
  private static let arguments: [Double] = {
    var random = RandomSource(seed: 12)
    return [0, -0.0, 1, -1, -708, -708.1, -745, -.infinity, .infinity, 709.7, 709.79, 1e-300, .nan]
      + (0..<4000).map { _ in 1400 * random.uniform() - 700 }
      + (0..<4000).map { _ in 2 * random.uniform() - 1 }
  }()

  @Test("Every level of instructions gives the same bits")
  func levelsAgree() {
    var random = RandomSource(seed: 13)
    let xs = (0..<301).map { _ in 1e5 * random.uniform() }
    let zs = xs.map { $0 / 1e5 }
    // Some rows hold counts on one side alone, some on none.
    let counts = (0..<20 * Int(kernel_draw_width)).map { place in
      place / 64 % 2 == 0 ? Int32(5 * random.uniform()) : 0
    }
    func results(_ level: kernel_level) -> [[Double]] {
      var exponentials = Self.arguments
      kernel_exponential(level, &exponentials, exponentials.count)
      var all = [exponentials]
      for form in kernel_form_none...kernel_form_log_logistic {
        let decay = Decay.kernel(form, 0.7, 2.3)
        var costs = xs.map { $0 * 1e-3 } + [0, .infinity]
        kernel_decay_costs(level, decay, &costs, costs.count)
        all.append(costs)
        for metric in [kernel_metric_plane, kernel_metric_sphere] {
          var tile = [Double](repeating: -1, count: 5 * 290)
          withPoints(xs: zs, ys: xs.map { $0 / 2e5 }, metric) { points in
            kernel_decay_tile(
              level, decay, points, kernel_span(first: 7, count: 5),
              kernel_span(first: 3, count: 290), &tile)
          }
          all.append(tile)
        }
      }
      for term in kernel_term_distance...kernel_term_triangular {
        var sums = [Double](repeating: -1, count: Int(kernel_draw_width))
        kernel_pair_sums(level, Int32(term), counts, counts.reversed(), 20, 1300, 77, &sums)
        all.append(sums)
      }
      return all
    }
    let portable = results(0)
    for level in 0...kernel_level_best() {
      for (mine, expected) in zip(results(level), portable) {
        #expect(areIdentical(mine, expected))
      }
    }
  }

  private func withPoints(
    xs: [Double], ys: [Double], _ metric: Int, _ body: (kernel_points) -> Void
  ) {
    xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in
        body(
          kernel_points(
            metric: Int32(metric), xs: xs.baseAddress, ys: ys.baseAddress, zs: xs.baseAddress,
            scale: 3,
            own: 0.5))
      }
    }
  }

  #if arch(x86_64)
    @Test("An exponential is less than 1 unit in the last place from the true value")
    func exponentialError() {
      var values = Self.arguments
      values.withUnsafeMutableBufferPointer { takeExponentials(of: $0) }
      var worst: Float80 = 0
      for (x, value) in zip(Self.arguments, values) where x > -708 && x < 709.7 {
        let error = abs(Float80(value) - Foundation.exp(Float80(x))) / Float80(value.ulp)
        worst = max(worst, error)
      }
      #expect(worst < 1 && worst > 0.5, "\(worst)")
    }
  #endif

  @Test("An exponential ends at 0 and infinity, and NaN stays")
  func exponentialEdges() {
    var values: [Double] = [-708.1, -.infinity, 709.79, .infinity, .nan, 0]
    values.withUnsafeMutableBufferPointer { takeExponentials(of: $0) }
    #expect(values[0] == 0 && values[1] == 0 && values[2] == .infinity && values[3] == .infinity)
    #expect(values[4].isNaN && values[5] == 1)
  }

  @Test("Decays equal their formulas")
  func decays() {
    let costs = [0, 0.01, 0.3, 1, 7.5, 44.9, 45, 45.1, 300, .infinity]
    func expect(_ decay: Decay, _ formula: (Double) -> Double) {
      // 4e-16 × (1 + 2.5 × ln 300) is below 1e-14.
      #expect(Closeness.relative(1e-14).holds(decay.weights(of: costs), costs.map(formula)))
    }
    expect(.exponential(rate: 0.3)) { exp(-0.3 * $0) }
    expect(.power(exponent: 2.5)) { pow($0, -2.5) }
    expect(.cumulative(threshold: 45)) { $0 <= 45 ? 1 : 0 }
    expect(.logLogistic(scale: 10, shape: 2.5)) { 1 / (1 + pow($0 / 10, 2.5)) }
  }

  @Test("Distances on the Earth equal the haversine formula, near ones and opposite ones too")
  func sphere() throws {
    // London, a point 11 m away, Edinburgh, Sydney, London's antipode.
    let latitudes = [51.5074, 51.5075, 55.9533, -33.8688, -51.5074]
    let longitudes = [-0.1278, -0.1278, -3.1883, 151.2093, 179.8722]
    let distances = try Points(latitudes: latitudes, longitudes: longitudes).distances(own: 0)
      .times(identity(5))
    func haversine(_ a: Int, _ b: Int) -> Double {
      let radians = Double.pi / 180
      let (p, q) = (latitudes[a] * radians, latitudes[b] * radians)
      let h =
        pow(sin((q - p) / 2), 2)
        + cos(p) * cos(q) * pow(sin((longitudes[b] - longitudes[a]) * radians / 2), 2)
      return 2 * 6371.0088 * asin(min(1, h.squareRoot()))
    }
    for a in 0..<5 {
      for b in 0..<5 {
        // Near opposite points a sine near 1 holds half the digits of its angle.
        let isOpposite = max(a, b) == 4 && min(a, b) < 2
        #expect(abs(distances[a, b] - haversine(a, b)) < (isOpposite ? 1e-3 : 1e-9))
        #expect(distances[a, b] == distances[b, a])
      }
    }
    #expect(abs(distances[0, 4] - Double.pi * 6371.0088) < 1e-3)
  }

  @Test("Distances on a grid of metres are Pythagoras's, and an own cost stands on the diagonal")
  func plane() throws {
    let points = Points(
      eastings: [530_000, 533_000, 530_000], northings: [180_000, 184_000, 180_000], scale: 1e-3)
    let distances = try points.distances(own: 2).times(identity(3))
    #expect(distances == Matrix(rows: [[2, 5, 0], [5, 2, 5], [0, 5, 2]]))
  }

  private func identity(_ count: Int) -> Matrix {
    Matrix(rows: (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } })
  }
}
