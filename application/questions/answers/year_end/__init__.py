"""The year's end: evidence, runs, grades, notice, appeals and what results lead to."""
