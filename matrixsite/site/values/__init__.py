"""From the store to the values of a page: one module a subject, one function a page type."""
