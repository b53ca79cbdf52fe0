"""The tour of lesson 04: one filter across three channels."""

TOUR = [
    dict(text="Three channels, one below the other. The filter has a table of weights for each of them, and all three tables "
              "together are one filter. Its window lies at the same place in every channel.", step=0, light="window"),
    dict(text="Within each channel: multiply cell by cell, and add up, as in lesson 03. That makes three sums.",
         light=["products", "channels"]),
    dict(text="Then the three sums are added, and the bias once: {sum}. Three channels went in, and one number came out.",
         light=["sum", "output"]),
    dict(text="One step to the right. Three sums, then the bias: what comes out?", light="window", task=dict(predict=1)),
    dict(text="{sum}. Now take the bias away: type 0 into the field “bias b[0]” below.", light="sum",
         task=dict(cells={"b[0]": 0})),
    dict(text="{place} is {value} now. The bias is added once to each output, whatever the window holds: all {steps} outputs "
              "are smaller by the same number.", step=3, light="y"),
]
