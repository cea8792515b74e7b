"""One feed's bytes become entries ready to store: parsed, identified, dated, cleaned. Pure and picklable."""
