import Dense

/// What became of one side's published counts in one period.
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

    /// Adds an amount, as a double and what that leaves out, of which these shares are received by grid and by
    /// exclusions.
    mutating func add(_ sum: (high: Double, low: Double), area: AxisShare, category: AxisShare) {
      let amount = sum.high + sum.low
      let exact = ExactSum([sum.high, sum.low])
      published.add(exact)
      if area.mapped == 1 && category.mapped == 1 { return mapped.add(exact) }
      let toGrid = amount * (area.mapped * category.mapped)
      let toExcluded = amount * (area.excluded + area.mapped * category.excluded)
      let lostByArea = amount * area.lost
      mapped.add(toGrid)
      excluded.add(toExcluded)
      unmappedArea.add(lostByArea)
      // Term by term, so that the parts make up the amount without rounding.
      for part in [sum.high, sum.low, -toGrid, -toExcluded, -lostByArea] {
        unmappedCategory.add(part)
      }
    }

    mutating func add(_ other: Split) {
      published.add(other.published)
      mapped.add(other.mapped)
      unmappedArea.add(other.unmappedArea)
      unmappedCategory.add(other.unmappedCategory)
      excluded.add(other.excluded)
    }
  }

  /// Figures that passed the job's filters, and their split; of a period that is not compared, none.
  package var figureCount = 0
  package var counts = Split()
  /// Rows that `where` left out, and what they hold.
  package var filteredByWhere = InputAccount.Amount()
  /// Rows of periods that are not compared.
  package var filteredByPeriod = InputAccount.Amount()
  /// Rows that publish totals of the others.
  package var filteredAsTotals = InputAccount.Amount()
  /// Points given to marked figures.
  package var imputed = Split()
  /// Marked figures by their status.
  package var markedCounts: [Status: Int] = [:]
  /// Published numbers whose source says something of them, by that status.
  package var notedCounts: [Status: Int] = [:]
  /// Marked figures that no point could be given.
  package var unusableCount = 0

  package init() {}

  /// The account of a period that is not compared.
  package init(filtered account: InputAccount) {
    filteredByWhere = account.filteredByWhere
    filteredByPeriod = account.published
    filteredAsTotals = account.filteredAsTotals
  }

  /// All figures of the side.
  package var rowCount: Int {
    figureCount + filteredByWhere.rowCount + filteredByPeriod.rowCount + filteredAsTotals.rowCount
  }

  /// Everything the side publishes, filtered rows included.
  package var published: Double { exactPublished.value }

  private var exactPublished: ExactSum {
    var sum = counts.published
    sum.add(filteredByWhere.sum)
    sum.add(filteredByPeriod.sum)
    sum.add(filteredAsTotals.sum)
    return sum
  }

  package var mapped: Double { counts.mapped.value }
  package var unmapped: Double { counts.unmapped }

  /// What the job left out by its own words: `where`, periods, totals, excluded areas and sectors.
  package var filtered: Double { exactFiltered.value }

  private var exactFiltered: ExactSum {
    var sum = filteredByWhere.sum
    sum.add(filteredByPeriod.sum)
    sum.add(filteredAsTotals.sum)
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

  /// This account and another one together.
  package mutating func add(_ other: Reconciliation) {
    figureCount += other.figureCount
    counts.add(other.counts)
    filteredByWhere.add(other.filteredByWhere)
    filteredByPeriod.add(other.filteredByPeriod)
    filteredAsTotals.add(other.filteredAsTotals)
    imputed.add(other.imputed)
    markedCounts.merge(other.markedCounts, uniquingKeysWith: +)
    notedCounts.merge(other.notedCounts, uniquingKeysWith: +)
    unusableCount += other.unusableCount
  }
}
