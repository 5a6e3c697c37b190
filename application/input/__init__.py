"""What people write becomes typed values: the fields of verbs and questions, their reader, the places of pages."""
