import Extracts
import Jobs
import Mismatch

/// How figures are read in a query: the SQL of a published text's mark and count, and of the distance of its bounds.
struct FigureExpressions {
  private let figures: FigureJob
  private let dialect: SQLDialect

  init(_ figures: FigureJob, in dialect: SQLDialect) {
    self.figures = figures
    self.dialect = dialect
  }

  private static let digits = "([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})"

  private var largest: String { NumberText.digits(of: Figure.largestCount) }

  /// Each marker with the texts for it.
  private var markers: [(text: String, marker: Marker, figures: [String])] {
    Dictionary(grouping: figures.markers, by: \.value.tallyText).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value[0].value, Codebook.sorted($0.value.map(\.key))) }
  }

  /// The marker that a text is, as a tally writes it; empty for any other.
  func mark(_ figure: String) -> String {
    let cases = markers.map {
      "WHEN \(figure) IN \(dialect.list($0.figures)) THEN \(dialect.literal($0.text))"
    }
    return "CASE \(cases.joined(separator: " ")) ELSE '' END"
  }

  /// The count that a text spells; null for what is no whole count.
  func count(_ figure: String) -> String {
    let isWhole = figures.unit == .one
    let places = isWhole ? "([.]0*)?" : "([.][0-9]{0,9})?"
    let spelt = dialect.matches(figure, "\\A[+]?\(FigureExpressions.digits)\(places)\\z")
    let digits = dialect.removing(isWhole ? "[+,]|[.]0*\\z" : "[+,]|[.]\\z", from: figure)
    let number =
      isWhole
      ? dialect.tryCast(digits, dialect.countType)
      : "\(dialect.tryCast(digits, dialect.decimalType(25, 9))) * \(whole(figures.unit.size))"
    let count = isWhole ? number : dialect.tryCast(number, dialect.countType)
    let isCount = "\(number) <= \(largest)" + (isWhole ? "" : " AND \(count) = \(number)")
    return "CASE WHEN \(spelt) AND \(isCount) THEN \(count) END"
  }

  /// The number of a row that the job leaves out, which may be any, to six decimals; null for what is none.
  func numberLeftOut(_ figure: String) -> String {
    let spelt = dialect.matches(figure, "\\A[+-]?\(FigureExpressions.digits)([.][0-9]*)?\\z")
    let digits = dialect.removing("[+,]|[.]\\z", from: figure)
    let type = dialect.decimalType(22, 6)
    let published = dialect.tryCast(digits, type)
    let number =
      figures.unit == .one
      ? published : dialect.tryCast("\(published) * \(whole(figures.unit.size))", type)
    return "CASE WHEN \(spelt) AND ABS(\(number)) <= \(largest) THEN \(number) END"
  }

  /// Why a text is neither mark nor count.
  func fault(_ figure: String) -> String {
    let number = "\(FigureExpressions.digits)([.][0-9]*)?([eE][+-]?[0-9]+)?\\z"
    return "CASE WHEN \(figure) = '' THEN 'an empty figure' "
      + "WHEN \(dialect.matches(figure, "\\A-\(number)")) THEN 'a figure below 0' "
      + "WHEN \(dialect.matches(figure, "\\A[+]?\(number)")) "
      + "THEN 'a figure that is no whole count up to \(largest)' "
      + "ELSE 'a text that is neither a number nor a marker' END"
  }

  // MARK: Bounds

  /// What lies between a count and its bounds, in counts or in halves of them.
  struct Distances {
    let below: String
    let above: String
    let areHalves: Bool
  }

  /// The distances of the bounds of a count; nil where figures are exact.
  ///
  /// As ``Rounding/bounds(of:zeroIsExact:)`` has them.
  func distances(_ count: String) -> Distances? {
    switch figures.rounding {
    case .none: return nil
    case .nearest(let unit) where unit > 1:
      return distances(
        count, below: whole((unit / 2).rounded(.down)),
        above: whole(((unit - 1) / 2).rounded(.down)), areHalves: false)
    case .nearest(let unit): return distances(count, below: whole(unit), above: whole(unit))
    case .banded(let bands):
      let units = bands.sorted { $0.from > $1.from }.map { band in
        "WHEN \(count) >= \(whole(band.from)) THEN CASE WHEN MOD(\(count), \(whole(band.strict))) = 0 "
          + "THEN \(whole(band.strict)) ELSE \(whole(band.relaxed)) END"
      }
      let unit = "CASE \(units.joined(separator: " ")) ELSE 0 END"
      return distances(count, below: unit, above: unit)
    }
  }

  private func distances(_ count: String, below: String, above: String, areHalves: Bool = true)
    -> Distances
  {
    func exactAtZero(_ distance: String) -> String {
      let distance =
        figures.zeroIsExact ? "CASE WHEN \(count) = 0 THEN 0 ELSE \(distance) END" : distance
      return "CAST(\(distance) AS \(dialect.countType))"
    }
    let published = areHalves ? "\(count) * 2" : count
    return Distances(
      below: exactAtZero("LEAST(\(published), \(below))"), above: exactAtZero(above),
      areHalves: areHalves)
  }

  /// The bounds of the count behind a mark, in counts or halves; null where there is none, as for all but marks.
  func boundsOfMarks(_ mark: String, inHalves: Bool) -> (lower: String, upper: String) {
    func bounds(_ bound: KeyPath<Marker, Double>) -> String {
      let cases = markers.compactMap { text, marker, _ in
        let number = marker[keyPath: bound] * (inHalves ? 2 : 1)
        return number.isFinite ? " WHEN \(dialect.literal(text)) THEN \(whole(number))" : nil
      }
      return "CASE \(mark)\(cases.joined()) END"
    }
    return (bounds(\.lower), bounds(\.upper))
  }

  /// The digits of a number that is whole.
  private func whole(_ number: Double) -> String { NumberText.digits(of: number) }
}
