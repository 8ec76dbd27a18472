"""The private servers and the whole portal as processes: started, used, killed."""
