import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.guide_pictures import in_few_colours


def test_a_picture_keeps_its_main_colours_and_gets_small(qapp, tmp_path):
    picture = QImage(600, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor("#fefefe"))
    painter = QPainter(picture)
    painter.fillRect(0, 0, 300, 100, QColor("#2b66cc"))
    noise = np.random.default_rng(1).integers(0, 256, (40, 600, 3))
    for row, line in enumerate(noise):  # colours of which there are far too many
        for column, (red, green, blue) in enumerate(line.tolist()):
            picture.setPixelColor(column, 360 + row, QColor(red, green, blue))
    painter.setPen(QColor("#1b1e23"))
    painter.drawText(20, 200, "Letters with soft edges")
    painter.end()
    small = in_few_colours(picture)
    assert small.format() == QImage.Format.Format_Indexed8
    assert len(small.colorTable()) <= 160
    assert small.pixelColor(500, 50) == QColor("#fefefe")
    assert small.pixelColor(100, 50) == QColor("#2b66cc")
    assert small.size() == picture.size()
    path, large = tmp_path / "small.png", tmp_path / "large.png"
    assert small.save(str(path)) and picture.save(str(large))
    assert path.stat().st_size < 0.6 * large.stat().st_size
