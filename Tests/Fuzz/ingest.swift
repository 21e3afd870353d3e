import Bytes
import Containers
import Records

@testable import Ingestion

/// A whole input of `ingest`: containers in containers, archives with their owners, values cut into chunks.
func fuzz(_ bytes: [UInt8]) { decodeInput(bytes, shape: nil) }
