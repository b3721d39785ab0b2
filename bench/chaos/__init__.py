"""Two replicas, one PostgreSQL, people who talk, and every few seconds something that breaks."""
