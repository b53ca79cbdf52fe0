// The view that anywidget (or a page without a kernel) shows for a SlidePlayer.
import { installCompare } from "./compare.js";
import { rendering } from "./plain.js";
import { installPredict } from "./predict.js";
import { installSeen } from "./seen.js";

export const more = [installPredict, installCompare, installSeen];

const render = rendering(more);

export default { render };
