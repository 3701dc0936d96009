import Extracts
import Mismatch

/// What a job asks of Nomis: a data set, and codes for each of its dimensions.
struct NomisQuery {
  /// Such as `NM_189_1`.
  let dataset: String
  /// The codes of each dimension, by its name in lower case; `date` among them.
  let dimensions: [String: FileSource.Setting]
  let place: Place

  /// - Throws: ``Failure`` for a data set that can be none, and a key that is Nomis's own to set.
  init(_ source: FileSource) throws {
    guard let setting = source["dataset"], let name = setting.texts.first,
      name.uppercased().wholeMatch(of: /NM_[0-9]+_[0-9]+/) != nil, setting.texts.count == 1
    else {
      throw Failure(
        .badData, at: source["dataset"]?.place ?? source.place,
        "the data set is \"\(source["dataset"]?.texts.first ?? "")\"",
        expected: "an id of Nomis such as NM_189_1",
        advice: "Look for it: `mismatch fetch nomis --search WORD`")
    }
    dataset = name.uppercased()
    place = source.place
    var dimensions: [String: FileSource.Setting] = [:]
    for setting in source.settings where setting.name != "dataset" {
      let name = setting.name.lowercased()
      if let why = NomisQuery.refused[name] {
        throw Failure(
          .badData, at: setting.place, "`\(setting.name)` stands among the dimensions",
          expected: why)
      }
      guard dimensions.updateValue(setting, forKey: name) == nil else {
        throw Failure(.badData, at: setting.place, "the dimension \"\(name)\" is duplicated")
      }
    }
    self.dimensions = dimensions
  }

  /// Parameters of Nomis that are no dimensions, and what to do instead.
  private static let refused: [String: String] = [
    "uid": "the key in the environment (MISMATCH_NOMIS_UID), never in a job",
    "signature": "the key in the environment (MISMATCH_NOMIS_UID), never in a job",
    "time": "`date`, which Nomis takes first where both are given",
    "select": "no such key: all columns that are needed are asked for",
    "recordlimit": "no such key: all rows are fetched, page by page",
    "recordoffset": "no such key: all rows are fetched, page by page",
    "excludemissingvalues": "no such key: rows without a value say why in OBS_STATUS",
  ]
}

/// Codes of one dimension, as a query names them and as rows have them.
struct NomisCodes {
  /// What the query says, in the one form that it is compared in.
  let text: String
  /// Codes of rows; those of areas are Nomis's own numbers.
  var codes: Set<String>
  /// Codes of the statistical services (GSS), of areas alone.
  var areaCodes: Set<String> = []

  /// The codes in a text: numbers by rising size with neighbours as `a...b`, then others by their letters.
  static func text(of codes: Set<String>) -> String {
    let numbers = codes.compactMap { Int($0) }.sorted()
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.map { range in
      switch range.count {
      case 1: "\(range.lowerBound)"
      case 2: "\(range.lowerBound),\(range.upperBound)"
      default: "\(range.lowerBound)...\(range.upperBound)"
      }
    }
    return (texts + codes.filter { Int($0) == nil }.sorted()).joined(separator: ",")
  }

  /// The codes that the items of a setting name, with ranges `a...b` written out.
  ///
  /// - Throws: ``Failure`` for a range that ends before it begins, or of more than 100,000 codes.
  static func items(of setting: FileSource.Setting) throws -> [String] {
    let texts = setting.texts.flatMap { $0.split(separator: ",") }.map { String($0).trimmed() }
    return try texts.flatMap { text in
      guard let mark = text.firstRange(of: "..."), let first = Int(text[..<mark.lowerBound]),
        let last = Int(text[mark.upperBound...])
      else { return [text] }
      guard first <= last, last - first < 100_000 else {
        throw Failure(
          .badData, at: setting.place, "the range \(text)",
          expected: "a lower and a higher code, with at most 100,000 codes between them")
      }
      return (first...last).map(String.init)
    }
  }
}
