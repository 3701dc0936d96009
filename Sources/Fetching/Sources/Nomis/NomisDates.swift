import Extracts
import Mismatch

/// The periods of a data set of Nomis, earliest first.
struct NomisDates {
  let all: [String]

  init(_ codes: [String]) { all = codes.sorted() }

  /// The periods that a setting names: `latest`, `latestMINUS11`, `previous`, `previousMINUS1`, `prevyear`, `first`,
  /// periods such as 2014-12, and ranges of these (`latestMINUS11-latest`, `2015-10...2016-03`).
  ///
  /// - Throws: ``Failure`` for one that the data set does not have: Nomis would answer with the newest instead.
  func periods(of setting: FileSource.Setting) throws -> [String] {
    var named: Set<Int> = []
    for item in setting.texts.flatMap({ $0.split(separator: ",") }) {
      let text = String(item).trimmed()
      if let (first, last) = range(text) {
        let bounds = (try index(first, in: setting), try index(last, in: setting))
        guard bounds.0 <= bounds.1 else {
          throw wrong(text, in: setting, expected: "the earlier period first")
        }
        named.formUnion(bounds.0...bounds.1)
      } else {
        named.insert(try index(text, in: setting))
      }
    }
    guard !named.isEmpty else { throw wrong("", in: setting, expected: "a period") }
    return named.sorted().map { all[$0] }
  }

  /// The ends of a range: with `...` between any two periods, with `-` between words.
  private func range(_ text: String) -> (String, String)? {
    if let mark = text.firstRange(of: "...") {
      return (String(text[..<mark.lowerBound]), String(text[mark.upperBound...]))
    }
    let parts = text.split(separator: "-")
    guard parts.count == 2, parts.allSatisfy({ $0.first?.isLetter == true }) else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  private func index(_ text: String, in setting: FileSource.Setting) throws -> Int {
    let index: Int?
    if let match = text.lowercased().wholeMatch(of: /(latest|previous)(?:minus([0-9]{1,4}))?/) {
      let back = match.2.flatMap { Int($0) } ?? 0
      index = all.count - (match.1 == "latest" ? 1 : 2) - back
    } else if text.lowercased() == "first" {
      index = 0
    } else if text.lowercased() == "prevyear" {
      index = all.last.flatMap { latest in
        Int(latest.prefix(4)).flatMap { all.firstIndex(of: "\($0 - 1)" + latest.dropFirst(4)) }
      }
    } else {
      index = all.firstIndex(of: text)
    }
    guard let index, all.indices.contains(index) else {
      throw wrong(
        text, in: setting,
        expected: all.isEmpty
          ? "a data set with periods" : "periods from \(all[0]) to \(all[all.count - 1])")
    }
    return index
  }

  private func wrong(_ text: String, in setting: FileSource.Setting, expected: String) -> Failure {
    Failure(
      .badData, at: setting.place, "the data set has no period \"\(text)\"", expected: expected,
      advice: Failure.nearest(to: text, among: all).map { "Did you mean \"\($0)\"?" })
  }
}
