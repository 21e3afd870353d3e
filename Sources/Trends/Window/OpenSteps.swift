/// The steps that anything was written in: those of the window, and those behind it that are still open, in order.
struct OpenSteps {
  private var steps: [StepUses] = []
  /// What stands before it has been left behind.
  private var head = 0
  /// Emptied ones, to be filled again: in thin data most steps hold a tweet or two, and making them took longer than
  /// filling them.
  private var spare: [StepUses] = []
  /// Uses of a step that is worth keeping.
  private static let thin = 512
  /// Where the last search ended.
  private var last = 0

  /// Those that are held.
  var indices: Range<Int> { head..<steps.count }
  /// The number of the first.
  var first: Int64? { head < steps.count ? steps[head].number : nil }

  subscript(index: Int) -> StepUses {
    _read { yield steps[index] }
    _modify { yield &steps[index] }
  }

  /// Where step `number` is, or nil.
  mutating func find(_ number: Int64) -> Int? {
    let place = self.place(number)
    return place < steps.count && steps[place].number == number ? place : nil
  }

  /// The places of the steps of a range.
  mutating func indices(of numbers: Range<Int64>) -> Range<Int> {
    let start = place(numbers.lowerBound)
    var end = start
    while end < steps.count, steps[end].number < numbers.upperBound { end += 1 }
    return start..<end
  }

  /// Where step `number` is, made if it is new.
  mutating func make(_ number: Int64) -> Int {
    let place = self.place(number)
    if place < steps.count, steps[place].number == number { return place }
    if var made = spare.popLast() {
      made.reset(number)
      steps.insert(made, at: place)
    } else {
      steps.insert(StepUses(number), at: place)
    }
    last = place
    return place
  }

  /// Takes away the first.
  mutating func removeFirst() {
    // A busy step's memory is given back: nobody knows when the next comes, and what is kept goes from step to step.
    if steps[head].capacity <= Self.thin, spare.count < 64 {
      var taken = StepUses(.min)
      swap(&taken, &steps[head])
      spare.append(taken)
    } else {
      steps[head] = StepUses(.min)
    }
    head += 1
    if head >= 32 && head * 2 > steps.count {
      steps.removeFirst(head)
      head = 0
    }
  }

  // The first step not before `number`. Mostly that of the search before, or the end.
  private mutating func place(_ number: Int64) -> Int {
    if last >= head, last < steps.count, steps[last].number == number { return last }
    var low = head
    var high = steps.count
    if low < high, steps[high - 1].number < number { return high }
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].number < number { low = middle + 1 } else { high = middle }
    }
    last = low
    return low
  }
}
