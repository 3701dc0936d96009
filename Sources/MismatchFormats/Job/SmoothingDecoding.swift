import Mismatch

extension JobNode {
  /// `{ method: name }` or `{ method: [names] }`: how sectors are smoothed over small areas.
  func smoothing() throws -> [EmpiricalBayes.Method] {
    let keys = try keyed(["method"])
    return try keys.required("method", of: self).someItems().map { item in
      let name = try item.text()
      guard let method = EmpiricalBayes.Method(rawValue: name) else {
        throw Failure.unknown(
          "method of smoothing", name, known: EmpiricalBayes.Method.allCases.map(\.rawValue),
          at: item.place)
      }
      return method
    }
  }
}
