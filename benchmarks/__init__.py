"""Side-by-side measurements that the README quotes."""
