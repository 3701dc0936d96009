import Mismatch

extension TableJob {
  /// Opens one of the table's files with the reader that the job names or that its content asks for.
  func open(_ file: InputFile, onRead: @escaping @Sendable (Int) -> Void = { _ in }) throws
    -> RowTable
  {
    let delimiter = delimiter ?? TableJob.delimiter(of: file)
    guard let reader = try reader(for: file, delimiter: delimiter) else {
      return try RowTable(
        file, scanning: ByteSource(path: file.path, onRead: onRead), delimiter: delimiter,
        trimsFields: trimsFields)
    }
    let records = try DelimitedRecords(
      ByteSource(path: file.path, onRead: onRead), delimiter: delimiter)
    return RowTable(
      file, laidOut: try reader.open(records, self), from: records, trimsFields: trimsFields)
  }

  /// The reader that lays the file out; nil for a plain table.
  private func reader(for file: InputFile, delimiter: UInt8) throws -> Reader? {
    if let readerName { return Reader.catalogue.first { $0.name == readerName } }
    let preview = try DelimitedRecords(ByteSource(path: file.path), delimiter: delimiter)
    var records: [RawRecord] = []
    do {
      while records.count < Reader.previewCount, let record = try preview.next() {
        records.append(record)
      }
    } catch let failure as Failure where failure.kind == .badData {
      // Whoever reads the whole file will say the same with its place.
    }
    return Reader.recognised(records)
  }

  /// Tab for files that end in .tsv or .tab, before .gz; comma for all others.
  private static func delimiter(of file: InputFile) -> UInt8 {
    let name = file.name.hasSuffix(".gz") ? String(file.name.dropLast(3)) : file.name
    return name.hasSuffix(".tsv") || name.hasSuffix(".tab") ? 9 : 44
  }
}
