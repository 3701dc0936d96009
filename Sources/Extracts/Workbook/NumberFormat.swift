import Mismatch

/// How a cell style shows numbers, as far as keys need it: digits with zeros before and behind them, and texts
/// around them (ECMA-376 part 1, 18.8.31).
struct NumberFormat {
  /// What a key takes for a number.
  enum Shown: Equatable {
    /// The number as it is stored.
    case stored
    /// What the sheet shows, which has all of the number's digits.
    case text(String)
    /// Nothing: the sheet shows something that has not all of its digits, or more than they.
    case otherwise
  }

  private enum Part: Equatable {
    case literal(Character)
    case digit(isZero: Bool)
    case point
  }

  /// The format's code, for messages.
  let code: String
  /// Of numbers at or above 0; nil where they are shown as more or less than digits.
  private var pattern: Pattern?

  private struct Pattern {
    var prefix: String
    /// Digits before the point, with what stands between them.
    var whole: ArraySlice<Part>
    /// Of each decimal: whether it is shown where it is 0.
    var decimals: [Bool]
    var suffix: String
    var groupsThousands: Bool
  }

  /// Nil for `General` and for texts, which show numbers as they are.
  init?(_ code: String) {
    let section = code.prefix { $0 != ";" }
    guard !["general", "@", ""].contains(section.lowercased()) else { return nil }
    self.code = code
    guard let (parts, groupsThousands) = NumberFormat.parts(of: Array(section)) else { return }
    let isLiteral = { (part: Part) in if case .literal = part { true } else { false } }
    guard let first = parts.firstIndex(where: { !isLiteral($0) }),
      let last = parts.lastIndex(where: { !isLiteral($0) })
    else { return }
    let point = parts[first...last].firstIndex(of: .point) ?? last + 1
    let decimals = point < last ? parts[(point + 1)...last] : []
    guard !decimals.contains(where: { isLiteral($0) || $0 == .point }) else { return }
    pattern = Pattern(
      prefix: NumberFormat.text(parts[..<first]), whole: parts[first..<point],
      decimals: decimals.map { $0 == .digit(isZero: true) },
      suffix: NumberFormat.text(parts[(last + 1)...]), groupsThousands: groupsThousands)
  }

  /// The parts of a section, and whether thousands are grouped; nil where it shows more or less than digits.
  private static func parts(of section: [Character]) -> ([Part], groupsThousands: Bool)? {
    var parts: [Part] = []
    var groupsThousands = false
    var place = 0
    while place < section.count {
      let character = section[place]
      place += 1
      switch character {
      case "0", "#": parts.append(.digit(isZero: character == "0"))
      case ".": parts.append(.point)
      case ",":
        // Behind the last digit it divides by a thousand.
        guard place < section.count, "0#".contains(section[place]) else { return nil }
        groupsThousands = true
      case "_", "*": place += 1
      case "\\":
        guard place < section.count else { return nil }
        parts.append(.literal(section[place]))
        place += 1
      case "\"", "[":
        let end = section[place...].firstIndex(of: character == "[" ? "]" : "\"") ?? section.count
        let text = section[place..<end]
        place = end + 1
        if character == "\"" {
          parts += text.map(Part.literal)
        } else if !text.starts(with: "$-"), !text.allSatisfy(\.isLetter) {
          // Neither a colour nor a language: a condition, a length of time or a currency.
          return nil
        }
      case " ", "-", "+", "(", ")", ":": parts.append(.literal(character))
      default: return nil
      }
    }
    let isMoney = parts.contains { part in
      if case .literal(let character) = part { character.isCurrencySymbol } else { false }
    }
    return isMoney ? nil : (parts, groupsThousands)
  }

  private static func text(_ parts: ArraySlice<Part>) -> String {
    String(
      parts.compactMap { part in if case .literal(let character) = part { character } else { nil } }
    )
  }

  /// What a key takes for a number.
  ///
  /// - Parameter stored: its digits, with a point or without.
  func shown(_ stored: String) -> Shown {
    guard let pattern, stored.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else {
      return .otherwise
    }
    let halves = stored.split(separator: ".", maxSplits: 1).map(Array.init)
    var digits = halves.first ?? []
    let fraction = halves.count > 1 ? halves[1] : []
    let showsZero = pattern.whole.contains(.digit(isZero: true)) || digits != ["0"]
    guard fraction.count <= pattern.decimals.count, showsZero || !fraction.isEmpty,
      !pattern.groupsThousands || digits.count <= 3
    else { return .otherwise }
    var whole: [Character] = []
    for part in pattern.whole.reversed() {
      switch part {
      case .literal(let character): whole.append(character)
      case .digit(let isZero):
        if let digit = digits.popLast() ?? (isZero ? "0" : nil) { whole.append(digit) }
      case .point: break
      }
    }
    let decimals = pattern.decimals.indices.prefix { $0 < fraction.count || pattern.decimals[$0] }
      .map { $0 < fraction.count ? fraction[$0] : "0" }
    let text =
      pattern.prefix + String(digits) + String(whole.reversed())
      + (decimals.isEmpty ? "" : "." + String(decimals)) + pattern.suffix
    return text.trimmed().isSpelt(as: stored) ? .stored : .text(text.trimmed())
  }
}
