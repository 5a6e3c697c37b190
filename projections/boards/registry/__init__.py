"""Units and villages: names, codes, days; lists of them; their fixed party days."""
