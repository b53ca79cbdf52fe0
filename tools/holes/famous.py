"""Why an answer to an exercise of lesson 08 that is changed and still right is no hole."""

from .general import ALIAS, BATCH, FILLED, ORDER, SINGLE, above_0, far_below, not_0, whole

MADE = "A right way makes the layers to count their parameters: more of them would not fit."

FAMOUS = {
    "08.2": {
        "Sizes and counts are whole numbers above 0.": [
            p for name in ("field", "parameters", "macs") for p in (*whole(name), *above_0(name), *not_0(name))],
        "There is a layer.": ["except n = 0", "n at least 1"],
        "Nobody sees 32767 pixels far.": ["field in int16", "except field with a number above 32767",
                                          *far_below("field")],
        MADE: far_below("parameters"),
        "Filters have an odd number of rows, and as many columns.": [
            "F an odd number", "except F = 2", "except F = an even number", "from_the_summary: layer.kernel_size[~"],
        "An image has as many pixels when it is turned.": [
            "H and W exchanged", "~(C, H, W)) -> ~(C, W, H))", "recursive: ~ F, C, H, W) -> ~ F, C, W, H)"],
        "It is as far from anywhere, to the left and to the right.": [
            "grown_by_hand: {0} -> ~", "grown_by_hand: row + u -> row - u"],
    },
    "08.6": {
        "Counts are whole numbers above 0.": [
            p for name in ("thin", "wide") for p in (*whole(name), *above_0(name), *not_0(name))],
        MADE: ["thin in int32", "wide in int32"],
        "s divides C, and is 1 or more.": ["except s = 0", "s at least 1", "except C < s", "~: C // s -> C / s~"],
        "C to C / s and back to C: there are as many maps in front as behind, all in all.": [
            "by_layer: 2 * filters -> 2 * inputs"],
        "Layers in another order have as many parameters.": [
            "of_layers: thin = nn.Sequential(~", "of_layers: nn.Sequential(~", "with_a_loop: sizes = [~"],
        "The last layer of the loop makes C maps.": ["with_a_loop: ~ * C~ -> ~ * filters~"],
    },
    "08.5": {
        "What ReLU makes is never below 0.": [*above_0("result")],
        "A 0 stays 0 in any case.": [
            "with_if: np.where(total > 0~ -> np.where(total >= 0~", "under_one_name: ~ > 0) -> ~ >= 0)",
            "in_place_of_a_copy: total[total < 0] -> total[total <= 0]"],
        ORDER: ["solution: return np.maximum(~"],
        ALIAS: ["with_if: x.shape -> shortcut.shape", "with_if: project(x) -> project(shortcut)"],
        BATCH: ["with_the_layer: nn.ReLU()(total)[0] -> nn.ReLU()(total)[-1]"],
    },
    "08.7": {
        "There are whole numbers of maps, 1 or more, and every layer makes some.": [
            *whole("result"), *above_0("result"), *not_0("result"), "except k = 0", "k at least 1"],
        "Nobody sets 2**24 maps beside each other.": far_below("result"),
        "What is left behind the last block is not looked at.": ["layer_by_layer: ~len(blocks)~"],
        "So many layers of so many maps: the product is the same.": ["of_layers: block = dense_block(~, n, k) -> ~"],
        SINGLE: ["filled_in: counts = np.zeros(~) -> counts = np.zeros(~, dtype=int)"],
        "The height and width of the maps do not matter.": ["of_layers: (C, 64, 64) -> ~"],
        FILLED: ["filled_in: np.zeros(~) -> np.ones(~)"],
        ALIAS: ["filled_in: len(blocks) -> len(counts)~"],
    },
    "08.4": {
        ORDER: ["~axis=(0, 2, 3) -> axis=(2, 0, 3)~", "~axis=(0, 2, 3) -> axis=(0, 3, 2)~",
                "over_maps: axis=(2, 3) -> axis=(3, 2)~"],
        FILLED: ["by_channel: np.zeros(~) -> np.ones(~)"],
        ALIAS: ["by_channel: x.shape -> y.shape~"],
        "There is a number of each for every channel.": [
            "channels_last: len(gamma) -> len(beta)", "except gamma.shape[0] ~ beta.shape[0]"],
        "What is added to every number is taken off with the mean.": ["x one more", "x one less"],
        "Any negative number lets reshape count for itself.": ["channels_last: -1 -> -2~"],
        "The last axis is that of the channels in both.": ["channels_last: rows - rows.mean(0) -> moved~"],
        "NumPy puts an axis of the images in front.": ["over_maps: ~.reshape(1, C~ -> ~.reshape(C, 1, 1)"],
    },
}
