"""Appeals from filing to the run that came of them."""
