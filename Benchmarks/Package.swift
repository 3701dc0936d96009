// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "mismatch-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "WholeRun",
      dependencies: [.product(name: "Benchmark", package: "benchmark")],
      path: "WholeRun",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
