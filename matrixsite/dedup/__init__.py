"""Stories: which entries carry one text. Deciding is pure; the store looks up and writes."""
