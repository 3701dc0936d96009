import Extracts
import Jobs
import Dense
import Mismatch

/// Numbers of pairs of areas as they were read, in the grid's areas.
package struct ReadPairs {
  /// Origins × destinations of the grid.
  let numbers: SparseMatrix
  /// By origin of the grid: what goes to places outside it.
  let toOutside: [Double]
  /// By destination of the grid: what comes from places outside it.
  let fromOutside: [Double]
  /// Codes that are no area of the grid, in order.
  let outsideCodes: [String]
  let inputs: [InputRecord]
}

extension PairJob {
  /// Reads the table.
  ///
  /// - Parameters:
  ///   - role: what it is, for the manifest.
  ///   - areas: the grid's; what lies outside them is added up.
  /// - Throws: ``Failure`` for a number that is missing or outside its range, and for a pair that stands
  ///   twice.
  package func read(role: String, areas: Codebook, onRead: @escaping @Sendable (Int) -> Void) throws
    -> ReadPairs
  {
    let chain = try lookups.map { try $0.read(role: "\(role) area-lookup", onRead: onRead) }
    let lookup = chain.dropFirst().reduce(chain.first?.map) { $0?.followed(by: $1.map) }
    var pairs = PairSums(areas: areas, lookup: lookup)
    var inputs = chain.flatMap(\.inputs)
    for file in table.files {
      var rows = try table.open(file, onRead: onRead)
      var filter = try RowFilter(table.filters, in: rows)
      var from = try KeyReader(from, in: rows, as: .code(.area))
      var to = try KeyReader(to, in: rows, as: .code(.area))
      let column = try rows.column(value)
      var rowCount = 0
      while try rows.next() {
        rowCount += 1
        guard try filter.keeps(&rows) else { continue }
        let origin = try from.read(&rows) { pairs.number(of: $0) }
        let destination = try to.read(&rows) { pairs.number(of: $0) }
        let number = try rows.number(column, in: range, what: "number of \(role)")
        try pairs.add(number, origin, destination, at: rows.place())
      }
      inputs.append(try rows.record(role: role, rowCount: rowCount))
    }
    return pairs.read(inputs: inputs)
  }
}

/// Sums by pairs of the grid's areas.
private struct PairSums {
  let areas: Codebook
  let lookup: WeightedMap?
  private var codes = [String]()
  private var numbers: [Spelling: Int] = [:]
  /// By code: its areas of the grid with their shares, and the share that is outside.
  private var places: [(targets: [(area: Int, share: Double)], outside: Double)] = []
  private var firstLines: [UInt64: Int] = [:]
  private var entries = SparseMatrix.Entries()
  private var toOutside: [ExactSum]
  private var fromOutside: [ExactSum]

  init(areas: Codebook, lookup: WeightedMap?) {
    (self.areas, self.lookup) = (areas, lookup)
    toOutside = Array(repeating: ExactSum(), count: areas.count)
    fromOutside = toOutside
  }

  mutating func number(of code: String) -> Int {
    if let number = numbers[code] { return number }
    let all = lookup?.targets(of: code) ?? [(to: code, weight: 1)]
    let targets = all.compactMap { target in
      areas.position(of: target.to).map { (area: $0, share: target.weight) }
    }
    let inside = ExactSum(targets.map(\.share)).value
    places.append((targets, inside > 1 - WeightedMap.tolerance ? 0 : 1 - inside))
    codes.append(code)
    numbers[Spelling(code)] = codes.count - 1
    return codes.count - 1
  }

  mutating func add(_ number: Double, _ origin: Int, _ destination: Int, at place: Place) throws {
    let key = UInt64(origin) << 32 | UInt64(destination)
    if let first = firstLines.updateValue(place.line ?? 0, forKey: key) {
      throw Failure(
        .badData, at: place,
        "the pair of \"\(codes[origin])\" and \"\(codes[destination])\" is duplicated, first on line \(first)",
        expected: "one row per pair", advice: "Keep one of them with `where`")
    }
    let (from, to) = (places[origin], places[destination])
    for start in from.targets {
      for end in to.targets {
        entries.add(row: start.area, column: end.area, weight: number * start.share * end.share)
      }
      toOutside[start.area].add(number * start.share * to.outside)
    }
    for end in to.targets { fromOutside[end.area].add(number * end.share * from.outside) }
  }

  func read(inputs: [InputRecord]) -> ReadPairs {
    ReadPairs(
      numbers: SparseMatrix(rowCount: areas.count, columnCount: areas.count, entries: entries),
      toOutside: toOutside.map(\.value), fromOutside: fromOutside.map(\.value),
      outsideCodes: Codebook.sorted(
        codes.indices.filter { places[$0].outside > 0 }.map { codes[$0] }),
      inputs: inputs)
  }
}
