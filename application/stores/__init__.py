"""Mutable tables and files beside the log: names, attachments, accounts, accesses."""
