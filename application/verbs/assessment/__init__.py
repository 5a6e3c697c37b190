"""From the scheme of a year over evidence and scores to results, appeals and what follows of them."""
