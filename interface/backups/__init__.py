"""Backups: one consistent copy of everything, verified, and how it is put back beside what there was."""
