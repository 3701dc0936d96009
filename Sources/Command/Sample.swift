/// The files that `mismatch init` writes: made-up counts of two towns, and a job with every key
/// explained.
enum Sample {
  static let files = [
    (name: "job.yaml", text: job), (name: "areas.csv", text: areas),
    (name: "sectors.csv", text: sectors), (name: "provision.csv", text: provision),
    (name: "demand.csv", text: demand), (name: "crosswalk.csv", text: crosswalk),
  ]

  private static let job = """
    # A Mismatch job. Paths are relative to this file. A key that is not known is an error.
    # Run it with: mismatch run job.yaml
    name: sample

    # The rows of the result: every area that the grid has. Without `lookup`, the areas are those that
    # occur in the data. `focus` is the area that the summary shows.
    areas: { level: town, lookup: areas.csv, code: code, name: name, focus: N01 }

    # The columns of the result: the classification to which both sides are mapped.
    sectors: { scheme: own, file: sectors.csv, code: code, name: name }

    # People trained.
    provision:
      kind: achievements        # people, aims, achievements, starts or enrolments: decides the caveats
      file: provision.csv       # one file, a list of files, or a pattern such as "2023-*.csv.gz"
      area: area                # the column of area codes
      category: subject         # the column of subjects; to take a part of a label:
                                #   category: { column: label, match: '^(\\d+)' }
      period: year              # the column of periods, or { constant: "2023/24" }
      value: achievements       # the column of counts; for a wide table:
                                #   value: { columns: [ "2022", "2023" ], name: period }
      where: { sex: Total }     # rows to keep: one text, a list of texts, or { not: ... }
      rounding: nearest 10      # none, nearest N, bres, bres safeguarded
      markers: { low: 1..4 }    # symbols in the value column and the counts that they may be
      point: middle             # imputed value of a suppressed count: lower, middle or a number
      # sum-over: [ level ]     # columns whose rows are parts of one count, to be added up
      # totals: { category: Total }   # rows of published totals: they tighten the bounds of the parts
      # trim: true              # remove spaces at both ends of every field
      # area-lookup: { file: lookup.csv, from: ward, to: town, weight: share }

    # Openings: the same keys.
    demand:
      kind: vacancies           # vacancies, openings, adverts, jobs or employment
      file: demand.csv
      area: area
      category: occupation
      period: month
      value: vacancies
      # absent-areas: zero      # if the source omits areas that are empty; otherwise their counts are unknown
      # How occupations map to sectors: the weights of each occupation sum to 1, or set
      # `normalise: true`. A list of maps is applied in order. For weights that are counts of cases use
      # `counts` instead of `weight`: their uncertainty then widens intervals.
      crosswalk: { file: crosswalk.csv, from: occupation, to: sector, weight: weight }

    # Which provision period is compared with which demand period. Without it, equal labels are paired.
    periods: { pair: "2023/24 = Jun 24" }

    # exclude-sectors: [ "14" ]
    # exclude-areas: [ z ]
    # matching: { vacancy-share: 0.5 }   # treat both sides as a labour market: mismatch unemployment
    # measures: [ share_gap_pp, gap, dissimilarity ]   # see `mismatch measures`
    tolerance: 1                # percentage points within which a share gap counts as balanced
    # What intervals allow for, and what is called over and under; `kinds: [ bounds ]` does no tests.
    # intervals: { kinds: [ bounds, sampling, crosswalk ], level: 0.95, draws: 1000 }
    # calls: { null: tolerance, error-rate: 0.05, control: benjamini-hochberg }
    output: { folder: out }

    """

  private static let areas = """
    code,name
    N01,Northtown
    S01,Southtown

    """

  private static let sectors = """
    code,name
    care,Health and care
    build,Construction
    digital,Digital

    """

  private static let provision = """
    area,subject,year,sex,achievements
    N01,care,2023/24,Total,420
    N01,care,2023/24,Female,310
    N01,build,2023/24,Total,60
    N01,digital,2023/24,Total,low
    S01,care,2023/24,Total,180
    S01,build,2023/24,Total,150
    S01,digital,2023/24,Total,90

    """

  private static let demand = """
    area,occupation,month,vacancies
    N01,nurse,Jun 24,130
    N01,bricklayer,Jun 24,80
    N01,programmer,Jun 24,95
    N01,facilities manager,Jun 24,20
    S01,nurse,Jun 24,120
    S01,bricklayer,Jun 24,90
    S01,programmer,Jun 24,60
    S01,mystery shopper,Jun 24,5

    """

  private static let crosswalk = """
    occupation,sector,weight,reason
    nurse,care,1,trained by health subjects
    bricklayer,build,1,trained by construction subjects
    programmer,digital,1,trained by digital subjects
    facilities manager,build,0.75,mostly looks after buildings
    facilities manager,digital,0.25,also runs building systems

    """
}
