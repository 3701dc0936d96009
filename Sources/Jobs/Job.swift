import Extracts
import Mismatch

/// A job as its file states it, with every default filled in and every name checked: what can be known
/// without reading the inputs.
package struct Job: Sendable {
  package var name: String
  /// What reports and workbooks are headed with.
  package var title: String
  /// Who published the inputs, where the job says so.
  package var sources: [SourceRecord]
  /// The text of the job file; of a job with bases or variants, the whole job of this run.
  package var text: String
  /// The job file as it was given, and the folder that its paths start from.
  package var file: String
  /// The files that it inherits from.
  var bases: [String]
  package var folder: String
  package var areas: Register
  package var sectors: Register
  package var sides: Sides<SideJob>
  package var excludedAreas: Set<Spelling>
  package var excludedSectors: Set<Spelling>
  package var measures: [Measure]
  /// Pairs of a provision and a demand period; nil pairs those that are the same.
  package var periodPairs: [PeriodPair]?
  /// Labels of compared periods, earliest first; nil leaves their order to time.
  package var periodOrder: [String]?
  /// How intervals are made and cells are called.
  package var inference: InferenceRule
  /// What the blocks of analyses ask, by the type of their requests, and the tables that they read.
  package internal(set) var requests = TypedValues()
  var requestTables: [TableJob] = []
  /// Checks whose findings the job accepts, and why.
  package var accepted: [String: String] = [:]
  /// How much may be lost before a check fails.
  package var limits = CheckLimits()
  /// What is published of withheld counts that totals narrow too far.
  package var disclosure = DisclosureGuard()
  package var outputFolder: String
  /// Names of the files to write, or patterns with `*`, besides the manifest.
  var outputFiles: [String]
  /// What the run makes of its tables besides them.
  package var documents: Set<DocumentKey>
  /// Whether tables are written as gzip.
  package var compressesTables: Bool

  /// Whether descriptions of its tables are asked for by name, or with all files.
  package var describesTables: Bool {
    outputFiles.contains { $0 == "*" || $0.hasSuffix("-metadata.json") }
  }

  /// Whether the outlines of its areas are drawn.
  package var drawsAreas: Bool { !documents.isDisjoint(with: [.report, .figures]) }

  /// Whether a file of this name is wanted.
  package func writes(_ name: String) -> Bool {
    outputFiles.contains { name.matches(wildcard: $0) }
  }

  /// The size of both sides' files, as far as it is known.
  package var inputByteCount: Int {
    sides.both.flatMap(\.files).reduce(0) { $0 + TextFile.size(of: $1.path) }
  }

  /// Percentage points within which a share gap counts as balanced.
  package var tolerance: Double { inference.tolerance }

  /// Whether cells are called over, under, balanced or unclear: where share gaps are asked for.
  package var callsCells: Bool { measures.contains { $0.name == Measure.shareGap.name } }

  /// What is known of the weights of each lookup and crosswalk.
  package var weightBases: [WeightedMap.Basis] {
    sides.both.flatMap { ($0.lookups + $0.crosswalks).map(\.basis) }
  }

  /// Whether a side is scaled to published totals.
  var isReconciled: Bool { sides.both.contains { $0.raking != nil } }

  /// Whether the whole is decomposed: where mutual information or the entropy index is asked for.
  package var decomposes: Bool {
    let names = [Measure.mutualInformation.name, Measure.entropyIndex.name]
    return measures.contains { names.contains($0.name) }
  }
}

/// Which provision period is compared with which demand period.
package struct PeriodPair: Sendable, Equatable {
  package let label: String
  package let provision: String
  package let demand: String

  package init(label: String, provision: String, demand: String) {
    self.label = label
    self.provision = provision
    self.demand = demand
  }
}

/// The codes that the grid may have along one dimension.
package struct Register: Sendable {
  /// What the codes are, in the words of the job: `lsip`, `ssa-tier-1`.
  package var scheme: String
  /// The list of codes; nil takes the codes from lookups and data.
  package var table: TableJob?
  package var code: KeyJob?
  package var name: KeyJob?
  /// What groups the codes, such as the region of each area.
  package var group: KeyJob?
  /// When codes live, and which time is wanted.
  package var life: LifeJob?
  /// The code that summaries show first.
  package var focus: String?
  /// Outlines of the areas for maps.
  package var boundaries: BoundariesJob?
}

/// Where counts come from.
package enum ValueJob: Sendable {
  /// One column, one count per row.
  case column(String)
  /// No column: each row counts 1.
  case rows
  /// Several columns, by names and patterns, whose headings hold keys.
  case columns([String], headings: [HeadingJob])
}

