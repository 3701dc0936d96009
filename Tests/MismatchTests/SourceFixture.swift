import Dense
import Mismatch
import Support
import Testing

/// One side's rows, put into a tally by their codes as a reader would.
struct SourceFixture {
  static let period = "2021"
  private(set) var tally: Tally
  private let areas: AxisRule
  private let categories: AxisRule
  private(set) var refusedTotalCount = 0

  init(
    _ side: Side = .provision, areas: AxisRule = .openToAll, categories: AxisRule = .openToAll,
    inputCount: Int = 1, holdsParts: Bool = true
  ) {
    (self.areas, self.categories) = (areas, categories)
    tally = Tally(
      of: Subject(side), inputCount: inputCount, holdsParts: holdsParts,
      areas: CodeList(expecting: areas.codes), categories: CodeList(expecting: categories.codes))
    _ = tally.period(Self.period)
  }

  mutating func cell(_ area: String, _ category: String, period: String = period) -> Cell {
    Cell(
      area: tally.areas.position(of: area), category: tally.categories.position(of: category),
      period: tally.period(period))
  }

  /// Adds a published number.
  mutating func add(
    _ value: Double, _ area: String, _ category: String, rounding: Rounding = .none,
    zeroIsExact: Bool = false, status: Status = [], period: String = period, input: Int = 0
  ) {
    let cell = cell(area, category, period: period)
    let bounds = rounding.bounds(of: value, zeroIsExact: zeroIsExact)
    tally.add(value, bounds: bounds, status: status, to: cell, from: Origin(input: input, line: 2))
  }

  /// Adds a published number with bounds of its own.
  mutating func add(
    _ value: Double, bounds: (lower: Double, upper: Double), _ area: String, _ category: String
  ) {
    tally.add(value, bounds: bounds, to: cell(area, category), from: Origin(input: 0, line: 2))
  }

  /// Adds a marked figure.
  mutating func add(
    _ marker: Marker, _ area: String, _ category: String, period: String = period, input: Int = 0
  ) {
    let cell = cell(area, category, period: period)
    tally.add(marker, to: cell, from: Origin(input: input, line: 2))
  }

  /// Adds the published bounds of an area's total.
  mutating func addTotal(_ bounds: (lower: Double, upper: Double), _ area: String) {
    let place = tally.areas.position(of: area)
    if !tally.addTotal(bounds, area: place, period: 0) { refusedTotalCount += 1 }
  }

  /// Leaves out a number, as a filter does.
  mutating func leaveOut(
    _ value: Double, by filter: WritableKeyPath<InputAccount, InputAccount.Amount> & Sendable
  ) {
    tally.leaveOut(value, by: filter, period: 0, input: 0)
  }

  /// The side as the grid receives it.
  var mapped: MappedTally { MappedTally(tally, areas: areas, categories: categories) }

  /// The side's counts; bounds as totals tighten them, unless a guard says otherwise.
  func imputed(
    by point: ImputationRule = .lower,
    disclosure: DisclosureGuard = DisclosureGuard(publication: .tightened)
  ) -> ImputedTally {
    mapped.impute(period: 0, point: point, disclosure: disclosure)
  }

  /// The side in areas and sectors of its own codes.
  func table(
    by point: ImputationRule = .lower,
    disclosure: DisclosureGuard = DisclosureGuard(publication: .tightened)
  ) -> Table {
    let imputed = imputed(by: point, disclosure: disclosure)
    return Alignment(
      lookup: nil, crosswalk: nil, areas: imputed.areas, sectors: imputed.categories
    ).table(of: imputed, workerCount: 1)
  }

  func reconciliation(period: Int = 0) -> Reconciliation { mapped.reconciliation(period: period) }
}

extension AxisRule {
  /// An axis that takes every code and sends all of it to the grid.
  static var openToAll: AxisRule { AxisRule(codes: nil) { _ in AxisShare(mapped: 1, excluded: 0) } }

  /// An axis of the map's sources, received as far as their targets are in the grid.
  static func through(_ map: WeightedMap, to targets: Codebook, excluded: Set<String> = [])
    -> AxisRule
  {
    AxisRule(codes: Codebook(codes: map.sources)) { code in
      let steps = map.targets(of: code)
      func sum(_ isTaken: (String) -> Bool) -> Double {
        steps.filter { isTaken($0.to) }.reduce(0) { $0 + $1.weight }
      }
      return AxisShare(
        mapped: sum { targets.position(of: $0) != nil }, excluded: sum { excluded.contains($0) })
    }
  }
}

extension Marker {
  static let withheld = Marker(status: .confidential, lower: 0, upper: .infinity)
  static let low4 = Marker(status: .low, lower: 1, upper: 4)
}

/// A map of rows `(from, to, weight)`.
func makeMap(
  _ rows: [(String, String, Double)], normalise: Bool = false, basis: WeightedMap.Basis = .stated
) throws -> WeightedMap {
  try WeightedMap(
    rows.enumerated().map { line, row in
      WeightedMap.Entry(
        from: row.0, to: row.1, weight: row.2, place: Place(file: "map.csv", line: line + 2))
    }, normalise: normalise, basis: basis)
}

/// The measure of that name; fails the test where the catalogue has none.
func measure(_ name: String) throws -> Measure {
  try #require(Measure.catalogue.first { $0.name == name }, "no measure \(name)")
}

extension Matrix {
  /// The elements as one array per row.
  var rows: [[Double]] { (0..<rowCount).map { Array(row($0)) } }
}
