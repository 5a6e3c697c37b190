"""Appeals against one score line or one finding."""
