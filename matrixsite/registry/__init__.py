"""What is known of the matrix itself: the health of its feeds, the freshness of its accounts, its member lists."""
