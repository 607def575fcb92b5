from bert_tf.training.model_card import confusion_table


def test_labels_stay_inside_their_cells() -> None:
    table = confusion_table(["yes | no", "a"], [[1, 0], [2, 3]])
    assert table.splitlines()[0] == "| | yes \\| no | a |"
    assert table.splitlines()[2] == "| **yes \\| no** | 1 | 0 |"
