import Foundation

/// The library that has calls of a run fail, and the jobs that are run with it.
enum Faults {
  static var path: String { library ?? "" }

  /// Where the library is; nil where it cannot be built: no compiler, or a system that does not load it.
  static let library: String? = {
    #if os(Linux)
      let path = NSTemporaryDirectory() + "mismatch-faults-\(UUID().uuidString).so"
      let source = Repository.path + "/Tests/Faults/faults.c"
      for compiler in ["clang", "cc"] {
        let build = Process()
        build.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        build.arguments = [compiler, "-shared", "-fPIC", "-O1", "-o", path, source, "-ldl"]
        build.standardError = FileHandle.nullDevice
        try? build.run()
        build.waitUntilExit()
        if build.terminationStatus == 0 { return path }
      }
    #endif
    return nil
  }()

  /// Two jobs whose runs differ in every file, and write few.
  static func writeJobs(in work: WorkFolder) throws {
    let rows = { (factor: Int) in
      "area,sector,count\nA,x,\(3 * factor)\nA,y,\(5 * factor)\nB,x,\(7 + factor)\nB,y,2\n"
    }
    try work.write("one.csv", rows(1))
    try work.write("two.csv", rows(4))
    try work.write("demand.csv", rows(2))
    for name in ["one", "two"] {
      try work.write(
        "\(name).yaml",
        """
        name: \(name)
        provision: { kind: people, file: \(name).csv, area: area, category: sector, value: count }
        demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }
        measures: [ gap ]
        intervals: { kinds: [ bounds ] }
        output: { files: [ cells.csv, areas.csv\(name == "one" ? ", sectors.csv" : "") ] }

        """)
    }
  }
}

/// What the tests run in.
enum Surroundings {
  static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }
}
