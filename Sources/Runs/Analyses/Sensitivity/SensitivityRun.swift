import Extracts
import Jobs
import Dense
import Mismatch

/// Calculates what a job's block `sensitivity` asks for.
struct SensitivityRun: Sendable {
  /// What a crosswalk leaves out of what the job's own maps.
  struct Losses: Sendable {
    var share = 0.0
    /// Categories that it does not have.
    var codes: [String] = []
    /// Targets that are no sectors of the grid.
    var sectors: [String] = []
  }

  /// Another crosswalk as it was read.
  struct Alternative: Sendable {
    let name: String
    let side: Side
    let map: WeightedMap
    let inputs: [InputRecord]
    var losses = Losses()
    /// What all periods hold of the categories that the job's crosswalk maps, and how much of that it maps.
    fileprivate var held = ExactSum()
    fileprivate var received = ExactSum()
  }

  /// Alternatives whose grids are held at a time.
  static let chunkSize = 16

  private(set) var alternatives: [Alternative]
  let confidence: Double
  let seed: UInt64
  private let drawCount: Int
  private let draws: Sides<WeightDraws?>
  private let rule: InferenceRule
  private let excludedSectors: Set<Spelling>
  private let workerCount: Int

  /// Reads the crosswalks.
  ///
  /// - Throws: ``Failure`` for whatever is wrong in them, and where no weight can be drawn.
  init(_ request: SensitivityJob, _ setting: AnalysisSetting) throws {
    let (job, seed) = (setting.job, setting.seed)
    let confidence = request.confidence?.caseCount ?? SensitivityJob.usualConfidence
    (self.confidence, self.seed) = (confidence, seed)
    (rule, workerCount) = (job.inference, setting.workerCount)
    excludedSectors = job.excludedSectors
    drawCount = request.drawCount
    alternatives = try request.alternatives(of: job).map { alternative in
      let read = try alternative.map.read(
        role: "sensitivity \(alternative.side.rawValue) crosswalk", dimension: .category,
        onRead: setting.onRead)
      return Alternative(
        name: alternative.name, side: alternative.side, map: read.map, inputs: read.inputs)
    }
    draws = Sides { side in
      setting.crosswalks[side].map {
        WeightDraws($0, confidence: confidence, seed: seed, side: side)
      }
    }
    guard drawCount == 0 || drawnSourceCount > 0 else {
      throw Failure(
        .badData, at: Place(file: job.file),
        "`sensitivity.perturb` has no weights to draw: every code of the crosswalks has one target",
        advice: "Leave it out, and list another crosswalk in `sensitivity.crosswalks`")
    }
  }

  /// How many codes have weights that are drawn.
  var drawnSourceCount: Int { draws.both.reduce(0) { $0 + ($1?.sourceCount ?? 0) } }

  /// Names of all alternatives, in their order.
  func name(of number: Int) -> String {
    number < alternatives.count
      ? alternatives[number].name : "draw \(number - alternatives.count + 1)"
  }

  /// The crosswalks of an alternative; nil where a side keeps its own.
  private func crosswalks(of number: Int) -> Sides<WeightedMap?> {
    guard number < alternatives.count else {
      return draws.map { $0?.map(draw: number - alternatives.count) }
    }
    return Sides { alternatives[number].side == $0 ? alternatives[number].map : nil }
  }

  /// The gaps and calls of a period under all alternatives.
  ///
  /// - Throws: ``Failure`` for a crosswalk that maps nothing, and for totals that cannot be met.
  mutating func sensitivity(of period: PeriodOutcome) throws -> CallSensitivity? {
    guard let sources = period.sources else { return nil }
    for number in alternatives.indices { try alternatives[number].take(sources, excludedSectors) }
    let count = alternatives.count + drawCount
    var result = CallSensitivity(own: calls([period.grid])[0])
    for first in stride(from: 0, to: count, by: Self.chunkSize) {
      let numbers = first..<min(count, first + Self.chunkSize)
      let grids = try grids(numbers, period.grid, sources)
      for (number, calls) in zip(numbers, calls(grids)) {
        result.add(calls, number < alternatives.count ? .crosswalk : .draw)
      }
    }
    return result
  }

