import Dense

/// What became of one input's published counts in one period.
///
/// `published = mapped + unmapped + filtered`, to the last unit. Marked figures have no published
/// number: what the job's point rule gives them is counted apart, under `imputed`, by the same split.
package struct Reconciliation: Sendable, Equatable {
  /// Amounts by what became of them.
  package struct Split: Sendable, Equatable {
    package var published = ExactSum()
    /// Reached an area and a sector of the grid.
    package var mapped = ExactSum()
    /// Stands under an area code that is not in the grid or its lookup.
    package var unmappedArea = ExactSum()
    /// Stands under a category that no sector receives.
    package var unmappedCategory = ExactSum()
    /// Went to an area or a sector that the job excludes.
    package var excluded = ExactSum()

    /// The part that no area or sector of the job receives.
    package var unmapped: Double { unmappedArea.value + unmappedCategory.value }

    /// Adds an amount of which these shares are received by grid and by exclusions.
    mutating func add(_ amount: Double, area: AxisShare, category: AxisShare) {
      published.add(amount)
      if area.mapped == 1 && category.mapped == 1 { return mapped.add(amount) }
      let toGrid = amount * (area.mapped * category.mapped)
      let toExcluded = amount * (area.excluded + area.mapped * category.excluded)
      let lostByArea = amount * max(0, 1 - area.mapped - area.excluded)
      mapped.add(toGrid)
      excluded.add(toExcluded)
      unmappedArea.add(lostByArea)
      // Term by term, so that the parts make up the amount without rounding.
      for part in [amount, -toGrid, -toExcluded, -lostByArea] { unmappedCategory.add(part) }
    }

    mutating func add(_ other: Split) {
      published.add(other.published)
      mapped.add(other.mapped)
      unmappedArea.add(other.unmappedArea)
      unmappedCategory.add(other.unmappedCategory)
      excluded.add(other.excluded)
    }
  }

  package var rowCount = 0
  /// Published numbers that passed the job's filters.
  package var counts = Split()
  /// Rows that `where` left out, and what they hold.
  package var filteredByWhere = ExactSum()
  package var filteredByWhereRowCount = 0
  /// Rows of periods that are not compared.
  package var filteredByPeriod = ExactSum()
  package var filteredByPeriodRowCount = 0
  /// Rows that publish totals of the others.
  package var filteredAsTotals = ExactSum()
  package var filteredAsTotalsRowCount = 0
  /// Points given to marked figures.
  package var imputed = Split()
  /// Marked figures by their status.
  package var markedCounts: [Status: Int] = [:]
  /// Published numbers whose source says something of them, by that status.
  package var notedCounts: [Status: Int] = [:]
  /// Marked figures that no point could be given.
  package var unusableCount = 0

  package init() {}

  /// Everything the input publishes, filtered rows included.
  package var published: Double { exactPublished.value }

  private var exactPublished: ExactSum {
    var sum = counts.published
    sum.add(filteredByWhere)
    sum.add(filteredByPeriod)
    sum.add(filteredAsTotals)
    return sum
  }

  package var mapped: Double { counts.mapped.value }
  package var unmapped: Double { counts.unmapped }

  /// What the job left out by its own words: `where`, periods, totals, excluded areas and sectors.
  package var filtered: Double { exactFiltered.value }

  private var exactFiltered: ExactSum {
    var sum = filteredByWhere
    sum.add(filteredByPeriod)
    sum.add(filteredAsTotals)
    sum.add(counts.excluded)
    return sum
  }

  /// What the account leaves unexplained, before its parts are rounded to doubles: 0.
  package var difference: Double {
    var sum = exactPublished
    let parts = [counts.mapped, counts.unmappedArea, counts.unmappedCategory, exactFiltered]
    for part in parts { sum.subtract(part) }
    return sum.value
  }

  /// The same account where the whole period turns out not to be compared.
  package func withoutComparison() -> Reconciliation {
    var reconciliation = self
    reconciliation.filteredByPeriod.add(counts.published)
    reconciliation.filteredByPeriodRowCount +=
      rowCount - filteredByWhereRowCount - filteredByPeriodRowCount - filteredAsTotalsRowCount
    reconciliation.counts = Split()
    reconciliation.markedCounts = [:]
    reconciliation.notedCounts = [:]
    return reconciliation
  }

  /// This account and another one together.
  package mutating func add(_ other: Reconciliation) {
    rowCount += other.rowCount
    counts.add(other.counts)
    filteredByWhere.add(other.filteredByWhere)
    filteredByWhereRowCount += other.filteredByWhereRowCount
    filteredByPeriod.add(other.filteredByPeriod)
    filteredByPeriodRowCount += other.filteredByPeriodRowCount
    filteredAsTotals.add(other.filteredAsTotals)
    filteredAsTotalsRowCount += other.filteredAsTotalsRowCount
    imputed.add(other.imputed)
    markedCounts.merge(other.markedCounts, uniquingKeysWith: +)
    notedCounts.merge(other.notedCounts, uniquingKeysWith: +)
    unusableCount += other.unusableCount
  }
}

/// How much of a source code the grid and the exclusions receive; both 0 for an unknown code.
package struct AxisShare: Sendable, Equatable {
  package let mapped: Double
  package let excluded: Double

  package init(mapped: Double, excluded: Double) {
    self.mapped = mapped
    self.excluded = excluded
  }

  package static let none = AxisShare(mapped: 0, excluded: 0)
}
