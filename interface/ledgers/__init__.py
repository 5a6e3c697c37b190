"""Ledgers in and out: XLSX workbooks of a county read into typed rows, and refused rows handed back."""