/// A key that headings of value columns hold.
package struct HeadingJob: Sendable {
  package let role: KeyRole
  /// Which part of a heading it is; nil for the whole.
  package let match: TextPattern?
  /// Whether a heading of another form is refused; if not, it is kept whole.
  package let isStrict: Bool
}

/// Columns with the bounds of a count; an empty lower bound is 0, an empty upper one is none.
package struct BoundsJob: Sendable, Equatable {
  package let lower: String
  package let upper: String
}

/// How one side is read and mapped to the grid.
///
/// Of several tables it is the first one's, with the others in ``further``; what is asked of the side as a whole is the
/// same for all.
package struct SideJob: Sendable {
  package var subject: Subject
  package var kind: Kind
  package var table: TableJob
  package var area: KeyJob
  package var category: KeyJob
  package var period: KeyJob
  package var value: ValueJob
  /// Columns of the source's own bounds, where it gives them.
  package var bounds: BoundsJob?
  /// The column that says what is special about each figure, where the job names one.
  package var status: String?
  /// Columns whose rows are parts of a count that may be added up.
  package var partColumns: [String]
  /// Whether rows are records, of which a cell may have any number.
  package var countsRecords: Bool
  /// The column whose texts no two records of a period share, where the job names one.
  package var uniqueColumn: String?
  package var figures: FigureJob
  package var totals: TotalsJob?
  package var lookups: [MapJob]
  package var crosswalks: [MapJob]
  /// Totals that the grid's counts are scaled to; nil leaves them as they are.
  package var raking: RakingJob?
  /// Whether the source leaves empty areas out, so that an area without a row has a count of 0.
  package var absentAreasAreZero: Bool
  /// Columns with the names of codes, where the job says them.
  package var names: [Dimension: String]
  /// The part of the job that says how the side's files are read, as one line: which of it changes, other figures
  /// may be read of the same files.
  package internal(set) var readingText = ""
  /// How the side's other tables are read.
  package internal(set) var further: [SideJob] = []

  /// What each row counts, where no column says it.
  package var countOfRow: Double? {
    if case .rows = value { 1 } else { nil }
  }

  /// The side once for each of its tables.
  package var blocks: [SideJob] { [self] + further }

  /// The files of all tables, by the number of the input.
  package var files: [InputFile] { blocks.flatMap(\.table.files) }

  /// The rounding of all tables, as the job states it.
  package var roundingText: String { distinct(\.roundingText) }

  /// The units of all tables; nil where figures are counts.
  package var unitText: String? {
    blocks.allSatisfy { $0.figures.unit == .one } ? nil : distinct(\.unit.text)
  }

  private func distinct(_ text: (FigureJob) -> String) -> String {
    var texts: [String] = []
    for text in blocks.map({ text($0.figures) }) where !texts.contains(text) {
      texts.append(text)
    }
    return texts.joined(separator: ", ")
  }
}

/// How published figures are read.
package struct FigureJob: Sendable {
  package var unit: CountUnit
  /// Of counts, not of figures in the unit.
  package var rounding: Rounding
  package var roundingText: String
  package var markers: [Spelling: Marker]
  /// Those of them that the job states.
  package var ownMarkers: [Spelling: Marker]
  package var point: ImputationRule
  package var imputationText: String
  /// Whether a published 0 is a true zero: exact figures, or a source that marks small counts `low`.
  package var zeroIsExact: Bool
}

/// Where published totals over all categories of an area stand.
package enum TotalsJob: Sendable {
  /// In the side's own files, under this category.
  case rows(category: String)
  /// In files of their own.
  case table(TableJob, area: KeyJob, period: KeyJob, value: String, figures: FigureJob)

  /// Whether a category is that of total rows among the others.
  package func isTotal(_ code: String) -> Bool {
    if case .rows(let category) = self { code.isSpelt(as: category) } else { false }
  }
}

/// Published totals that a side is scaled to before anything is measured.
package struct RakingJob: Sendable {
  package var areas: TargetsJob
  package var sectors: TargetsJob
}

/// Where the totals of one dimension stand: a row per code of the grid.
package struct TargetsJob: Sendable {
  package var table: TableJob
  package var code: KeyJob
  package var value: String
  package var unit: CountUnit
  /// The side's period that a total is of; nil where there is only one.
  package var period: KeyJob?
}

/// A file of numbers by code.
package struct NumbersJob: Sendable {
  package var table: TableJob
  package var code: KeyJob
  /// The columns that hold the numbers.
  package var values: [String]
  /// What the numbers may be.
  package var range: NumberRange

  package init(table: TableJob, code: KeyJob, values: [String], range: NumberRange) {
    self.table = table
    self.code = code
    self.values = values
    self.range = range
  }
}
