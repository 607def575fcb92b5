import pytest

from desktop_app.views.models.fact_grid import FactGrid


@pytest.mark.parametrize("name", ["Recipe", "\u91cf\u5316\u65b9\u6848"])
def test_no_value_is_cut_whatever_letters_its_name_has(qtbot, name):
    grid = FactGrid()
    qtbot.addWidget(grid)
    grid.show_facts([(name, "dynamic_wi8_afp32"), ("Size", "4.8 MiB\n" * 3)])
    grid.resize(400, 200)
    grid.show()
    assert grid.facts[0] == (name, "dynamic_wi8_afp32")
    for _, value in grid._rows:
        assert value.viewport().height() >= value.document().size().height()
