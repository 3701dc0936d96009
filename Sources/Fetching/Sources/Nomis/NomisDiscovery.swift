import Extracts
import Mismatch

/// What there is at Nomis: data sets, their dimensions, and codes.
package struct NomisDiscovery {
  /// Rows to show.
  package struct Table {
    package let title: [String]
    package let headings: [String]
    package let rows: [[String]]

    /// The rows by heading.
    package var records: [[String: String]] {
      rows.map { Dictionary(zip(headings, $0)) { first, _ in first } }
    }
  }

  private let catalogue: NomisCatalogue

  package init(_ session: FetchSession) throws {
    catalogue = try NomisExtract.catalogue(session)
  }

  /// Data sets with a word in their name.
  ///
  /// - Throws: ``Failure`` (`badData`) where there is none.
  package func dataSets(named word: String) throws -> Table {
    let found = try catalogue.search(word)
    guard !found.isEmpty else {
      throw Failure(
        .badData, "Nomis has no data set with \"\(word)\" in its name",
        advice: "Try a part of the word")
    }
    return Table(
      title: [], headings: ["dataset", "name", "last update"],
      rows: found.map { [$0.id, $0.name, $0.lastUpdate] })
  }

  /// The dimensions of a data set, with how many codes each has, and the periods.
  package func description(of dataset: String) throws -> Table {
    let definition = try catalogue.definition(of: try verified(dataset))
    let rows = try definition.dimensions.map { name in
      let name = name.lowercased()
      let codes = try catalogue.codes(
        of: name, in: definition.id, NomisDefinition.isArea(name) ? "TYPE" : "")
      let kind = NomisDefinition.isArea(name) ? "types of areas" : "codes"
      let examples = codes.prefix(3).map { "\($0.value) \($0.label)" }.joined(separator: "; ")
      return [name, "\(codes.count) \(kind)", examples]
    }
    let periods = NomisDates(try catalogue.codes(of: "time", in: definition.id).map(\.value)).all
    let span = [periods.first, periods.last].compactMap { $0 }.joined(separator: " to ")
    return Table(
      title: ["\(definition.id): \(definition.name), last updated \(definition.lastUpdate)", ""],
      headings: ["dimension", "has", "such as"],
      rows: rows + [["date", "\(periods.count) periods", span]])
  }

  /// The codes of a dimension; of areas, their types with the vintage that each has.
  package func codes(of dimension: String, in dataset: String) throws -> Table {
    let id = try verified(dataset)
    let definition = try catalogue.definition(of: id)
    let known = definition.dimensions.map { $0.lowercased() } + ["date"]
    guard known.contains(dimension.lowercased()) else {
      throw Failure.unknown("dimension of \(id)", dimension, known: known, at: Place(file: id))
    }
    let isArea = NomisDefinition.isArea(dimension)
    let name = dimension.lowercased() == "date" ? "time" : dimension
    let codes = try catalogue.codes(of: name, in: id, isArea ? "TYPE" : "")
    return Table(
      title: [], headings: [isArea ? "type" : "code", "name"],
      rows: codes.map { [$0.value, $0.label] })
  }

  private func verified(_ dataset: String) throws -> String {
    let place = Place(file: "command line")
    let setting = FileSource.Setting(name: "dataset", texts: [dataset], place: place)
    return try NomisQuery(FileSource(kind: .nomis, settings: [setting], place: place)).dataset
  }
}
