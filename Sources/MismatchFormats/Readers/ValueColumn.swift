import Mismatch

/// A value column with the keys that its figures have.
struct ValueColumn {
  let value: Int
  var area: KeyReader
  var category: KeyReader
  var period: KeyReader
}
