# For Homebrew, from a git repository: put this file into a tap, then
# HOMEBREW_MISMATCH_SOURCE=<address of the repository> brew install --HEAD mismatch.
class Mismatch < Formula
  desc "Labour-market mismatch between training and vacancies"
  license "Apache-2.0"
  head ENV.fetch("HOMEBREW_MISMATCH_SOURCE"), using: :git, branch: "main"

  depends_on "boost" => :build
  depends_on "pkgconf" => :build
  depends_on "python@3" => :build
  depends_on "clp"
  depends_on "expat"
  depends_on "isa-l"
  depends_on "lapack"
  depends_on "libarchive"
  depends_on "openblas"
  depends_on "openssl@3"
  depends_on "re2"
  uses_from_macos "curl"
  uses_from_macos "swift" => :build

  def install
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "mismatch"
    system "Packaging/install.sh", ".build/release/mismatch", prefix
  end

  test do
    system bin/"mismatch", "init", "sample"
    system bin/"mismatch", "run", "sample/job.yaml"
  end
end
