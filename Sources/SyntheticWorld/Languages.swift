/// The languages that the world's people write, with what their texts are made of.
///
/// The head of each vocabulary is common words of the language, most frequent first; the tail is made of its syllables
/// (`Vocabulary`). The texts mean nothing, but they break into words, fold and sort as real ones do.
enum Language: UInt8, CaseIterable, Sendable {
  case en, es, pt, fr, de, ja, ko, ar, ru, th, hi
  /// Emoji and nothing else.
  case und

  /// The code in a tweet's `lang`.
  var code: StaticString {
    switch self {
    case .en: "en"
    case .es: "es"
    case .pt: "pt"
    case .fr: "fr"
    case .de: "de"
    case .ja: "ja"
    case .ko: "ko"
    case .ar: "ar"
    case .ru: "ru"
    case .th: "th"
    case .hi: "hi"
    case .und: "und"
    }
  }

  /// Whether words stand apart by spaces.
  var hasSpaces: Bool { self != .ja && self != .th }

  /// The weighted length is twice as much a character.
  var isWide: Bool { self == .ja || self == .ko }

  /// Ends a sentence.
  var fullStop: StaticString {
    switch self {
    case .ja: "。"
    case .hi: "।"
    case .th: " "
    default: "."
    }
  }

  /// How people laugh in it.
  var laughter: StaticString {
    switch self {
    case .en, .und: "lol"
    case .es: "jajaja"
    case .pt: "kkkkk"
    case .fr: "mdr"
    case .de: "haha"
    case .ja: "www"
    case .ko: "ㅋㅋㅋ"
    case .ar: "ههههه"
    case .ru: "ахаха"
    case .th: "5555"
    case .hi: "हाहा"
    }
  }

  /// Common words, most frequent first.
  var head: String {
    switch self {
    case .en:
      """
      the to a and I of in is you it for that on my with this be me so just have not are at we but all like what out \
      up now was they get one your do time good day can when love people if go new today from more know about see back \
      really think need night work want great still life best world first never game home week morning coffee rain \
      music train friends house street summer garden window river mountain dog cat book city market bridge harbor \
      light storm winter paper kitchen doctor school teacher football match ticket song guitar story letter
      """
    case .es:
      """
      de que no a la el y en me es lo un mi se por te con para los una pero más si ya como yo las está hoy todo del al \
      muy bien cuando hay día porque esta ser qué vida siempre nada gracias mejor mañana noche tiempo feliz años gente \
      así quiero tengo hacer ver mundo casa nunca aquí amor semana café lluvia música tren amigos calle verano jardín \
      río montaña perro gato libro ciudad mercado puente fútbol partido canción niño señor corazón último
      """
    case .pt:
      """
      que de e o a não eu é do um pra da em com me no uma se mais na meu por tem para os mas tá como você hoje minha só \
      muito já bem quando dia vai isso ser ele aqui gente tudo nada amor vida sempre noite casa agora melhor semana \
      manhã café chuva música trem amigos rua verão jardim rio montanha cachorro gato livro cidade mercado ponte \
      futebol jogo canção coração última irmão também está você saudade praia
      """
    case .fr:
      """
      de la je et le les à pas est un que en pour une c'est des il on ça tu dans qui plus du j'ai mais me se avec ce \
      tout moi bien sur trop fait au suis va si même quand jour ma aussi rien toujours faire être merci vie matin \
      soir temps monde maison jamais ici amour semaine café pluie musique train amis rue été jardin rivière montagne \
      chien chat livre ville marché pont match chanson cœur dernière forêt élève garçon hôtel
      """
    case .de:
      """
      ich die und der ist das nicht in zu es mit ein so auf für man mir den du von auch mal noch wie dass wir aber wenn \
      hat nur schon ja sind im was jetzt heute immer mehr gut aus bei eine wird haben oder mich dann kann nach über \
      Tag Leben Morgen Abend Zeit Welt Haus nie hier Liebe Woche Kaffee Regen Musik Zug Freunde Straße Sommer Garten \
      Fluss Berg Hund Katze Buch Stadt Markt Brücke Fußball Spiel Lied Herz Mädchen größer Schule Bahnhof
      """
    case .ja:
      """
      の に は て を が た で と し も な です ます から ない だ 今日 これ 私 人 さん 思う ある いる する 良い 日 何 \
      見る 時間 好き 行く 明日 もう 本当 今 楽しい 朝 夜 雨 音楽 電車 友達 家 街 夏 庭 川 山 犬 猫 本 都市 市場 橋 \
      試合 歌 コーヒー ゲーム アニメ ライブ カレー ラーメン 写真 仕事 学校 先生 天気 桜 ありがとう おはよう すごい
      """
    case .ko:
      """
      이 그 나는 너무 진짜 오늘 내가 그냥 다 왜 더 안 잘 우리 것 수 있는 없는 하는 같은 정말 지금 사람 생각 시간 좋은 \
      하루 내일 아침 밤 비가 음악 기차 친구 집에 거리 여름 정원 강 산 강아지 고양이 책을 도시 시장 다리 경기 노래 커피 \
      게임 영화 사진 학교 선생님 날씨 벚꽃 감사합니다 안녕하세요 사랑해 행복한 맛있는 서울에서 이렇게 그래서
      """
    case .ar:
      """
      من في على ما لا أن يا و الله كل هذا عن اللي لو إلى مع بس أنا هو يوم شي انت بعد كان كم الي قبل غير عليه اليوم خير \
      صباح مساء الحياة الناس وقت قلب حب بيت دائما هنا شكرا مطر موسيقى قطار أصدقاء شارع صيف حديقة نهر جبل كلب قطة كتاب \
      مدينة سوق جسر مباراة أغنية قهوة مدرسة جديد كبير صغير جميل
      """
    case .ru:
      """
      и в не на я что с а как это у все по так но мне за ты меня же из то бы да вот уже для очень если когда нет день \
      только мы было сегодня теперь еще люди жизнь утро вечер время мир дом никогда здесь любовь неделя кофе дождь \
      музыка поезд друзья улица лето сад река гора собака кот книга город рынок мост матч песня сердце школа новый
      """
    case .th:
      """
      ที่ ไม่ เป็น มา ไป ก็ มี ได้ ให้ กับ ของ แล้ว ว่า นี้ คน เรา จะ วัน รัก ดี มาก กิน อยู่ วันนี้ พรุ่งนี้ เช้า คืน \
      ฝน เพลง รถไฟ เพื่อน บ้าน ถนน สวน แม่น้ำ ภูเขา หมา แมว หนังสือ เมือง ตลาด สะพาน เกม กาแฟ โรงเรียน ครู สวย ใหม่ \
      น่ารัก อร่อย ขอบคุณ สวัสดี
      """
    case .hi:
      """
      के में है की को और से का नहीं ने हैं पर यह भी ही हो एक तो इस कर था जो कि आज हम आप लिए सब बात दिन लोग बहुत अच्छा \
      जीवन सुबह रात समय दुनिया घर कभी यहाँ प्यार सप्ताह चाय बारिश संगीत ट्रेन दोस्त सड़क गर्मी बगीचा नदी पहाड़ कुत्ता \
      बिल्ली किताब शहर बाज़ार पुल मैच गाना दिल विद्यालय नया धन्यवाद
      """
    case .und: "🙂"
    }
  }

