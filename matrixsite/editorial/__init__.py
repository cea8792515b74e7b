"""What editors decide: columns, honor rolls, approvals, withdrawals, how much of an entry may be shown."""
