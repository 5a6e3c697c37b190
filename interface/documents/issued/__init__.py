"""Documents that are issued: what they say, and how they are set; as data, as a page and as PDF."""
