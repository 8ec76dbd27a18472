"""What the records of this app need more than their fields say."""

VALUES: dict[type, object] = {}
