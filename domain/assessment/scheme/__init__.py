"""What a scheme is: the tree of indicators, what each measures, what a measured value is worth, and how schemes differ."""
