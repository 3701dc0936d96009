import Mismatch
import Support
import Testing

/// As HOW.md of c02 states.
private let closeness = Closeness.absolute(1e-10)

/// Columns of c02 and the measures that they are.
private let columns = [
  "dissimilarity": "dissimilarity", "jackman_roper2": "jackman_roper_2",
  "half_triangular": "half_triangular", "trainees_to_move": "trainees_to_move",
  "matched_min": "matched", "surplus_trainees": "surplus_provision",
  "surplus_vacancies": "surplus_demand",
]

struct AreaReferenceTests {
  @Test(
    "Area indices equal those of pysal, scipy and R", .enabled(if: Reference.mayRun),
    arguments: columns.keys.sorted())
  func areaIndices(column: String) throws {
    let measure = try measure(try #require(columns[column]))
    let rows = try Reference.rows("c02-area-indices/input.csv")
    let grid = try Grid(trainees: "trainees", vacancies: "vacancies", of: rows)
    let expected = try Reference.rows("c02-area-indices/expected_area.csv")
    #expect(expected.count == grid.areas.count && expected.count == 10)
    for row in expected {
      let code = try row.text("area")
      let area = try #require(grid.areas.position(of: code))
      let figure = try #require(measure.area(grid.pair(area: area)))
      let number = try row.number(column)
      #expect(closeness.holds(figure.value, number), "\(code)")
      #expect(figure.status == (number.isNaN ? .noProvision : []), "\(code)")
      if !number.isNaN {
        #expect(closeness.holds(figure.lower, number) && closeness.holds(figure.upper, number))
      }
    }
  }
}
