import Foundation
import Testing

/// Standard output and standard error, and what may pass through them.
struct StreamTests {
  private let work: WorkFolder

  init() throws {
    work = try WorkFolder()
    try Faults.writeJobs(in: work)
    #expect(try work.run("mismatch run one.yaml -o out -q").status == 0)
  }

  static let printing = [
    "run one.yaml -o out", "run one.yaml -o out --json", "run one.yaml -o out --dry-run",
    "check one.yaml", "check one.yaml --json", "check out", "inspect one.csv",
    "inspect one.csv --json", "explain out --area A --sector x", "measures", "init new", "--help",
    "run --help", "--version", "--generate-completion-script bash",
  ]

  @Test("What cannot be printed is an error of its own", arguments: printing)
  func fullOrClosedOutput(line: String) throws {
    for (stream, reason) in [
      (">/dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
    ] {
      let result = try work.run("rm -rf new; mismatch \(line) \(stream)")
      #expect(result.status == 74, "\(line) \(stream)")
      #expect(result.stderr.contains("standard output"))
      #expect(result.stderr.contains("cannot be written: \(reason)"))
    }
  }

  @Test("A closed or full standard error changes nothing but the messages")
  func fullOrClosedErrors() throws {
    for stream in ["2>/dev/full", "2>&-", "2> >(exec true)"] {
      let good = try work.run("mismatch run two.yaml -o good \(stream)")
      #expect(good.status == 0)
      let bad = try work.run("mismatch run none.yaml -o bad \(stream)")
      #expect(bad.status == 74)
      #expect(!bad.isSignal)
    }
    #expect(try work.run("mismatch run one.yaml -o closed <&- >&- 2>&- -q").status == 0)
    #expect(try work.contents("closed") == (try work.contents("out")))
  }

  @Test("A reader that has gone ends the command as it ends others")
  func readerThatHasGone() throws {
    let result = try work.run("mismatch measures | head -n 1 > first; exit ${PIPESTATUS[0]}")
    #expect([0, 141].contains(result.status))
    #expect(result.stderr == "")
  }

  @Test("Without arguments the command was misused")
  func noArguments() throws {
    let result = try work.run("mismatch")
    #expect(result.status == 64)
    #expect(result.stdout == "")
    #expect(result.stderr.contains("USAGE: mismatch"))
  }

  @Test(
    "No text from data, names or paths moves a terminal",
    arguments: [
      "\u{1b}[31m", "\u{7f}", "\u{9b}31m", "\u{202e}", "\u{2066}", "\u{200f}", "\u{85}", "\u{2028}",
      "\u{b}", "\nmismatch: ok",
    ])
  func visibleTexts(text: String) throws {
    let name = text.replacing("\n", with: " ")
    try work.write("rows.csv", "area,sector,count\n\"A\(text)\",\"x\(text)\",3\nB,y,4\n")
    try work.write("wrong.csv", "area,sector,count\nA,x,\"\(text)9\"\n")
    try work.write("heading.csv", "area,sector,\"count\(text)\"\nA,x,9\n")
    try work.write("odd\(name).csv", "area,sector,count\nA,x,none\n")
    for (job, file) in [
      ("rows", "rows.csv"), ("wrong", "wrong.csv"), ("heading", "heading.csv"),
      ("odd", "odd\(name).csv"),
    ] {
      try work.write(
        "\(job).yaml",
        """
        name: "\(job)"
        provision: { kind: people, file: "\(file.replacing("\u{1b}", with: "\\e").replacing("\u{7f}", with: "\\x7f").replacing("\u{9b}", with: "\\x9b").replacing("\u{85}", with: "\\x85").replacing("\u{2028}", with: "\\u2028").replacing("\u{b}", with: "\\x0b"))", area: area, category: sector, value: count }
        demand: { kind: vacancies, file: demand.csv, area: area, category: sector, value: count }
        accept: { corruption: tested }

        """)
    }
    for line in [
      "run rows.yaml -o rows", "run rows.yaml -o rows --json", "check rows.yaml",
      "check rows.yaml --json",
      "check wrong.yaml", "check wrong.yaml --json", "check heading.yaml", "check odd.yaml",
      "inspect rows.csv", "inspect rows.csv --json", "inspect odd*.csv",
      "explain rows --area $'A\(escaped(text))' --sector $'x\(escaped(text))'",
      "explain rows --area $'Z\(escaped(text))' --sector x", "run $'none\(escaped(text)).yaml'",
      "run rows.yaml --$'x\(escaped(name))'",
    ] {
      let result = try work.run("mismatch \(line)")
      let printed = result.stdout + result.stderr
      #expect(!printed.isEmpty, "\(line)")
      let acting =
        text.unicodeScalars.first.map { $0 == "\n" ? "\nmismatch: ok" : String($0) } ?? ""
      #expect(!printed.contains(acting), "\(line): \(printed)")
    }
  }

  /// The text as bash's `$'...'` has it.
  private func escaped(_ text: String) -> String {
    text.utf8.map { "\\x" + String($0, radix: 16) }.joined()
  }
}

/// Runs that meet in one folder.
struct TwoRunTests {
  @Test("Of two runs into one folder one waits for nobody, and the folder holds one of them whole")
  func twoAtOnce() throws {
    let work = try WorkFolder()
    try Faults.writeJobs(in: work)
    for name in ["one", "two"] {
      #expect(try work.run("mismatch run \(name).yaml -o \(name) -q").status == 0)
    }
    let whole = [try work.contents("one"), try work.contents("two")]
    for _ in 0..<50 {
      let runs = try ["one", "two"].map {
        try work.start("exec mismatch run \($0).yaml -o out -q", name: $0)
      }
      let results = try runs.map { try $0.wait() }
      for result in results where result.status != 0 {
        #expect(result.status == 74)
        #expect(
          result.stderr == "mismatch: out: another run is writing here. Wait until it "
            + "ends, or choose another folder with -o\n")
      }
      #expect(results.contains { $0.status == 0 })
      #expect(whole.contains(try work.contents("out")))
      #expect(try !work.files().contains { $0.hasPrefix(".out.") })
    }
  }

  @Test("A folder is free again after a run that was killed")
  func lockDies() throws {
    let work = try WorkFolder()
    try Faults.writeJobs(in: work)
    try work.write(
      "pipe.yaml",
      try String(contentsOfFile: "\(work.path)/one.yaml", encoding: .utf8)
        .replacing("one.csv", with: "pipe"))
    #expect(try work.run("mkfifo pipe").status == 0)
    let held = try work.start("exec mismatch run pipe.yaml -o out -q", name: "held")
    for _ in 0..<1000 where try !work.files().contains(".out.mismatch-lock") { usleep(5_000) }
    let second = try work.run("mismatch run one.yaml -o ./out/ -q")
    #expect(second.status == 74)
    #expect(second.stderr.contains("another run is writing here"))
    kill(held.processID, SIGKILL)
    _ = try held.wait()
    #expect(try work.run("mismatch run one.yaml -o out -q").status == 0)
    #expect(try !work.files().contains { $0.hasPrefix(".out.") })
  }
}
