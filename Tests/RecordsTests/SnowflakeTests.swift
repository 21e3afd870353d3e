import Records
import TestSupport
import Testing

@Suite struct SnowflakeTests {
  @Test("the time of a known tweet") func known() {
    #expect(
      Snowflake.time(1_034_898_743_869_534_208).map { Timestamp.text($0).prefix(19) } == "2018-08-29T20:21:02"
    )
  }

  @Test("ids below the first snowflake carry no time") func first() {
    #expect(Snowflake.time(29_700_859_247) == nil)
    #expect(Snowflake.time(29_700_859_248) != nil)
    #expect(Snowflake.time(UInt64(Int64.max)) != nil)
    #expect(Snowflake.time(UInt64(Int64.max) + 1) == nil)
    #expect(Snowflake.time(.max) == nil && Snowflake.time(0) == nil)
  }

  @Test("an id is made of its parts and gives its time back", arguments: 0..<20) func parts(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let time = Snowflake.epoch + Int64.random(in: 10_000..<1 << 41, using: &random)
      let worker = Int.random(in: 0..<1024, using: &random)
      let sequence = Int.random(in: 0..<4096, using: &random)
      let id = try #require(Snowflake.make(milliseconds: time, worker: worker, sequence: sequence))
      #expect(Snowflake.time(id) == time)
      #expect(id >= Snowflake.firstID(at: time) && id < Snowflake.firstID(at: time + 1))
      #expect(Int(id >> 12 & 1023) == worker && Int(id & 4095) == sequence)
    }
  }

  @Test("parts that do not fit make no id") func bounds() {
    let time = Snowflake.epoch
    #expect(Snowflake.make(milliseconds: time - 1, worker: 0, sequence: 0) == nil)
    #expect(Snowflake.make(milliseconds: time + 1 << 41, worker: 0, sequence: 0) == nil)
    #expect(Snowflake.make(milliseconds: time, worker: 1024, sequence: 0) == nil)
    #expect(Snowflake.make(milliseconds: time, worker: -1, sequence: 0) == nil)
    #expect(Snowflake.make(milliseconds: time, worker: 0, sequence: 4096) == nil)
    #expect(Snowflake.firstID(at: time) == 0 && Snowflake.firstID(at: .min) == 0)
  }
}
