"""Evidence to be reviewed, attachments, and evidence packages."""
