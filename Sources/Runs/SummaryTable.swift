import Extracts
import Jobs
import Mismatch

extension OutputTable {
  /// `summary.csv`: figures of whole periods, one row per period and measure.
  ///
  /// Totals have the exact interval of a Poisson mean, indices that of their bootstrap and their value
  /// without bias, parts of the decomposition a normal one around such a value; the other rows have neither.
  package static let summary = OutputTable("summary.csv") { outcome in
    RunTable(
      "summary.csv", "One row for each period and measure, all areas and sectors together.",
      columns: Column.list {
        Column.text("period", "The pair of periods that is compared.") { $0.period }
        Column.text("measure", "Name of the measure.") { $0.name }
        Column.number("value", unit: "of the measure", "The measure.") { $0.figure.value }
        Column.number(
          "lower", unit: "of the measure",
          "Lower bound, given rounding and suppression."
        ) { $0.figure.lower }
        Column.number(
          "upper", unit: "of the measure",
          "Upper bound, given rounding and suppression."
        ) { $0.figure.upper }
        Column.status("status", "Status of the measure, or why it is undefined.") {
          $0.figure.writtenStatus
        }
        Column.interval("sampling", unit: "of the measure", "given sampling variability alone.") {
          $0.sampling
        }
        Column.number(
          "debiased", unit: "of the measure", "The measure without the bias of small counts."
        ) { $0.debiased }
      }
    ) { outcome.periods.indices.flatMap(outcome.summaryRows) }
  }
}

/// A figure of a whole period, and its sampling variability.
private struct SummaryRow: Sendable {
  var period = ""
  let name: String
  let figure: Figure
  var sampling = ConfidenceInterval.undefined
  var debiased = Double.nan
}

extension Outcome {
  fileprivate func summaryRows(_ number: Int) -> [SummaryRow] {
    let (grid, results) = (periods[number].grid, periods[number].results)
    let all = grid.all
    var rows = [total("provision", all.provision.total), total("demand", all.demand.total)]
    let indices = results[ShareIndexTable.self]
    let headlines = results[DecomposedGrid.self]?.headlines ?? []
    for measure in job.measures {
      guard let figure = measure.area(all) else { continue }
      var row = SummaryRow(name: measure.name, figure: figure)
      if let indices, let place = indices.names.firstIndex(of: measure.name) {
        row.sampling = indices.pooled[place].sampling
        row.debiased = indices.pooled[place].debiased
      }
      if measure.name == Measure.mutualInformation.name, figure.isDefined,
        let same = headlines.first(where: { $0.name == Headline.betweenSectors })
      {
        // Where no cell is without a number the two are one number.
        (row.sampling, row.debiased) = (same.sampling, same.debiased)
      }
      rows.append(row)
    }
    rows += headlines.map {
      SummaryRow(name: $0.name, figure: $0.figure, sampling: $0.sampling, debiased: $0.debiased)
    }
    for call in Call.allCases where job.callsCells {
      let count = results[Inference.self]?.callCounts[call] ?? 0
      rows.append(SummaryRow(name: "cells_\(call.rawValue)", figure: Figure(exact: Double(count))))
    }
    return rows.map { row in
      var row = row
      row.period = grid.period
      return row
    }
  }

  private func total(_ name: String, _ figure: Figure) -> SummaryRow {
    var row = SummaryRow(name: name, figure: figure)
    if job.inference.kinds.contains(.sampling), figure.isDefined {
      row.sampling = .poissonMean(count: figure.value, level: job.inference.level)
    }
    return row
  }
}
