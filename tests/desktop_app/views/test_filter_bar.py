from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.views.files.filter_bar import FilterBar


def test_showing_all_rows_takes_the_words_and_their_sign_away(qtbot):
    bar = FilterBar(QWidget(), QWidget())
    qtbot.addWidget(bar)
    bar.show()
    said = []
    bar.words_changed.connect(said.append)
    (sign,) = bar.words.findChildren(QToolButton)
    bar.words.setText("zeppelin")
    qtbot.waitUntil(lambda: sign.property("opacity") == 1.0)
    bar.reset()
    assert bar.words.text() == ""
    assert said[-1] == "" and not bar.clear.isEnabled()
    qtbot.waitUntil(lambda: sign.property("opacity") == 0.0)
    qtbot.wait(300)  # longer than one waits for another key
    assert said.count("") == 1 and said[-1] == ""
