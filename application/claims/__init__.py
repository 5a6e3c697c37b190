"""What belongs to one only, such as a number or a name: what taking it asks of another stream."""
