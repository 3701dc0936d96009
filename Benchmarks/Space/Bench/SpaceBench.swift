import COpenBLAS
import Dense
import Foundation

/// Times products over areas on raw files of doubles, and what they are made of, bare, in the same process.
///
///     SpaceBench tiles X Y GRID SECTORS RATE WORKERS ROUNDS OUT
///     SpaceBench dense LEFT INNER RIGHT COLUMNS WORKERS ROUNDS - OUT
///     SpaceBench sparse STARTS COLUMNS WEIGHTS GRID SECTORS WORKERS ROUNDS OUT
///
/// Prints one JSON object; OUT receives the product.
@main
enum SpaceBench {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count == 9 else { return usage() }
    switch arguments[0] {
    case "tiles": try tiles(arguments)
    case "dense": try dense(arguments)
    case "sparse": try sparse(arguments)
    default: usage()
    }
  }

  private static func usage() { print("usage: see SpaceBench.swift") }

  // MARK: Tiles

  private static func tiles(_ arguments: [String]) throws {
    let (xs, ys): ([Double], [Double]) = (try read(arguments[1]), try read(arguments[2]))
    let sectors = Int(arguments[4]) ?? 1
    let (rate, workers, rounds) = (
      Double(arguments[5]) ?? 0, Int(arguments[6]) ?? 1, Int(arguments[7]) ?? 1
    )
    let grid = matrix(try read(arguments[3]), columns: sectors)
    let weights = Points(eastings: xs, northings: ys, scale: 1e-3)
      .weights(.exponential(rate: rate), own: 0)
    var (whole, exponentials, products): ([Double], [Double], [Double]) = ([], [], [])
    var result = Matrix(rowCount: 0, columnCount: 0)
    for _ in 0..<rounds {
      whole.append(try seconds { result = try weights.times(grid, workerCount: workers) })
      exponentials.append(seconds { bareExponentials(xs.count, workers) })
      products.append(seconds { bareProducts(xs.count, sectors, workers) })
    }
    try write(result.elements, to: arguments[8])
    report(["seconds": whole, "exponentials": exponentials, "products": products])
  }

  /// As many exponentials as there are pairs of areas, over numbers that stay in the cache.
  private static func bareExponentials(_ areas: Int, _ workers: Int) {
    let side = TiledMatrix.side
    forEachBlock(of: tileCount(areas), size: 64, workerCount: workers) { tiles in
      var values = [Double](repeating: -1, count: side * side)
      for _ in tiles {
        values.withUnsafeMutableBufferPointer { takeExponentials(of: $0) }
      }
    }
  }

  /// As many gemm operations, on a matrix that stays in the cache.
  private static func bareProducts(_ areas: Int, _ sectors: Int, _ workers: Int) {
    let side = TiledMatrix.side
    prepareProducts()
    forEachBlock(of: tileCount(areas), size: 64, workerCount: workers) { tiles in
      let left = [Double](repeating: 0.5, count: side * side)
      let right = [Double](repeating: 0.5, count: side * sectors)
      var out = [Double](repeating: 0, count: side * sectors)
      for _ in tiles {
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(side), Int32(sectors), Int32(side), 1,
          left, Int32(side), right, Int32(sectors), 0, &out, Int32(sectors))
      }
    }
  }

  /// Whole tiles that hold as many elements as areas × areas.
  private static func tileCount(_ areas: Int) -> Int {
    areas * areas / (TiledMatrix.side * TiledMatrix.side)
  }

  // MARK: Dense

  private static func dense(_ arguments: [String]) throws {
    let left = matrix(try read(arguments[1]), columns: Int(arguments[2]) ?? 1)
    let right = matrix(try read(arguments[3]), columns: Int(arguments[4]) ?? 1)
    let (workers, rounds) = (Int(arguments[5]) ?? 1, Int(arguments[6]) ?? 1)
    var (whole, bare): ([Double], [Double]) = ([], [])
    var result = left.times(right, workerCount: workers)
    let out = UnsafeMutablePointer<Double>.allocate(capacity: result.elements.count)
    out.initialize(repeating: 0, count: result.elements.count)
    defer { out.deallocate() }
    for _ in 0..<rounds {
      whole.append(seconds { result = left.times(right, workerCount: workers) })
      bare.append(seconds { bareProduct(left, right, into: out, workers) })
    }
    try write(result.elements, to: arguments[8])
    report(["seconds": whole, "products": bare])
  }

  /// One gemm call for each worker, of its part of the rows.
  private static func bareProduct(
    _ left: Matrix, _ right: Matrix, into out: UnsafeMutablePointer<Double>, _ workers: Int
  ) {
    let out = Shared(out)
    let part = (left.rowCount + workers - 1) / workers
    forEachBlock(of: left.rowCount, size: part, workerCount: workers) { rows in
      left.elements.withUnsafeBufferPointer { elements in
        guard let start = elements.baseAddress else { return }
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows.count), Int32(right.columnCount),
          Int32(left.columnCount), 1, start + rows.lowerBound * left.columnCount,
          Int32(left.columnCount), right.elements, Int32(right.columnCount), 0,
          out.value + rows.lowerBound * right.columnCount, Int32(right.columnCount))
      }
    }
  }

  // MARK: Sparse

  private static func sparse(_ arguments: [String]) throws {
    let starts: [Int64] = try read(arguments[1])
    let columns: [Int32] = try read(arguments[2])
    let weights: [Double] = try read(arguments[3])
    let grid = matrix(try read(arguments[4]), columns: Int(arguments[5]) ?? 1)
    let (workers, rounds) = (Int(arguments[6]) ?? 1, Int(arguments[7]) ?? 1)
    var entries = SparseMatrix.Entries()
    for row in 0..<starts.count - 1 {
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        entries.add(row: row, column: Int(columns[entry]), weight: weights[entry])
      }
    }
    let matrix = SparseMatrix(
      rowCount: starts.count - 1, columnCount: grid.rowCount, entries: entries)
    var result = Matrix(rowCount: 0, columnCount: 0)
    let times = (0..<rounds).map { _ in
      seconds { result = matrix.times(grid, workerCount: workers) }
    }
    try write(result.elements, to: arguments[8])
    report(["seconds": times])
  }

  // MARK: Files and clocks

  private static func matrix(_ elements: [Double], columns: Int) -> Matrix {
    var matrix = Matrix(rowCount: elements.count / columns, columnCount: columns)
    matrix.elements = elements
    return matrix
  }

  private static func read<Element: BitwiseCopyable>(_ path: String) throws -> [Element] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return data.withUnsafeBytes { Array($0.bindMemory(to: Element.self)) }
  }

  private static func write(_ elements: [Double], to path: String) throws {
    try elements.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
  }

  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let time = try ContinuousClock().measure(work).components
    return Double(time.seconds) + Double(time.attoseconds) * 1e-18
  }

  private static func report(_ times: [String: [Double]]) {
    let parts = times.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    print("{\(parts.joined(separator: ", ")), \"peak_kilobytes\": \(peakKilobytes())}")
  }

  /// The most memory that was resident; 0 where the system does not say.
  private static func peakKilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }
}
