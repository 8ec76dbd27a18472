"""What the portal keeps for a user: jobs with their progress, imports, messages."""
