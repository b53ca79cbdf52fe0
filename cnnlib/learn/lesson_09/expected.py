"""What the reader's measurements of lesson 09 should give: here, where no cell of the notebook tells it."""

EXPECTED = {
    "pieces, the fewest of three networks": "above 14",
    "small networks: accuracy, the least of three": "above 85 %",
    "IoU, the largest": "below 0.88",
    "IoU, the least of three networks": "above 0.9",
    "of those that see 5 × 5, the largest": "below 0.88",
    "IoU with skips, the mean of three": "above 0.72",
    "without": "below 0.74",
    "how far apart they are": "above 0.03",
    "IoU, the least of three": "above 0.86",
    "accuracy, the least": "above 96 %",
    "IoU lost with bright rims, the least of three": "above 0.03",
    "lost more than with a bright inside, the least": "above 0.005",
    "trained in one light, tested in it: the least IoU": "above 0.85",
    "the same at half the light: the largest": "below 0.4",
    "trained in changing light, at half the light: the least": "above 0.8",
    "marked as coin, the least of three": "above 10 %",
}
