import Extracts
import Mismatch

extension InferenceRule {
  /// The rule of a job: `intervals:`, `calls:` and `tolerance:`, each with its defaults.
  package init(intervals: JobNode?, calls: JobNode?, tolerance: JobNode?) throws {
    self.init()
    if let intervals {
      let keys = try intervals.keyed(["kinds", "level", "draws"])
      if let node = keys["kinds"] { kinds = try node.intervalKinds() }
      if let node = keys["level"] { level = try node.number(in: .fractions) }
      if let node = keys["draws"] { draws = try node.drawCount() }
    }
    if let calls {
      let keys = try calls.keyed(["null", "error-rate", "control"])
      if let node = keys["null"] { null = try node.choice("null hypothesis") }
      if let node = keys["error-rate"] { errorRate = try node.number(in: .fractions) }
      if let node = keys["control"] { control = try node.choice("control") }
    }
    if let tolerance {
      self.tolerance = try tolerance.number(in: .percentagePoints)
    }
  }
}

extension JobNode {
  fileprivate func intervalKinds() throws -> IntervalKinds {
    try items().reduce(into: []) { kinds, item in
      let name = try item.text()
      guard let known = IntervalKinds.names.first(where: { $0.name == name }) else {
        throw Failure.unknown(
          "kind of interval", name, known: IntervalKinds.names.map(\.name), at: item.place)
      }
      kinds.insert(known.kind)
    }
  }

  fileprivate func drawCount() throws -> Int {
    guard let count = Int(try text()), (100...1_000_000).contains(count) else {
      throw wrong(expected: "a whole number from 100 to 1000000")
    }
    return count
  }
}
