"""Facts: what happened, as bitemporal rows that are counted, and filters over them."""
