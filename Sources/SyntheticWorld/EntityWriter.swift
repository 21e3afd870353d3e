internal import Bytes

extension StatusWriter {
  /// `"entities":{…}` of a text, in the v1.1 shape; with attached media also `extended_entities`.
  func entities(_ text: borrowing Composition, _ core: TweetCore, into out: inout ByteBuffer) {
    out.append("\"entities\":{\"hashtags\":[")
    list(.hashtag, text, core, into: &out)
    out.append("],\"symbols\":[")
    list(.cashtag, text, core, into: &out)
    out.append("],\"user_mentions\":[")
    list(.mention, text, core, into: &out)
    out.append("],\"urls\":[")
    list(.url, text, core, into: &out)
    out.append("]")
    let hasMedia = text.entities.last?.kind == .media
    if hasMedia {
      out.append(",\"media\":[")
      list(.media, text, core, into: &out)
      out.append("]},\"extended_entities\":{\"media\":[")
      list(.media, text, core, into: &out)
      out.append("]")
    }
    out.append("}")
  }

  private func list(
    _ kind: TextEntity.Kind, _ text: borrowing Composition, _ core: TweetCore, into out: inout ByteBuffer
  ) {
    var isFirst = true
    for entity in text.entities where entity.kind == kind {
      out.append(isFirst ? "{" : ",{")
      isFirst = false
      let words = text.text.span.extracting(entity.bytes)
      switch kind {
      case .hashtag, .cashtag:
        out.append("\"text\":\"")
        out.append(escaped: words, ascii: core.isStream)
        out.append("\"")
      case .mention:
        let account = people.accounts[Int(entity.reference)]
        out.append("\"screen_name\":\"")
        out.append(words)
        out.append("\",\"name\":\"")
        out.append(account.name)
        out.append("\",\"id\":")
        out.append(decimal: account.id)
        out.append(",\"id_str\":\"")
        out.append(decimal: account.id)
        out.append("\"")
      case .url: link(entity.reference, words, into: &out)
      case .media: medium(entity.reference, words, into: &out)
      }
      out.append(",\"indices\":[")
      out.append(decimal: UInt64(entity.start))
      out.append(",")
      out.append(decimal: UInt64(entity.end))
      out.append("]}")
    }
  }

  private func link(_ seed: UInt64, _ short: Span<UInt8>, into out: inout ByteBuffer) {
    out.append("\"url\":\"")
    out.append(short)
    out.append("\",\"expanded_url\":\"")
    Links.appendLong(seed, to: &out)
    out.append("\",\"display_url\":\"")
    Links.appendLong(seed, scheme: false, to: &out)
    out.append("\"")
  }

  private func medium(_ owner: UInt64, _ short: Span<UInt8>, into out: inout ByteBuffer) {
    out.append("\"id\":")
    out.append(decimal: owner + 1)
    out.append(",\"id_str\":\"")
    out.append(decimal: owner + 1)
    out.append("\",\"media_url_https\":\"https://pbs.twimg.com/media/")
    out.append(decimal: owner)
    out.append(".jpg\",\"url\":\"")
    out.append(short)
    out.append("\",\"display_url\":\"pic.twitter.com/")
    out.append(short.extracting(13..<short.count))
    out.append("\",\"expanded_url\":\"https://twitter.com/i/status/")
    out.append(decimal: owner)
    out.append("/photo/1\",\"type\":\"photo\"")
  }
}
