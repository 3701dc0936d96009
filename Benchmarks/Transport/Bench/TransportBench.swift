import Dense
import Foundation
import Mismatch

/// Times entropic plans on raw files of doubles, and the matrix products of an iteration, bare, in the same
/// process.
///
///     TransportBench X Y SKILL PROVISION DEMAND REGULARISATION ITERATIONS BYTES WORKERS BARE OUT
///
/// X and Y are places in units of the cost, BYTES is what the place kernel may take, BARE is 1 where the
/// bare products are run before each iteration. Prints one JSON object; OUT receives the figures of the
/// plan: mass, costs of place and skill, the objective, and by kind of move what each cell gives and takes.
@main
enum TransportBench {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 11 else { return print("usage: see TransportBench.swift") }
    let numbers = arguments[5...9].map { Double($0) ?? 0 }
    let places = Points(
      eastings: try read(arguments[0]), northings: try read(arguments[1]), scale: 1)
    let skill = try read(arguments[2])
    let sectorCount = Int(Double(skill.count).squareRoot())
    func panel(_ path: String) throws -> Matrix {
      Matrix(rowCount: places.count, columnCount: sectorCount, elements: try read(path))
    }
    let costs = TransportCosts(
      place: places.distances(own: 0),
      skill: Matrix(rowCount: sectorCount, columnCount: sectorCount, elements: skill))
    let (provision, demand) = (try panel(arguments[3]), try panel(arguments[4]))
    let workerCount = Int(numbers[3])
    let bare =
      numbers[4] > 0
      ? BareProducts(areaCount: places.count, sectorCount: sectorCount, workerCount: workerCount)
      : nil
    var (iterations, products): ([Double], [Double]) = ([], [])
    var start: ContinuousClock.Instant?
    var plan: TransportPlan?
    let whole = seconds {
      plan = TransportPlan(
        costs, provision: provision, demand: demand, mass: .balanced, regularisation: numbers[0],
        iterationLimit: Int(numbers[1]), kernelByteLimit: Int(numbers[2]), workerCount: workerCount,
        beforeIteration: { _ in
          if let start { iterations.append(number(.now - start)) }
          if let bare { products.append(seconds(bare.run)) }
          start = .now
        })
    }
    guard let plan else { return }
    try write(figures(of: plan), to: arguments[10])
    let times = [whole - products.reduce(0, +)]
    print(
      "{\"seconds\": \(times), \"iterations\": \(iterations), \"products\": \(products), "
        + "\"count\": \(plan.iterationCount), \"error\": \(plan.marginalError), "
        + "\"state\": \"\(plan.state.rawValue)\", \"peak_kilobytes\": \(peakKilobytes())}")
  }

  private static func figures(of plan: TransportPlan) -> [Double] {
    let sides = [plan.given, plan.taken].flatMap { masses in
      MoveKind.allCases.flatMap { masses[$0]?.elements ?? [] }
    }
    return [plan.mass, plan.placeCost, plan.skillCost, plan.objective] + sides
  }

  // MARK: Files and clocks

  private static func read(_ path: String) throws -> [Double] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }

  private static func write(_ elements: [Double], to path: String) throws {
    try elements.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
  }

  private static func seconds(_ work: () -> Void) -> Double {
    number(ContinuousClock().measure(work))
  }

  private static func number(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// The most memory that was resident; 0 where the system does not say.
  private static func peakKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
