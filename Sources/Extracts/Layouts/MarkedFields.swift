import Mismatch

/// The markers of value columns; for fields that are read by the block, what each is as one double: its number,
/// or NaN that says which marker it is.
package struct MarkedFields {
  private var texts = ByteDictionary()
  private let markers: [Marker]
  private let unit: CountUnit
  private let decimal: DecimalMark

  /// - Parameters:
  ///   - markers: by their text.
  ///   - unit: of the numbers.
  ///   - decimal: what stands before the decimals of numbers.
  package init(
    _ markers: [Spelling: Marker], unit: CountUnit = .one, decimal: DecimalMark = .point
  ) {
    self.unit = unit
    self.decimal = decimal
    let sorted = markers.sorted { $0.key < $1.key }
    self.markers = sorted.map(\.value)
    for (key, _) in sorted {
      var text = key.text
      text.withUTF8 { _ = texts.number(of: $0) }
    }
  }

  /// The marker that a field's bytes are.
  package func marker(of field: UnsafeBufferPointer<UInt8>) -> Marker? {
    texts.position(of: field).map { markers[$0] }
  }

  /// Reads the fields of a column in some rows: counts of plain fields, where no marker looks like one, and NaN
  /// for any other text and for what is too large for a count, which tells a marker by ``marker(_:)``.
  ///
  /// - Parameter values: one per row of the block.
  package func read(
    _ index: borrowing FieldIndex, column: Int, _ rows: Range<Int>, into values: inout [Double]
  ) {
    values.withUnsafeMutableBufferPointer { values in
      // A loop for each mark, which its search then knows.
      switch decimal {
      case .point: for row in rows { values[row] = value(index.field(row, column), .point) }
      case .comma: for row in rows { values[row] = value(index.field(row, column), .comma) }
      }
      guard unit != .one else { return }
      for row in rows where !values[row].isNaN {
        let counts = unit.counts(values[row])
        values[row] = counts <= Figure.largestCount ? counts : .nan
      }
    }
  }

  @inline(__always)
  private func value(_ field: UnsafeBufferPointer<UInt8>?, _ decimal: DecimalMark) -> Double {
    guard let field else { return .nan }
    return NumberText.plain(field, decimal: decimal) ?? marked(field)
  }

  private func marked(_ field: UnsafeBufferPointer<UInt8>) -> Double {
    texts.position(of: field).map { Double(nan: UInt64($0 + 1), signaling: false) } ?? .nan
  }

  /// The marker that a value stands for; nil for numbers and for text that is neither.
  package func marker(_ value: Double) -> Marker? {
    let number = Int(value.significandBitPattern & (1 << 50 - 1))
    return value.isNaN && number > 0 ? markers[number - 1] : nil
  }
}
