import Mismatch

/// What fetches have in common: who asks, the environment, where pages are kept, and who is told how far it is.
package final class FetchSession {
  package let client: Client
  package let progress: FetchProgress
  private let environment: [String: String]

  package init(
    _ client: Client, environment: [String: String],
    progress: FetchProgress = FetchProgress(show: { _ in }, end: {})
  ) {
    (self.client, self.environment, self.progress) = (client, environment, progress)
    progress.clock = client.clock
  }

  /// The address of a source, or the one that the environment names instead.
  func address(_ standard: String, instead variable: String) throws -> Address {
    try Address(standard, instead: variable, environment)
  }

  /// The key of a source; nil where the environment has none.
  func key(_ variable: String) throws -> String? {
    try SecretPlace(variable: variable).key(environment)
  }

  /// The folder where pages are kept: `$XDG_CACHE_HOME/mismatch/fetch`, or that below `~/.cache`.
  ///
  /// - Throws: ``Failure`` where neither variable names a folder.
  func cacheFolder() throws -> String {
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
      return folder + "/mismatch/fetch"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw Failure(
        .usage, "no folder to keep pages in", expected: "HOME or XDG_CACHE_HOME in the environment")
    }
    return home + "/.cache/mismatch/fetch"
  }
}

/// How far a download is.
package final class FetchProgress {
  /// A moment of a download.
  package struct Moment {
    package let name: String
    /// Rows, or bytes where the source says nothing of rows.
    package let done: Int
    package let total: Int
    /// Seconds that are left at the speed so far; nil where that is not known yet.
    package let secondsLeft: Double?
  }

  private let show: (Moment) -> Void
  /// Told where nothing more is shown.
  package let end: () -> Void
  fileprivate(set) var clock: Clock?
  private var (name, first, total, start) = ("", 0, 0, 0.0)

  package init(show: @escaping (Moment) -> Void, end: @escaping () -> Void) {
    (self.show, self.end) = (show, end)
  }

  /// Begins a download of which some is there already.
  func begin(_ name: String, _ done: Int, of total: Int) {
    (self.name, first, self.total) = (name, done, total)
    start = clock?.now() ?? 0
    show(Moment(name: name, done: done, total: total, secondsLeft: nil))
  }

  func advance(to done: Int) {
    let spent = (clock?.now() ?? 0) - start
    let left = done > first ? spent / Double(done - first) * Double(total - done) : nil
    show(Moment(name: name, done: done, total: total, secondsLeft: left))
  }
}
