// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "mismatch",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "mismatch", targets: ["Command"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
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
    .target(name: "Dense", dependencies: ["COpenBLAS", "CLAPACKE"]),
    .target(name: "Mismatch", dependencies: ["Dense"]),
    .target(
      name: "MismatchFormats",
      dependencies: [
        "Mismatch", "Dense", "CISAL", "CCrypto", "CArchive", "CExpat",
        .product(name: "Yams", package: "Yams"),
      ]
    ),
    .executableTarget(
      name: "Command",
      dependencies: [
        "MismatchFormats", "Mismatch", "Dense",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "Support", dependencies: ["Mismatch", "Dense"], path: "Tests/Support"),
    .testTarget(name: "DenseTests", dependencies: ["Dense", "Support"]),
    .testTarget(name: "MismatchTests", dependencies: ["Mismatch", "Dense", "Support"]),
    .testTarget(
      name: "MismatchFormatsTests", dependencies: ["MismatchFormats", "Mismatch", "Support"]),
    .testTarget(name: "CommandTests", dependencies: ["Command", "MismatchFormats", "Support"]),
  ],
  swiftLanguageModes: [.v6]
)
