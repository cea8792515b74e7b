"""Documents for readers, and `manual`, which makes a site of them."""
