"""Tamper evidence: leaves, tree, proofs, notes. Standard library only, and Python 3.8 syntax, since the stand-alone
verifier of an evidence package is made of these very files."""
