// swift-tools-version: 6.0
import PackageDescription

// `make fuzz` sets this: the program that libFuzzer drives, and the library with coverage for it.
let isFuzzing = Context.environment["MISMATCH_FUZZ"] == "1"
let fuzzSettings: [SwiftSetting] =
  isFuzzing
  ? [
    .unsafeFlags([
      "-enable-testing", "-sanitize=fuzzer",
      "-sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table",
    ])
  ] : []
let fuzzTargets: [Target] =
  isFuzzing
  ? [
    .executableTarget(
      name: "Fuzz", dependencies: ["Reports", "Runs", "Jobs", "Extracts", "Mismatch", "Dense"],
      path: "Fuzz/Sources",
      swiftSettings: fuzzSettings)
  ] : []

// `make bench` sets this: products over areas, transport plans and what they are made of, timed in one
// process.
let benchTargets: [Target] =
  Context.environment["MISMATCH_BENCH"] == "1"
  ? [
    .executableTarget(
      name: "SpaceBench", dependencies: ["Dense", "COpenBLAS"], path: "Benchmarks/Space/Bench"),
    .executableTarget(
      name: "TransportBench", dependencies: ["Mismatch", "Dense", "COpenBLAS"],
      path: "Benchmarks/Transport/Bench"),
  ] : []

// `make docs` sets this: the plugin is no part of an ordinary build.
let docsPackages: [Package.Dependency] =
  Context.environment["MISMATCH_DOCS"] == "1"
  ? [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")] : []

// Homebrew's folders are none of clang's own.
let homebrewHeaders: [CXXSetting] = [
  .unsafeFlags(["-I/opt/homebrew/include", "-I/usr/local/include"], .when(platforms: [.macOS]))
]

let package = Package(
  name: "mismatch",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "mismatch", targets: ["Command"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + docsPackages,
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke",
      providers: [.apt(["liblapacke-dev"]), .brew(["lapack"])]),
    .systemLibrary(
      name: "CISAL", pkgConfig: "libisal",
      providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    // Opened at run time, not linked: see its header.
    .systemLibrary(
      name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(name: "CSystem"),
    .target(
      // RE2's pkg-config file has flags that SwiftPM warns of.
      name: "CPattern", cxxSettings: homebrewHeaders,
      linkerSettings: [
        .linkedLibrary("re2"),
        .unsafeFlags(["-L/opt/homebrew/lib", "-L/usr/local/lib"], .when(platforms: [.macOS])),
      ]),
    .target(name: "CScan"),
    // Boost's headers have no pkg-config file.
    .target(name: "CSpecial", cxxSettings: homebrewHeaders),
    .systemLibrary(
      name: "CClp", pkgConfig: "clp",
      providers: [.apt(["coinor-libclp-dev"]), .brew(["clp"])]),
    .target(name: "CKernels"),
    .target(
      name: "Dense", dependencies: ["CClp", "CKernels", "COpenBLAS", "CLAPACKE", "CSpecial"]),
    .target(name: "Charts"),
    .target(name: "Mismatch", dependencies: ["Dense"], swiftSettings: fuzzSettings),
    .target(
      name: "Extracts",
      dependencies: [
        "Mismatch", "Dense", "CPattern", "CScan", "CSystem", "CISAL", "CCrypto", "CArchive",
        "CExpat",
      ], swiftSettings: fuzzSettings),
    .target(
      name: "Jobs",
      dependencies: ["Extracts", "Mismatch", .product(name: "Yams", package: "Yams")],
      swiftSettings: fuzzSettings),
    .target(
      name: "Fetching", dependencies: ["Jobs", "Extracts", "Mismatch", "CScan", "CCurl"]),
    .target(
      name: "Runs", dependencies: ["Jobs", "Extracts", "Mismatch", "Charts", "Dense"],
      swiftSettings: fuzzSettings),
    .target(
      name: "Reports",
      dependencies: [
        "Runs", "Jobs", "Extracts", "Mismatch", "Charts", "Dense", "CSystem",
        .product(name: "Mustache", package: "swift-mustache"),
      ], resources: [.embedInCode("Report/Templates")], swiftSettings: fuzzSettings),
    .executableTarget(
      name: "Command",
      dependencies: [
        "Fetching", "Reports", "Runs", "Jobs", "Extracts", "Mismatch", "Dense", "CSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "Support", dependencies: ["Mismatch", "Dense"], path: "Tests/Support"),
    .testTarget(
      name: "DenseTests", dependencies: ["CKernels", "Dense", "Support"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"]),
    .testTarget(name: "MismatchTests", dependencies: ["Mismatch", "Dense", "Support"]),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Reports", "Runs", "Jobs", "Extracts", "CScan", "Mismatch", "Dense", "Support",
      ]),
    .testTarget(
      name: "FetchingTests",
      dependencies: ["Fetching", "Runs", "Jobs", "Extracts", "Mismatch", "Support"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Command", "Reports", "Runs", "Jobs", "Extracts", "Support"]),
  ] + fuzzTargets + benchTargets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
