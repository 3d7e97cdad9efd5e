"""A page -> the lists of articles that it may hold, ranked and explained. Pure."""
