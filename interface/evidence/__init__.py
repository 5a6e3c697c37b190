"""What an evidence package holds beside the evidence: how to check it, and a page to print."""
