"""Results as pages show them: cards, pictures, orders. Reads results and works out nothing of its own."""
