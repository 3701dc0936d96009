import Extracts

/// All sources of files.
enum ExtractCatalogue {
  static func extract(_ source: FileSource, _ session: FetchSession) throws -> any Extract {
    try type(of: source.kind).init(source, session)
  }

  private static func type(of kind: FileSource.Kind) -> any Extract.Type {
    switch kind {
    case .nomis: NomisExtract.self
    case .ees: EESExtract.self
    case .onsGeography: GeographyExtract.self
    case .statXplore: StatXploreExtract.self
    case .url: AddressExtract.self
    }
  }
}
