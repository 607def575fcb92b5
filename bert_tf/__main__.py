"""`python -m bert_tf` is `bert-tf`."""

from bert_tf.cli import main

main()
