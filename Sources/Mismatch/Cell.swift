/// Where a figure belongs: places on the two lists of codes (see ``CodeList/position(of:)``) and a period's number.
package struct Cell: Sendable, Hashable {
  package var area: Int
  package var category: Int
  package var period: Int

  package init(area: Int, category: Int, period: Int) {
    self.area = area
    self.category = category
    self.period = period
  }
}
