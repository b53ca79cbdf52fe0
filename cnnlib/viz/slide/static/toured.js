// The view of a SlidePlayer with a tour. A player without one, and its page, do without this code.
import { rendering } from "./plain.js";
import { more } from "./slide.js";
import { installTour } from "./tour.js";

const render = rendering(more, [installTour]);

export default { render };
