// The box in the masthead leads to the directory; where scripts run, to the page that searches.
"use strict";
for (const form of document.querySelectorAll("form[data-search]")) form.action = form.dataset.search;
