"""Words of the assessment of a year, one file per subject as among its verbs."""
