extension Reader {
  /// Every reader of tables that are not plain, most particular first.
  package static let catalogue: [Reader] = [originDestination, nomisDownload, titledTable]

  /// The name of tables that no reader has to lay out.
  package static let plainName = "table"

  /// Names that a job may give, with the plain table's.
  package static let names = [plainName] + catalogue.map(\.name)
}
