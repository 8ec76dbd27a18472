"""Settings: `base` is safe for production, `dev` is a private portal on one machine, `test` is for the test run."""
