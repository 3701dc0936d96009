extension Reader {
  /// Every reader of tables that are not plain, most particular first.
  static let catalogue: [Reader] = [originDestination, nomisDownload, titledTable]

  /// Names that a job may give, with the plain table's.
  static let names = ["table"] + catalogue.map(\.name)
}
