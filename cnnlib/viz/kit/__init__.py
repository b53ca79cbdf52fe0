"""What every picture and every widget shares. Nothing here knows a room beside it."""
