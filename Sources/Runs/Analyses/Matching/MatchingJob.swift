import Extracts
import Jobs
import Mismatch

/// How a job reads both sides as a labour market: provision as job seekers, demand as vacancies.
package struct MatchingJob: Sendable {
  /// The share of vacancies in matching, between 0 and 1.
  var vacancyShare: Double
  /// The substitution parameter of a second, constant-elasticity matching function; below 1, not 0.
  var substitution: Double?
  /// Matching efficiency by sector.
  var efficiency: NumbersJob?
  /// Rates of job finding and separation by period.
  var flows: NumbersJob?
  /// The unemployment rate that the first period begins with.
  package var start: Double?
}

extension JobNode {
  /// `{ vacancy-share:, substitution:, efficiency: { file, code, value }, flows: { file, period,
  /// job-finding, separation, start } }`.
  package func matching(folder: String) throws -> MatchingJob {
    let keys = try keyed(["vacancy-share", "substitution", "efficiency", "flows"])
    var matching = MatchingJob(
      vacancyShare: try keys.required("vacancy-share", of: self).number(in: .matchingShares),
      substitution: try keys["substitution"]?.substitution())
    if let node = keys["efficiency"] {
      let keys = try node.keyed(["code", "value"] + tableKeys)
      matching.efficiency = NumbersJob(
        table: try node.table(keys, folder: folder),
        code: try keys.required("code", of: node).key(),
        values: [try keys.required("value", of: node).text()], range: .efficiencies)
    }
    if let node = keys["flows"] {
      let keys = try node.keyed(["period", "job-finding", "separation", "start"] + tableKeys)
      matching.start = try keys.required("start", of: node).number(in: .fractions)
      matching.flows = NumbersJob(
        table: try node.table(keys, folder: folder),
        code: try keys.required("period", of: node).key(),
        values: try ["job-finding", "separation"].map { try keys.required($0, of: node).text() },
        range: .rates)
    }
    return matching
  }

  /// The exponent of a matching function with constant elasticity of substitution.
  private func substitution() throws -> Double {
    guard let number = try? number(in: .substitutions), number < 1 else {
      throw wrong(
        expected: "a number from -20 to 0.999, and at least 0.001 from 0",
        advice: "0 would be Cobb-Douglas matching, which is always written")
    }
    return number
  }
}
