import Extracts
import Jobs
import Mismatch

/// Reads extracts that stand beside the sides, and brings them to the areas of the grid.
struct ExtractReading {
  /// The job that the extracts are of.
  let job: Job
  let frame: Frame
  let workerCount: Int
  let budget: MemoryBudget
  let onRead: @Sendable (Int) -> Void

  /// Takes an extract up into an outcome that knows its areas, and accounts for it as for a side.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in its files, and for rates that would have to be added up.
  func take(_ job: SideJob, to outcome: inout Outcome) throws {
    var reader = SideReader(
      job,
      cellLimit: CellLimit(
        areas: nil, categories: nil, bytesPerCell: 0, bytesPerCellAndPeriod: 0, budget: budget),
      workerCount: workerCount, onRead: onRead)
    try reader.read()
    let reading = reader.reading
    let tally = frame.mapped(reading.tally, to: outcome.areas)
    var evidence = SideEvidence(
      reading, tally, job, background: frame.background(job.subject))
    let alignment = frame.alignment(
      job.subject, areas: outcome.areas, sectors: tally.categories.codebook)
    let labels = PeriodLabels(reading.tally.usedPeriods).sorted
    guard !labels.isEmpty else {
      throw Failure(
        .badData, at: Place(file: job.table.files.first?.path ?? self.job.file),
        "no row of \(job.subject.text) is left", expected: "rows below the header",
        advice: "Check the file, and `where` in the job")
    }
    var periods: [AlignedExtract.Period] = []
    for label in labels {
      guard let period = reading.tally.number(of: label) else { continue }
      if job.kind == .rate { try verifyRates(tally, period: period, outcome.areas, job) }
      let imputed = tally.impute(
        period: period, point: job.figures.point, disclosure: self.job.disclosure)
      try reading.verifySums(of: imputed, period: period)
      let absent = alignment.areasWithoutRow(
        sources: tally.areas.codebook, hasRow: tally.hasRow(period: period))
      let table = alignment.table(
        of: imputed, absent: job.keepsAbsentAreas ? absent : [], workerCount: workerCount)
      periods.append(
        AlignedExtract.Period(
          label: label,
          figures: outcome.areas.codes.indices.map { table.profile(area: $0).total }))
      outcome.note(absent: absent, of: job.subject, period: label)
      outcome.note(imputed, of: job.subject, period: label)
      evidence.note(imputed, tally, period: period, rounding: job.figures.rounding)
    }
    outcome.close(
      tally, inputs: reading.sources.map(\.record.name), names: frame.names,
      compared: Set(labels.map(Spelling.init)))
    outcome.note(
      AlignedExtract(job: job, evidence: evidence, periods: periods), inputs: reading.inputs)
  }

  /// Makes sure that every area has the rate of one source area, and the whole of it.
  private func verifyRates(
    _ tally: MappedTally, period: Int, _ areas: Codebook, _ job: SideJob
  ) throws {
    guard let lookup = frame.lookup(job.subject) else { return }
    var sources: [Spelling: String] = [:]
    for (source, hasRow) in zip(tally.areas.codebook.codes, tally.hasRow(period: period))
    where hasRow {
      for target in lookup.targets(of: source) where areas.position(of: target.to) != nil {
        let other = sources.updateValue(source, forKey: Spelling(target.to))
        guard
          let fault = other.map({ "\"\($0)\" and \"\(source)\"" })
            ?? (target.weight == 1 ? nil : "a part of \"\(source)\"")
        else { continue }
        throw Failure(
          .badData, at: Place(file: job.lookups.last?.table.files.first?.path ?? self.job.file),
          "\(job.subject.text), \(tally.tally.periods[period]): the rate of \"\(target.to)\" would be "
            + "made of \(fault)",
          expected: "one source area for each area, since rates are never added up",
          advice:
            "Give the counts and what they are divided by (`per`), or use a source of these areas")
      }
    }
  }
}
