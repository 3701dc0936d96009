import Extracts
import Mismatch

/// A query of Nomis that its definition knows: which rows an answer must have.
struct NomisPlan {
  let definition: NomisDefinition
  /// The codes of each dimension, in the order of the definition.
  let dimensions: [(name: String, codes: NomisCodes)]
  /// Periods, earliest first.
  let periods: [String]

  /// Checks a query against the live definition of its data set.
  ///
  /// - Throws: ``Failure`` for a dimension that is missing or unknown, and a code or period that the data set does
  ///   not have.
  init(_ query: NomisQuery, _ catalogue: NomisCatalogue) throws {
    definition = try catalogue.definition(of: query.dataset, at: query.place)
    let names = definition.dimensions.map { $0.lowercased() }
    for (name, setting) in query.dimensions.sorted(by: { $0.key < $1.key })
    where name != "date" && !names.contains(name) {
      throw Failure.unknown(
        "dimension of \(query.dataset)", name, known: names + ["date"], at: setting.place)
    }
    let dataset = query.dataset
    dimensions = try names.map { name in
      guard let setting = query.dimensions[name] else {
        throw NomisPlan.missing(name, of: dataset, at: query.place)
      }
      return (name, try NomisPlan.codes(setting, of: name, in: dataset, catalogue))
    }
    guard let dates = query.dimensions["date"] else {
      throw NomisPlan.missing("date", of: dataset, at: query.place)
    }
    let known = try catalogue.codes(of: "time", in: dataset).map(\.value)
    periods = try NomisDates(known).periods(of: dates)
  }

  private static func missing(_ name: String, of dataset: String, at place: Place) -> Failure {
    Failure(
      .badData, at: place, "\(dataset) has a dimension \"\(name)\" that the source does not name",
      expected: "a code, or a list of codes, for every dimension and `date`",
      advice: name == "date"
        ? "Write `date: latest`"
        : "See its codes: `mismatch fetch nomis \(dataset) --codes \(name)`")
  }

  /// The codes that a setting names; those of areas may be types, and parents with a type.
  private static func codes(
    _ setting: FileSource.Setting, of name: String, in dataset: String,
    _ catalogue: NomisCatalogue
  ) throws -> NomisCodes {
    let items = Set(try NomisCodes.items(of: setting))
    let text = NomisCodes.text(of: items)
    guard NomisDefinition.isArea(name) else {
      // Without a list of codes, rows are still held against the query.
      let known = try catalogue.listedCodes(of: name, in: dataset) ?? items
      for item in items.sorted() where !known.contains(item) {
        throw Failure.unknown(
          "code of \(name)", item, known: NomisPlan.first(of: known), at: setting.place)
      }
      return NomisCodes(text: text, codes: items)
    }
    var codes = NomisCodes(text: text, codes: [])
    for item in items {
      if item.uppercased().wholeMatch(of: /[0-9]*TYPE[0-9]+/) != nil {
        let areas = try catalogue.codes(of: name, in: dataset, item.uppercased())
        guard !areas.isEmpty else { throw noArea(item, of: dataset, at: setting.place) }
        codes.codes.formUnion(areas.map(\.value))
      } else if Int(item) != nil {
        codes.codes.insert(item)
      } else if item.wholeMatch(of: /[A-Z][0-9]{8}/) != nil {
        codes.areaCodes.insert(item)
      } else {
        throw Failure(
          .badData, at: setting.place, "`\(name)` has \"\(item)\"",
          expected:
            "TYPE and a number, a number of Nomis, a parent's number with a TYPE, or a code such as E08000025",
          advice: "See the types of areas: `mismatch fetch nomis \(dataset) --codes \(name)`")
      }
    }
    return codes
  }

  private static func noArea(_ item: String, of dataset: String, at place: Place) -> Failure {
    Failure(
      .badData, at: place, "\(dataset) has no areas of \(item)", expected: "a type that it has",
      advice: "See them: `mismatch fetch nomis \(dataset) --codes geography`")
  }

  /// Codes for a message: not all of thousands.
  private static func first(of codes: Set<String>) -> [String] {
    Array(codes.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(40))
  }

  /// The query in the one form that it is compared in, without a key.
  var text: String {
    let parameters = dimensions.map { ($0.name, $0.codes.text) } + [("date", dateText)]
    return definition.id + "?"
      + parameters.sorted { $0.0 < $1.0 }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  private var dateText: String { periods.joined(separator: ",") }

  /// The columns that are asked for.
  var columns: [String] {
    ["DATE", "DATE_NAME"]
      + dimensions.flatMap { name, _ in
        let name = name.uppercased()
        return [name, name + "_NAME", name + "_CODE"]
          + (NomisDefinition.isArea(name) ? [name + "_TYPE"] : [])
      } + [
        "OBS_VALUE", "OBS_STATUS", "OBS_STATUS_NAME", "OBS_CONF", "RECORD_OFFSET", "RECORD_COUNT",
      ]
  }

  /// The address of rows from an offset on.
  func address(at base: Address, from offset: Int, limit: Int) -> String {
    let parameters =
      dimensions.map { ($0.name, $0.codes.text) } + [
        ("date", dateText), ("select", columns.joined(separator: ",")),
        ("RecordOffset", "\(offset)"), ("RecordLimit", "\(limit)"),
      ]
    return "\(base.text)/dataset/\(definition.id).data.csv?"
      + parameters.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
  }
}
