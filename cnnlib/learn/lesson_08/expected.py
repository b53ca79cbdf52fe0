"""What the reader's measurements of lesson 08 should give: here, where no cell of the notebook tells it."""

EXPECTED = {
    "digits read, of 1000, by the whole network": "above 985",
    "with a fifth of the large layer": "above 950",
    "with a fifth of the convolutions": "below 800",
    "31 convolutions, plain: best of three": "below 45 %",
    "7, plain: best of three": "below 75 %",
    "31 with shortcuts: worst of three": "above 70 %",
    "first layer, mean size of a slope: plain": "above 0.1",
    "first layer, mean size of a slope: with shortcuts": "below 0.1",
    "held still, angle in degrees, first layer: plain": "above 75",
    "first layer: with shortcuts": "below 35",
    "layer 24: plain": "below 65",
    "first layer, size of a slope: plain": "above 0.15",
    "first layer, size of a slope: with shortcuts": "above 0.15",
}
