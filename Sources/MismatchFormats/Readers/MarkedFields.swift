import Mismatch

/// The markers of value columns; for fields that are read by the block, what each is as one double: its number,
/// or NaN that says which marker it is.
struct MarkedFields {
  private var texts = ByteDictionary()
  private let markers: [Marker]

  /// - Parameter markers: by their text.
  init(_ markers: [Spelling: Marker]) {
    let sorted = markers.sorted { $0.key < $1.key }
    self.markers = sorted.map(\.value)
    for (key, _) in sorted {
      var text = key.text
      text.withUTF8 { _ = texts.number(of: $0) }
    }
  }

  /// The marker that a field's bytes are.
  func marker(of field: UnsafeBufferPointer<UInt8>) -> Marker? {
    texts.position(of: field).map { markers[$0] }
  }

  /// The number of a plain field, where no marker looks like one; NaN for any other text, which tells a marker
  /// by ``marker(_:)``.
  @inline(__always)
  func value(_ field: UnsafeBufferPointer<UInt8>?) -> Double {
    guard let field else { return .nan }
    return NumberText.plain(field) ?? marked(field)
  }

  private func marked(_ field: UnsafeBufferPointer<UInt8>) -> Double {
    texts.position(of: field).map { Double(nan: UInt64($0 + 1), signaling: false) } ?? .nan
  }

  /// The marker that a value stands for; nil for numbers and for text that is neither.
  func marker(_ value: Double) -> Marker? {
    let number = Int(value.significandBitPattern & (1 << 50 - 1))
    return value.isNaN && number > 0 ? markers[number - 1] : nil
  }
}
