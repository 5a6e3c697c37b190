"""Commands that keep the record: provable, copied, handed out with proofs, and free of names that were erased."""
