import Extracts
import Jobs

extension Check {
  /// Every check, in the order in which rows are reported.
  package static let catalogue: [Check] = [
    .corruption,
    .cutExtracts,
    .notes,
    .composedLetters,
    .formulaNames,
    .duplicateKeys,
    .rounding,
    .markers,
    .partsAndTotals,
    .disclosure,
    .overlappingLevels,
    .sameUnit,
    .mixedVintages,
    .unknownAreas,
    .unknownCategories,
    .lookupLosses,
    .renamedCodes,
    .ambiguousNames,
    .periods,
    .jumps,
    .absentAreas,
    .completeness,
  ]
}
