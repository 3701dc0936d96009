import Extracts
import Jobs
import Mismatch

/// The columns of a side's file that decide what becomes of a row, each once.
struct SideColumns {
  /// Places of distinct columns, or of columns whose texts are taken together; what follows counts in them.
  private(set) var places: [[Int]] = []
  private(set) var filters: [Int] = []
  /// Columns of which every text of a row that is kept is noted: a measure, and units.
  private(set) var witnesses: [Int] = []
  private(set) var status: Int?
  /// The keys of each value column, those of codes with their names; nil where a key is the same for every row.
  private(set) var periods: [Int?] = []
  private(set) var areas: [Int?] = []
  private(set) var categories: [Int?] = []

  init(_ table: SideTable) {
    filters = table.filter.places.map { add([$0]) }
    witnesses = ([table.nomis?.measure].compactMap { $0 } + table.units.columns).map { add([$0]) }
    status = table.statuses.map { add([$0.column]) }
    for column in table.columns {
      periods.append(add(column.period))
      areas.append(add(column.area, named: table.nameColumn(.area)))
      categories.append(add(column.category, named: table.nameColumn(.category)))
    }
  }

  /// Columns that say whether rows are taken, and for which period.
  var gates: [Int] {
    Array(Set(filters + witnesses + ([status] + periods).compactMap { $0 })).sorted()
  }

  private mutating func add(_ key: KeyReader, named name: Int? = nil) -> Int? {
    key.columns.isEmpty ? nil : add(key.columns + [name].compactMap { $0 })
  }

  private mutating func add(_ columns: [Int]) -> Int {
    if let known = places.firstIndex(of: columns) { return known }
    places.append(columns)
    return places.count - 1
  }
}

/// What texts stand for, by their numbers, as far as it was learnt.
struct Meanings {
  /// Stands for no meaning.
  static let unknown = Int32.min

  private var meanings: [Int32] = []

  subscript(number: Int32) -> Int32 {
    get {
      number >= 0 && Int(number) < meanings.count ? meanings[Int(number)] : Meanings.unknown
    }
    set {
      guard number >= 0 else { return }
      while meanings.count <= Int(number) { meanings.append(Meanings.unknown) }
      meanings[Int(number)] = newValue
    }
  }

  /// The meanings of a column's texts in these rows.
  func translate(_ numbers: [Int32], _ rows: Range<Int>, into places: inout [Int32]) {
    if places.count < numbers.count { places = Array(repeating: 0, count: numbers.count) }
    places.withUnsafeMutableBufferPointer { places in
      numbers.withUnsafeBufferPointer { numbers in
        meanings.withUnsafeBufferPointer { meanings in
          for row in rows {
            let number = Int(numbers[row])
            places[row] =
              number >= 0 && number < meanings.count ? meanings[number] : Meanings.unknown
          }
        }
      }
    }
  }
}
