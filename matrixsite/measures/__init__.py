"""Measures (数据): what editors know of accounts that no feed says, such as reads; see docs/measures.md."""
