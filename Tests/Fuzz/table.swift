@testable import Ingestion

/// A table with its header, through containers, rows and columns.
func fuzz(_ bytes: [UInt8]) { decodeInput(bytes, shape: .csv) }
