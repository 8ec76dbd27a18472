"""Users, their posts, and partner clients."""
