"""Personal information: what people are told, what they agreed to, what they ask for, and how long it is kept."""
