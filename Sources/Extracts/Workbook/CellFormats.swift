import Mismatch

/// How the cell styles of a workbook show their numbers: which of them as dates.
struct CellFormats {
  private var isDate: [Bool] = []
  private var numbers: [NumberFormat?] = []

  /// No styles: every number is a number.
  init() {}

  /// Reads a workbook's part of styles.
  init(_ part: ArchiveMember) throws {
    let collector = CellFormatCollector()
    let markup = try Markup(part, handler: collector)
    while try markup.read() {}
    isDate = collector.formats.map { number in
      collector.codes[number].map(CellFormats.isDate) ?? CellFormats.builtInDates.contains(number)
    }
    numbers = zip(collector.formats, isDate).map { number, isDate in
      isDate
        ? nil
        : (collector.codes[number] ?? CellFormats.builtInNumbers[number]).flatMap(NumberFormat.init)
    }
  }

  /// Whether numbers of this style are dates; not so for a style that the workbook lacks.
  func showsDate(_ style: Int) -> Bool { isDate.indices.contains(style) && isDate[style] }

  /// How numbers of this style are shown; nil where that is as they are, or as dates.
  func number(_ style: Int) -> NumberFormat? {
    numbers.indices.contains(style) ? numbers[style] : nil
  }

  /// Formats of numbers that every program knows by number.
  private static let builtInNumbers = [
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0",
  ]

  /// Formats that every program knows by number (ECMA-376 part 1, 18.8.30, with the East Asian ones),
  /// without 45 to 47, which are lengths of time.
  private static let builtInDates = Set([14, 15, 16, 17, 18, 19, 20, 21, 22])
    .union(27...36).union(50...58)

  /// Whether a format's code shows a date or a time of day.
  ///
  /// That is a letter of y, m, d, h, s outside quotes, brackets and escapes, in the part for positive
  /// numbers. Lengths of time ("[h]:mm") stay numbers.
  static func isDate(_ code: String) -> Bool {
    var isQuoted = false
    var bracket: String?
    var characters = code.makeIterator()
    while let character = characters.next() {
      if isQuoted {
        isQuoted = character != "\""
      } else if let inside = bracket {
        guard character == "]" else {
          bracket = inside + character.lowercased()
          continue
        }
        if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { return false }
        bracket = nil
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": bracket = ""
        case "\\", "_", "*": _ = characters.next()
        case ";": return false
        case "y", "m", "d", "h", "s", "Y", "M", "D", "H", "S": return true
        default: break
        }
      }
    }
    return false
  }
}

/// Gathers format codes and the format of each cell style.
private final class CellFormatCollector: MarkupHandler {
  var codes: [Int: String] = [:]
  var formats: [Int] = []
  private var isInCellFormats = false

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) {
    switch name {
    case "numFmt":
      if let number = attributes["numFmtId"].flatMap({ Int($0) }) {
        codes[number] = attributes["formatCode"]
      }
    case "cellXfs": isInCellFormats = true
    case "xf" where isInCellFormats:
      formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
    default: break
    }
  }

  func end(_ name: MarkupName) -> MarkupStep {
    if name == "cellXfs" { isInCellFormats = false }
    return .goOn
  }

  package func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
