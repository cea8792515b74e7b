"""A matrix with as many entries behind it as one likes: to measure sites of any age without living through years."""
