import Records
import TestSupport
import Testing

@Suite struct LedgerTests {
  @Test("it balances exactly when what came in went somewhere, whatever was emitted", arguments: 0..<30)
  func balance(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var ledger = Ledger()
    func some() -> Int { Int.random(in: 0..<1000, using: &random) }
    (ledger.written, ledger.duplicate, ledger.rejected, ledger.filtered) = (some(), some(), some(), some())
    (ledger.quarantined, ledger.applied, ledger.expanded, ledger.emitted) = (some(), some(), some(), some())
    let out =
      ledger.written + ledger.duplicate + ledger.rejected + ledger.filtered + ledger.quarantined
      + ledger.applied
    ledger.read = out - ledger.expanded
    #expect(ledger.isBalanced)
    ledger.read += 1
    #expect(!ledger.isBalanced)
  }

  @Test("sums of ledgers are sums of their terms and details") func add() {
    var one = Ledger()
    (one.read, one.written, one.rejected) = (3, 2, 1)
    one.add("findings", 2)
    var two = Ledger()
    (two.read, two.applied, two.emitted) = (4, 4, 9)
    two.add("findings")
    two.add("commit", 5)
    one.add(two)
    #expect(one.terms.map(\.count) == [7, 0, 2, 0, 1, 0, 0, 4, 9])
    #expect(one.details.map(\.name) == ["findings", "commit"] && one.details.map(\.count) == [3, 5])
    #expect(one.isBalanced)
    #expect(one != two)
  }
}
