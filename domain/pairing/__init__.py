"""Pairings of branches with villages: agreement, posts, activities, recognition."""