  /// What the tail's words are built of.
  var syllables: String {
    switch self {
    case .en:
      "ba con der el fi gra hol in jo ka lu mo ner o pri qua ro sta ter un ver wi yo zan ing ly ness ment"
    case .es: "ba ción der el fi gra ho in ja ca lu mo ñe o pri que ro sta té un ver mi yo za dad mente res ó"
    case .pt:
      "ba ção de el fi gra lho in ja ca lu mo nhe o pri que ro sta té um ver mi ão ça dade mente res ê"
    case .fr:
      "ba tion de el fi gra eau in jou ca lu mon gne o pri que ro sta té un ver mi oi ça ment eux rê œu"
    case .de:
      "bau kon der ei fi gra hol in ja ka lü mo ner ö pri qua ro stein ter un ver wie schaft zan ung lich heit ß"
    case .ja: "安 伊 宇 江 岡 加 木 久 計 古 左 四 須 世 曽 田 知 津 手 戸 奈 仁 野 葉 日 風 部 穂 真 水"
    case .ko: "가 나 다 라 마 바 사 아 자 차 카 타 파 하 강 남 동 랑 문 불 선 양 정 천 골 턴 품 혁 의 를"
    case .ar: "با تا ثا جا حا خا دا را زا سا شا صا طا عا غا فا قا كا لا ما نا ها وا يا ري مي لي ون ين ات"
    case .ru:
      "ба кон дер ел фи гра хол ин жо ка лу мо нер о при ква ро ста тер ун вер ви ё зан ость ние ский ыва"
    case .th: "กา ขา คา งา จา ชา ดา ตา ทา นา บา ปา พา มา ยา รา ลา วา สา หา อา กี มี ดี สี ตู ปู รู"
    case .hi: "का खा गा चा जा टा डा ता दा ना पा बा मा या रा ला वा शा सा हा कि मि दी री नू मू"
    case .und: "🙂"
    }
  }

  /// Everyday hashtags, without `#`, most used first; the first is the one of every morning.
  var hashtags: [StaticString] {
    switch self {
    case .en:
      [
        "goodmorning", "NowPlaying", "coffee", "MondayMotivation", "photography", "foodie", "travel", "NFL",
        "AI",
      ]
    case .es: ["buenosdías", "FelizViernes", "fútbol", "música", "México", "café", "cine", "viajes"]
    case .pt: ["bomdia", "futebol", "música", "SextouComS", "praia", "café", "BBB", "viagem"]
    case .fr: ["bonjour", "cinéma", "Paris", "musique", "télé", "cuisine", "vélo"]
    case .de: ["gutenMorgen", "Fußball", "Tatort", "Kaffee", "Bahn", "Wandern", "Straßenfest"]
    case .ja: ["おはよう", "写真好きな人と繋がりたい", "猫", "アニメ", "ラーメン", "野球", "ゲーム実況"]
    case .ko: ["굿모닝", "일상", "맛집", "고양이", "영화", "야구", "주말"]
    case .ar: ["صباح_الخير", "قهوة", "كرة_القدم", "شعر", "سفر", "رمضان"]
    case .ru: ["доброеутро", "Москва", "музыка", "кино", "футбол", "дача"]
    case .th: ["สวัสดีวันใหม่", "กินอะไรดี", "แมว", "ฟุตบอล", "หนัง"]
    case .hi: ["सुप्रभात", "क्रिकेट", "संगीत", "चाय", "भारत"]
    case .und: ["mood"]
    }
  }
}
