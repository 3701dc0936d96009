#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The unemployment rate as flows into and out of work make it, and as it would be if job seekers were
/// always where the planner wants them.
///
///     u(t+1)  = s + (1 - s - f)  u(t)
///     u*(t+1) = s + (1 - s - f*) u*(t),  f* = f / (1 - M) (u / u*)^a, at most 1
///
/// Şahin, Song, Topa and Violante (2014), https://doi.org/10.1257/aer.104.11.3529, section I.D.
package struct UnemploymentPath: Sendable, Equatable {
  /// One period.
  package struct Step: Sendable, Equatable {
    package let actual: Double
    package let planned: Double
    /// f*: the job-finding rate under the planner's allocation; NaN at the end, which has no flows.
    package let plannedJobFinding: Double

    /// The unemployment that mismatch makes.
    package var mismatch: Double { actual - planned }
  }

  /// One more than there are periods with flows.
  package let steps: [Step]

  /// The path from a rate that both begin with.
  ///
  /// - Parameters:
  ///   - start: between 0 and 1.
  ///   - flows: rates of job finding and separation by period, 0...1.
  ///   - indices: mismatch indices M by period, 0...1. NaN makes the planner's path NaN from there on.
  ///   - vacancyShare: a of the matching function.
  package init(
    from start: Double, flows: [(jobFinding: Double, separation: Double)], indices: [Double],
    vacancyShare: Double
  ) {
    var (actual, planned) = (start, start)
    var steps: [Step] = []
    for (flow, index) in zip(flows, indices) {
      let unlimited = flow.jobFinding / (1 - index) * pow(actual / planned, vacancyShare)
      // NaN stays.
      let jobFinding = unlimited > 1 ? 1 : unlimited
      steps.append(Step(actual: actual, planned: planned, plannedJobFinding: jobFinding))
      actual = flow.separation + (1 - flow.separation - flow.jobFinding) * actual
      planned = flow.separation + (1 - flow.separation - jobFinding) * planned
    }
    steps.append(Step(actual: actual, planned: planned, plannedJobFinding: .nan))
    self.steps = steps
  }
}
