import Mismatch

/// A data set of Nomis as its definition has it.
struct NomisDefinition {
  let id: String
  let name: String
  /// The names of its dimensions as published, without time and frequency.
  let dimensions: [String]
  /// When it was last updated, in Nomis's words; empty where it does not say.
  let lastUpdate: String

  /// The definitions of an answer; none where nothing matches.
  static func all(_ node: JSONNode) -> [NomisDefinition] {
    node["structure"]["keyfamilies"]["keyfamily"].items.compactMap(NomisDefinition.init)
  }

  private init?(_ family: JSONNode) {
    guard let id = family["id"].text else { return nil }
    self.id = id
    name = family["name"]["value"].text ?? ""
    dimensions = family["components"]["dimension"].items.filter {
      $0["isfrequencydimension"].text != "true"
    }.compactMap { $0["conceptref"].text }.filter { !["TIME", "FREQ"].contains($0.uppercased()) }
    lastUpdate =
      family["annotations"]["annotation"].items
      .first { $0["annotationtitle"].text?.lowercased() == "lastupdated" }?["annotationtext"].text
      ?? ""
  }

  /// Whether areas are one of its dimensions.
  static func isArea(_ dimension: String) -> Bool {
    ["geography", "currently_residing_in", "place_of_work", "usual_residence"]
      .contains(dimension.lowercased())
  }
}

/// A code of a dimension.
struct NomisCode {
  let value: String
  let label: String
  /// The type of an area with its vintage, such as "local authorities: district / unitary (as of April 2023)".
  let typeName: String?

  /// The codes of an answer; none where there are none.
  ///
  /// - Throws: ``Fault`` for a text that is no JSON.
  static func all(_ bytes: [UInt8]) throws -> [NomisCode] {
    let code = ["structure", "codelists", "codelist", "code"]
    var codes: [NomisCode] = []
    var (value, label, typeName) = (String?.none, "", String?.none)
    var (title, text) = ("", "")
    try JSONLeaves.visit(bytes) { path, event in
      guard path.starts(with: code) else { return }
      switch (path.dropFirst(code.count).joined(separator: "."), event) {
      case ("value", .leaf(let found)): value = found
      case ("description.value", .leaf(let found)): label = found
      case ("annotations.annotation.annotationtitle", .leaf(let found)): title = found
      case ("annotations.annotation.annotationtext", .leaf(let found)): text = found
      case ("annotations.annotation", .end):
        if title.lowercased() == "typename" { typeName = text }
      case ("", .end):
        if let value { codes.append(NomisCode(value: value, label: label, typeName: typeName)) }
        (value, label, typeName) = (nil, "", nil)
      default: break
      }
    }
    return codes
  }
}

/// What Nomis says of its data sets.
struct NomisCatalogue {
  private static let byteLimit = 64 << 20

  let address: Address
  let client: Client

  /// The definition of a data set.
  ///
  /// - Throws: ``Failure`` (`badData`) where there is none of that id.
  func definition(of dataset: String, at place: Place? = nil) throws -> NomisDefinition {
    let node = try node("dataset/\(dataset)/def.sdmx.json")
    guard let definition = NomisDefinition.all(node).first(where: { $0.id == dataset }) else {
      throw Failure(
        .badData, at: place, "Nomis has no data set \(dataset)",
        advice: "Look for it: `mismatch fetch nomis --search WORD`")
    }
    return definition
  }

  /// Data sets whose name has these words.
  func search(_ words: String) throws -> [NomisDefinition] {
    NomisDefinition.all(
      try node("dataset/def.sdmx.json?search=" + "name-*\(words)*".percentEncoded))
  }

  /// The codes of a dimension; nil where Nomis answers with a page of HTML, as it does for long lists of industries.
  func listedCodes(of dimension: String, in dataset: String) throws -> Set<String>? {
    let path = "\(address.text)/dataset/\(dataset)/\(dimension.lowercased()).def.sdmx.json"
    let codes = try client.ask(Request(path), limit: NomisCatalogue.byteLimit) {
      CodesReceiver(mayBeHTML: true)
    }
    return codes.map { Set($0.map(\.value)) }
  }

  /// An answer that lists codes; nil for HTML where that may be.
  private final class CodesReceiver: AnswerReceiver {
    private let mayBeHTML: Bool
    private var bytes: [UInt8] = []

    init(mayBeHTML: Bool) { self.mayBeHTML = mayBeHTML }

    func take(_ bytes: UnsafeRawBufferPointer) { self.bytes.append(contentsOf: bytes) }

    func finish(_ response: Response) throws -> [NomisCode]? {
      mayBeHTML && bytes.first == UInt8(ascii: "<") ? nil : try NomisCode.all(bytes)
    }
  }

  /// The codes of a dimension, or with `parts` those below one of its codes or of one of its types.
  func codes(of dimension: String, in dataset: String, _ parts: String = "") throws -> [NomisCode] {
    let path = dimension.lowercased() + (parts.isEmpty ? "" : "/\(parts.percentEncoded)")
    let request = Request("\(address.text)/dataset/\(dataset)/\(path).def.sdmx.json")
    return try client.ask(request, limit: NomisCatalogue.byteLimit) {
      CodesReceiver(mayBeHTML: false)
    } ?? []
  }

  private func node(_ path: String) throws -> JSONNode {
    try client.ask(Request("\(address.text)/\(path)"), limit: NomisCatalogue.byteLimit) {
      JSONReceiver()
    }.node
  }
}
