"""What every context shares: events and their catalogue, the envelope, clauses, refusals, ids, persons, dates."""
