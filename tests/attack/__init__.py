"""Attacks on the service: the long forms by hand (``make attack``), short ones with the other tests."""
