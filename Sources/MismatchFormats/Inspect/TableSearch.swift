/// Finds where a table begins among the first records of an input.
struct TableSearch {
  /// Records of the header, as places in the window; empty where rows begin without one.
  let header: [Int]
  /// Place of the first row, or where it would stand.
  let firstRow: Int
  /// Whether nothing stands above the header.
  let isPlain: Bool

  /// Records that are looked at.
  static let windowLength = 60

  /// The table in the window; nil where there is none.
  init?(_ window: [RecordShape]) {
    guard let first = window.firstIndex(where: { !$0.isBlank }) else { return nil }
    let widest = window.map(\.width).max() ?? 0
    guard widest >= 2 else { return nil }
    if window[first].filledCount >= 2, window[first].width * 2 >= widest,
      !window[first].isKeyValue
    {
      self = TableSearch.plain(window, from: first)
      return
    }
    guard let figures = TableSearch.firstFigures(window) else {
      let fullest = window.map(\.filledCount).max() ?? 0
      guard let header = window.firstIndex(where: { $0.filledCount == fullest }) else { return nil }
      self.init(header: [header], firstRow: header + 1, isPlain: false)
      return
    }
    self.init(
      header: TableSearch.header(window, above: figures), firstRow: figures, isPlain: false)
  }

  private init(header: [Int], firstRow: Int, isPlain: Bool) {
    (self.header, self.firstRow, self.isPlain) = (header, firstRow, isPlain)
  }

  private static func plain(_ window: [RecordShape], from first: Int) -> TableSearch {
    let head = window[first]
    let isRow = head.hasFigures && head.numberCount > 0 && !head.hasYearsOnly
    if isRow || looksLikeRow(head, window.dropFirst(first + 1)) {
      return TableSearch(header: [], firstRow: first, isPlain: true)
    }
    let second = first + 1
    if second < window.count, isSecondHeader(window[second], width: head.width) {
      return TableSearch(header: [first, second], firstRow: second + 1, isPlain: true)
    }
    return TableSearch(header: [first], firstRow: second, isPlain: true)
  }

  /// A record below the header that repeats a few words under it, such as `number`, `Flags`.
  private static func isSecondHeader(_ shape: RecordShape, width: Int) -> Bool {
    guard width >= 3, shape.record.cells.first?.trimmingSpaces().isEmpty == true,
      shape.record.cells.count >= width, !shape.hasFigures
    else { return false }
    return Set(shape.record.cells.dropFirst()).count <= 4 && width >= 4
  }

  /// Whether the first record differs from the next only in a number in its first cell.
  private static func looksLikeRow(_ head: RecordShape, _ rest: ArraySlice<RecordShape>) -> Bool {
    guard let next = rest.first, let cell = head.record.cells.first,
      let below = next.record.cells.first, cell.contains(where: \.isNumber), cell != below
    else { return false }
    let form: (String) -> String = { String($0.map { $0.isNumber ? "#" : $0 }) }
    return form(cell) == form(below)
  }

  /// The first of three records with figures, or of as many as there are to the end of the window.
  private static func firstFigures(_ window: [RecordShape]) -> Int? {
    for place in window.indices where window[place].hasFigures && !window[place].isKeyValue {
      let next = window[(place + 1)...].filter { !$0.isBlank }.prefix(2)
      guard next.allSatisfy({ $0.hasFigures || $0.filledCount <= 1 }),
        next.first?.hasFigures != false
      else { continue }
      let isHeading =
        window[place].hasYearsOnly && header(window, above: place).isEmpty && next.first != nil
      if !isHeading { return place }
    }
    return nil
  }

  /// The records right above the first row that are as wide as it.
  private static func header(_ window: [RecordShape], above row: Int) -> [Int] {
    let width = window[row].width
    var places: [Int] = []
    var gap = 0
    for place in window.indices[..<row].reversed() {
      let shape = window[place]
      let isWide =
        shape.width * 2 >= width && shape.filledCount >= 2 && !shape.isKeyValue
        && !(shape.hasFigures && !shape.hasYearsOnly)
      if isWide {
        places.insert(place, at: 0)
      } else if !places.isEmpty || gap == 2 {
        break
      } else {
        gap += 1
      }
    }
    return places
  }
}
