"""What a page says of itself to programs: all of it from the values that the page shows, so rights are kept by them."""
