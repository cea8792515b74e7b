"""What templates receive: one frozen value a page type. Theme authors may rely on every field named in these modules.

Each page template gets `page` (one of the page values), `matrix` (a `Frame`), `root` (what to put before a site
path to link to it), `path` (the page's own) and `_` (words in the site's language). Text is plain and escaped by
the template; only `Markup` fields hold HTML. `href` is a site path unless the value says `external`.
"""
