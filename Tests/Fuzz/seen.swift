import Bytes
import Records

@testable import Ingestion

/// A file of `--seen`: read or refused.
func fuzz(_ bytes: [UInt8]) {
  FuzzFile.put(bytes)
  do { _ = try SeenFile.read(FuzzFile.path, folder: "/dev/shm") } catch is SeenFileError {} catch {
    fatalError("\(error)")
  }
}
