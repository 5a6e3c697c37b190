"""Evidence packages, with the texts they hold beside the evidence, and the verification of everything."""
