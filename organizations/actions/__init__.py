"""What is done to organisations and to the posts of social work."""
