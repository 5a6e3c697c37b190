"""From measured facts to points, sheets and grades; what another scheme, moment or quota would have made of them."""
