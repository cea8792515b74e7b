"""Search on a static host: an index of character bigrams in files that a small script reads.

    entries ─► segments (periods of time) ─► records: what results show, RECORDS entries a file
                                         ├─► postings: which entries hold a bigram, a file for a share of all bigrams
                                         └─► the accounts of the entries, for who asks for some

A word of two or more characters is found wherever a title or an excerpt holds it, letter for letter after `folding`:
the posting of its first bigram tells what follows, up to the eighth character; the record then says for certain. So
a query costs one file of postings a segment and the records that it shows. script/search-index.js reads what is written
here, script/search.js is the page; both are published, and MIT as the themes are.
"""
