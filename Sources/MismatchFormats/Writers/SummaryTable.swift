import Mismatch

extension OutputTable {
  /// `summary.csv`: figures of whole periods, one row per period and measure.
  ///
  /// Totals have the exact interval of a Poisson mean, indices that of their bootstrap and their value
  /// without bias, parts of the decomposition a normal one around such a value; the other rows have neither.
  static let summary = OutputTable(name: "summary.csv") { outcome, file in
    try file.row([
      "period", "measure", "value", "lower", "upper", "status", "sampling_lower", "sampling_upper",
      "debiased",
    ])
    for (number, grid) in outcome.grids.enumerated() {
      for row in outcome.summaryRows(number) {
        file.text(grid.period)
        file.text(row.name)
        file.figure(row.figure)
        file.interval(row.sampling)
        file.number(row.debiased)
        try file.endRow()
      }
    }
  }
}

/// A figure of a whole period, and what chance makes of it.
private struct SummaryRow {
  let name: String
  let figure: Figure
  var sampling = ConfidenceInterval.undefined
  var debiased = Double.nan
}

extension Outcome {
  fileprivate func summaryRows(_ number: Int) -> [SummaryRow] {
    let all = grids[number].all
    var rows = [total("provision", all.provision.total), total("demand", all.demand.total)]
    let indices = shareIndices[number]
    for measure in job.measures {
      guard let figure = measure.area(all) else { continue }
      var row = SummaryRow(name: measure.name, figure: figure)
      if let place = indices.names.firstIndex(of: measure.name) {
        row.sampling = indices.pooled[place].sampling
        row.debiased = indices.pooled[place].debiased
      }
      rows.append(row)
    }
    if job.decomposes {
      rows += headlines[number].map {
        SummaryRow(name: $0.name, figure: $0.figure, sampling: $0.sampling, debiased: $0.debiased)
      }
    }
    for call in Call.allCases where job.callsCells {
      let count = inferences[number].callCounts[call] ?? 0
      rows.append(SummaryRow(name: "cells_\(call.rawValue)", figure: Figure(exact: Double(count))))
    }
    return rows
  }

  private func total(_ name: String, _ figure: Figure) -> SummaryRow {
    var row = SummaryRow(name: name, figure: figure)
    if job.inference.kinds.contains(.sampling), figure.isDefined {
      row.sampling = .poissonMean(count: figure.value, level: job.inference.level)
    }
    return row
  }
}
