/// How a cell of a workbook looks; its raw value is its place among the formats of `styles.xml`.
enum CellStyle: Int, CaseIterable {
  case text
  case title
  case heading
  case link
  /// A text of several lines.
  case paragraph
  /// A text that begins as a formula does, and stays text when it is edited.
  case likeFormula
  /// Shorthand in the place of a number.
  case shorthand
  case whole
  case oneDecimal
  case threeDecimals

  /// The style of a column of numbers in a unit; the stored number keeps all its digits.
  static func number(in unit: String?) -> CellStyle {
    switch unit {
    case "percentage points": .oneDecimal
    case "share", "probability", "ratio", "nats", "of the index", "of the measure", "of the item",
      "ratio squared", "inertia", "silhouette", "chi-squared distance":
      .threeDecimals
    default: .whole
    }
  }

  /// Whether long texts go on in further lines.
  var isWrapped: Bool { self == .heading || self == .paragraph }

  private var xml: String {
    func format(_ font: Int, number: Int = 0, _ alignment: String = "", quoted: Bool = false)
      -> String
    {
      "<xf numFmtId=\"\(number)\" fontId=\"\(font)\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        + "applyNumberFormat=\"1\" applyFont=\"1\" applyAlignment=\"1\"\(quoted ? " quotePrefix=\"1\"" : "")>"
        + "<alignment vertical=\"top\"\(alignment)/></xf>"
    }
    return switch self {
    case .text: format(0)
    case .title: format(1)
    case .heading: format(2, " wrapText=\"1\"")
    case .link: format(3)
    case .paragraph: format(0, " wrapText=\"1\"")
    case .likeFormula: format(0, quoted: true)
    case .shorthand: format(0, " horizontal=\"right\"")
    case .whole: format(0, number: 3)
    case .oneDecimal: format(0, number: 164)
    case .threeDecimals: format(0, number: 165)
    }
  }

  /// The part `xl/styles.xml`.
  static var part: String {
    let fonts = ["", "<b/>", "<b/>", "<u/>"].enumerated().map { number, marks in
      "<font>\(marks)<sz val=\"\(number == 1 ? 16 : 12)\"/>"
        + (number == 3 ? "<color rgb=\"FF0563C1\"/>" : "") + "<name val=\"Arial\"/></font>"
    }
    return "<styleSheet xmlns=\"\(WorkbookNames.main)\">"
      + "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"#,##0.0\"/>"
      + "<numFmt numFmtId=\"165\" formatCode=\"0.000\"/></numFmts>"
      + "<fonts count=\"\(fonts.count)\">\(fonts.joined())</fonts>"
      + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
      + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
      + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
      + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      + "<cellXfs count=\"\(allCases.count)\">\(allCases.map(\.xml).joined())</cellXfs>"
      + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
      + "</styleSheet>"
  }
}

/// Names of the formats that a workbook is made of.
enum WorkbookNames {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
  static let document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006"
  static let spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
}
