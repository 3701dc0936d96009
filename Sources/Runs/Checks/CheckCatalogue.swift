import Extracts
import Jobs

extension Check {
  /// Every check, in the order in which rows are reported.
  package static let catalogue: [Check] = [
    .corruption,
    .cutExtracts,
    .notes,
    .composedLetters,
    .invisibleCharacters,
    .missingKeys,
    .spoiltCodes,
    .formulaNames,
    .duplicateKeys,
    .units,
    .rates,
    .rounding,
    .lostDigits,
    .markers,
    .oddTexts,
    .partsAndTotals,
    .disclosure,
    .overlappingLevels,
    .sameUnit,
    .mixedVintages,
    .sidesApart,
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
