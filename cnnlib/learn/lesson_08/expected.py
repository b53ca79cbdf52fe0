"""What the reader's own measurements should give. It stands here, so that no cell tells what will come out of it."""

WHOLE, BACK, FRONT = "above 985", "above 950", "below 800"   # digits read, of 1000: with all weights; with a fifth
PLAIN_31, PLAIN_7, WITH_SHORTCUTS = "below 45 %", "below 75 %", "above 70 %"
PLAIN_SLOPE, SLOPE_WITH_SHORTCUTS = "above 0.1", "below 0.1"
HELD_SHORTCUTS, HELD_PLAIN, HELD_24 = "below 35", "above 75", "below 65"   # degrees, with batch norm held
HELD_SIZE = "above 0.15"
