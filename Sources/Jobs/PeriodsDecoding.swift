import Extracts
import Mismatch

extension JobNode {
  /// `{ pair: "provision period = demand period", order: [labels, earliest first] }`: one of them or both.
  func periods() throws -> (pairs: [PeriodPair]?, order: [String]?) {
    let keys = try keyed(["pair", "order"])
    let order = try keys["order"]?.periodOrder()
    if order == nil { _ = try keys.required("pair", of: self) }
    return (try keys["pair"]?.periodPairs(), order)
  }

  /// Labels of periods, each once.
  private func periodOrder() throws -> [String] {
    var labels: [String] = []
    for item in try someItems() {
      let label = try item.text()
      guard !labels.contains(where: { $0.isSpelt(as: label) }) else {
        throw item.wrong(expected: "every label once")
      }
      labels.append(label)
    }
    return labels
  }

  /// One pair, or a list of them.
  private func periodPairs() throws -> [PeriodPair] {
    try someItems().map { item in
      let text = try item.text()
      let parts = text.split(separator: "=", omittingEmptySubsequences: false).map { part in
        String(part).trimmed()
      }
      guard (1...2).contains(parts.count), !parts.contains("") else {
        throw item.wrong(expected: "two periods with = between them")
      }
      return PeriodPair(label: text, provision: parts[0], demand: parts[parts.count - 1])
    }
  }
}
