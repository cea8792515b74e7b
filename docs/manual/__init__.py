"""The manual: a site that matrixsite builds of its own documents, in Chinese and in English.

    python -m docs.manual [FOLDER]

Each language is a matrix. Its editors' pages are the guides (zh-CN/, en/), the documents of docs/, and the
reference, which `reference` makes from the code; the feed of its only account is the changelog.
"""
