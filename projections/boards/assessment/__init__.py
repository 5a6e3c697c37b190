"""Schemes, runs, results, the year's work, appeals, and what published results led to."""
