from desktop_app.documents.text_cost import chinese_bits, western_bits


def test_the_true_reading_is_the_cheapest():
    data = "这本书内容空洞".encode("gb18030")
    assert chinese_bits(data.decode("gb18030")) < chinese_bits(data.decode("cp950", "replace"))
    assert chinese_bits(data.decode("gb18030")) < western_bits(data.decode("cp1252", "replace"))
    data = "It’s a “café”".encode("cp1252")
    assert western_bits(data.decode("cp1252")) < chinese_bits(data.decode("gb18030", "replace"))


def test_frequent_characters_cost_less_than_rare_ones_and_damage_most():
    assert chinese_bits("的") < chinese_bits("鸿") < chinese_bits("鱻") < chinese_bits("\ufffd")
    assert western_bits("é") < western_bits("¬") < western_bits("\ufffd")
    assert western_bits("aéa") * 2 < western_bits("aééa") * 2
