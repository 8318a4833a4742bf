"""Pages. They compose what the rooms offer and hold no rules of their own. Floor 8."""