  /// The grids of some alternatives.
  private func grids(_ numbers: Range<Int>, _ own: Grid, _ sources: Sides<SideSource>) throws
    -> [Grid]
  {
    let loop = BlockLoop(of: numbers.count, size: 1) { block in
      Result {
        let crosswalks = crosswalks(of: numbers.lowerBound + block.lowerBound)
        let tables = try Sides { side in
          try crosswalks[side].map { try sources[side].through($0).reach(workerCount: 1).table }
        }
        return own.replacing(provision: tables.provision, demand: tables.demand)
      }
    }
    runTogether([loop], workerCount: workerCount)
    return try zip(numbers, loop.results).map { number, result in
      do { return try result.get() } catch var failure as Failure {
        failure.found = "with the crosswalk \"\(name(of: number))\": \(failure.found)"
        throw failure
      }
    }
  }

  /// The calls of each grid.
  private func calls(_ grids: [Grid]) -> [[CalledGap]] {
    let works = grids.map { CallWork($0, rule: rule) }
    runTogether(works.map(\.loop), workerCount: workerCount)
    return works.map(\.calls)
  }
}

extension SensitivityRun.Alternative {
  /// Takes up what it leaves out of a period.
  ///
  /// - Throws: ``Failure`` where it maps nothing of the side.
  fileprivate mutating func take(
    _ sources: Sides<SideSource>, _ excluded: Set<Spelling>
  ) throws {
    let (imputed, sectors) = (sources[side].imputed, sources[side].alignment.sectors)
    let marked = Set(imputed.markedCells.map(\.column))
    for (column, code) in imputed.categories.codes.enumerated() {
      let count = ExactSum(imputed.value.column(column)).value
      guard count > 0 || marked.contains(column) else { continue }
      let targets = map.targets(of: code)
      var part = 0.0
      for target in targets {
        if sectors.position(of: target.to) != nil
          || excluded.contains(Spelling(target.to))
        {
          part += target.weight
        } else if !losses.sectors.contains(where: { $0.isSpelt(as: target.to) }) {
          losses.sectors.append(target.to)
        }
      }
      if targets.isEmpty, !losses.codes.contains(where: { $0.isSpelt(as: code) }) {
        losses.codes.append(code)
      }
      held.add(count)
      received.add(count * min(1, part))
    }
    losses.share = held.value > 0 ? max(0, 1 - received.value / held.value) : 0
    guard held.value == 0 || received.value > 0 else {
      throw Failure(
        .badData, at: inputs.first.map { Place(file: $0.name) },
        "this crosswalk maps none of the categories of \(side.rawValue)",
        expected: "codes such as " + Failure.examples(imputed.categories.codes, limit: 3),
        advice: "Check its columns `from` and `to`, and `side`")
    }
  }
}

extension SensitivityRun {
  /// What each crosswalk leaves out, and what it would add, one sentence each.
  func warnings(_ outcome: Outcome) -> [String] {
    alternatives.flatMap { alternative in
      let added = outcome.unmapped.filter {
        $0.subject == Subject(alternative.side) && $0.dimension == .category
          && !alternative.map.targets(of: $0.code).isEmpty
      }
      return [alternative.loss, alternative.addition(added.map(\.code))].compactMap { $0 }
    }
  }
}

extension SensitivityRun.Alternative {
  /// What it leaves out, as a sentence; nil where it leaves nothing out.
  fileprivate var loss: String? {
    var reasons: [String] = []
    if !losses.codes.isEmpty {
      reasons.append("without a target: \(Failure.examples(losses.codes))")
    }
    if !losses.sectors.isEmpty {
      reasons.append("to unknown sectors: \(Failure.examples(losses.sectors))")
    }
    guard !reasons.isEmpty else { return nil }
    let share = Finding.percentage(losses.share, of: 1)
    return "sensitivity: \(name) leaves \(share) of \(side.rawValue) unmapped that the job's "
      + "crosswalk maps (\(reasons.joined(separator: "; ")))"
  }

  /// That it maps codes which the job's crosswalk does not, as a sentence.
  fileprivate func addition(_ codes: [String]) -> String? {
    codes.isEmpty
      ? nil
      : "sensitivity: \(name) also maps \(Failure.examples(codes)), which the job's crosswalk "
        + "leaves unmapped; their counts stay unmapped"
  }
}
