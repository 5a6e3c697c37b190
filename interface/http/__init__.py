"""What pages and API are served through: a gate for every request, and seats for those that are worked on."""
