"""Evidence to be reviewed, attachments, imported ledgers as they came, and evidence packages."""
