import Extracts
import Jobs

/// The version of the engine, as the manifest records it.
package let engineVersion = "0.1.0"
