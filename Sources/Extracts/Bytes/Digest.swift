import CCrypto
import Mismatch

/// A running SHA-256 (OpenSSL's).
package struct Digest: ~Copyable {
  private let context: OpaquePointer

  package init() throws {
    guard let context = crypto_sha256() else {
      throw Failure(.failed, "OpenSSL has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest of a whole file.
  package static func ofFile(_ path: String) throws -> String {
    try of(try FileDescriptor(reading: path))
  }

  /// The digest of what an open file holds.
  package static func of(_ file: borrowing FileDescriptor) throws -> String {
    let digest = try Digest()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try file.read(into: block)
      if count == 0 { return digest.finish() }
      digest.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// The digest as 64 hexadecimal digits; call once.
  package func finish() -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: finishBytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }

  /// The 32 bytes of the digest; call once.
  package func finishBytes() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &bytes, nil)
    return bytes
  }
}
