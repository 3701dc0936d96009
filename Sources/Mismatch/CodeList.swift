/// The source codes that one side has along a dimension, each with its place: first those that were expected, in
/// their order, then the others in the order in which they were met.
package struct CodeList: Sendable {
  package private(set) var codes: [String]
  /// What the source calls codes, by their places; of several names the first in order.
  package private(set) var names: [Int: String] = [:]
  private var positions: [Spelling: Int]
  /// Whether each code was met; one that is expected may never be.
  private var isMet: [Bool]

  /// A list that holds these codes from the beginning, so that their places are those of the codebook.
  package init(expecting codes: Codebook? = nil) {
    self.codes = codes?.codes ?? []
    isMet = Array(repeating: false, count: self.codes.count)
    positions = Dictionary(
      uniqueKeysWithValues: self.codes.enumerated().map { (Spelling($1), $0) })
  }

  /// One more than the codes that a list may have.
  package static let limit = 1 << 24

  /// The place of a code, which joins the list where it is new.
  package mutating func position(of code: String) -> Int {
    if let known = positions[Spelling(code)] {
      isMet[known] = true
      return known
    }
    positions[Spelling(code)] = codes.count
    codes.append(code)
    isMet.append(true)
    return codes.count - 1
  }

  /// The codes that were met.
  package var metCodes: [String] { codes.indices.filter { isMet[$0] }.map { codes[$0] } }

  /// The place of a code; nil where the list does not have it.
  package func place(of code: String) -> Int? { positions[Spelling(code)] }

  /// Notes what the source calls a code.
  package mutating func note(name: String, at place: Int) {
    guard !name.isEmpty else { return }
    if let known = names[place], !Codebook.precedes(name, known) { return }
    names[place] = name
  }
}
