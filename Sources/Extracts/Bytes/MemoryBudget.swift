import Dense
import Mismatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many bytes a run may take: what `--memory` says, and in any case what the machine and the limits of the
/// process allow.
///
/// Swift ends the process where an allocation fails, so whatever is sized by data is compared with this first.
package struct MemoryBudget: Sendable {
  /// What `--memory` says; nil for no limit.
  let stated: Int?

  package init(stated: Int?) { self.stated = stated }

  /// The budget without bytes that others take.
  package func less(_ byteCount: Int) -> MemoryBudget {
    MemoryBudget(stated: stated.map { $0 - byteCount })
  }

  /// Makes sure that so many bytes may be taken, those that the process holds already among them.
  ///
  /// - Parameters:
  ///   - what: what needs them, for messages.
  ///   - advice: how to need less.
  /// - Throws: ``Failure`` (`failed`).
  package func verify(_ byteCount: Int, for what: String, advice: String) throws {
    func refusal(_ limit: String, _ first: String) -> Failure {
      Failure(
        .failed, "\(what) need \(byteCount) bytes, more than \(limit)", advice: first + advice)
    }
    if let stated, byteCount > stated {
      throw refusal("--memory allows (\(stated))", "Raise --memory, ")
    }
    guard byteCount <= MemoryBudget.machine else {
      throw refusal("this machine has (\(MemoryBudget.machine))", "On this machine, ")
    }
    guard hasFreeAddresses(byteCount - MemoryBudget.held) else {
      throw refusal("the limits of this process allow (`ulimit -v`)", "Raise the limit, ")
    }
  }

  /// Bytes that may be taken besides others, below 0 where those are too many already.
  ///
  /// - Parameter wish: what is wanted where `--memory` says nothing.
  package func room(usually wish: Int, besides others: Int) -> Int {
    let limit = stated.map { $0 - others } ?? wish
    guard limit > 0 else { return limit }
    var room = max(0, min(limit, MemoryBudget.machine - others))
    while room > 0, !hasFreeAddresses(room + others) { room /= 2 }
    return room
  }

  /// Makes sure that the largest list of the process, whatever it is, could become twice as long.
  ///
  /// - Throws: ``Failure`` (`failed`); to be called now and then where lists grow with what is read.
  static func verifyRoom() throws {
    let held = held
    guard held > 1 << 26 else { return }
    guard held < machine - machine / 8, hasFreeAddresses(held) else {
      throw Failure(
        .failed, "the inputs need more memory than is available: \(held) bytes so far",
        advice:
          "Read fewer rows, areas or categories: prepare smaller files, or look for a column of "
          + "references among the keys of the job")
    }
  }

  /// The machine's memory, or that of its container.
  private static let machine: Int = {
    let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let container = (try? TextFile.read("/sys/fs/cgroup/memory.max")).flatMap {
      Int($0.prefix { $0 != "\n" })
    }
    return min(physical > 0 ? physical : Int.max, container ?? Int.max)
  }()

  /// The most memory that the process has held so far.
  private static var held: Int {
    var usage = rusage()
    #if canImport(Glibc)
      let (this, unit) = (__rusage_who_t(RUSAGE_SELF.rawValue), 1 << 10)
    #else
      let (this, unit) = (RUSAGE_SELF, 1)
    #endif
    return getrusage(this, &usage) == 0 ? Int(usage.ru_maxrss) * unit : 0
  }
}

extension Int {
  /// The product of counts, or a number beyond all memory where it is larger than that.
  package static func bytes(_ factors: Int...) -> Int {
    factors.reduce(1) { product, factor in
      let (result, overflows) = product.multipliedReportingOverflow(by: factor)
      return overflows ? 1 << 60 : Swift.min(result, 1 << 60)
    }
  }
}
