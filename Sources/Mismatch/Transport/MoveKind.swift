/// What a unit changes on its way from provision to demand.
package enum MoveKind: String, Sendable, CaseIterable {
  /// It stays in its area and sector.
  case matched
  /// The place fits, the skill does not.
  case skillOnly = "wrong_skill_only"
  /// The skill fits, the place does not.
  case placeOnly = "wrong_place_only"
  case both = "wrong_both"
}
