/// What a column is for.
package enum ColumnRole: String, Codable, Sendable {
  case areaCode = "area code"
  case areaName = "area name"
  case areaLevel = "area level"
  case categoryCode = "category code"
  case categoryLabel = "category label"
  case period
  case value
  case confidence
  case flag
  case filter
  case measure
  case constant
  case identifier
  case date
  case empty
  case unknown
}
