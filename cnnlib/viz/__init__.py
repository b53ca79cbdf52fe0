"""Pictures: plain data drawn by matplotlib."""
