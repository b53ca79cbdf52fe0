// A figure that follows the theme of the page: on a dark one its lightness is turned round, colours keep their hue.
//
// Photographs in it stay as they are: the picture lies there once more, cut out along their edges.

// [left, top, width, height] of each photograph, as shares of the picture, as one outline.
const outline = photos => {
  const percent = (x, y) => `${(100 * x).toFixed(3)}% ${(100 * y).toFixed(3)}%`;
  const corners = photos.flatMap(([left, top, wide, high]) => [
    [0, 0], [left, top], [left + wide, top], [left + wide, top + high], [left, top + high], [left, top], [0, 0]]);
  return `polygon(${corners.map(([x, y]) => percent(x, y)).join(", ")})`;
};

// The photographs of a picture once more, to lie above it: a ground, not an image, because it has nothing to say.
export function photographs(source, photos) {
  const above = document.createElement("div");
  above.className = "cnn-photos";
  Object.assign(above.style, { backgroundImage: `url("${source}")`, clipPath: outline(photos) });
  return above;
}

// The element for a picture: `png` as base64, its alternative text, its width in pixels, its photographs, its ground.
export function figure({ png, alt, width, photos = [], ground = "light" }) {
  const root = document.createElement("div");
  Object.assign(root, { className: "cnn-figure" });
  root.dataset.ground = ground;
  const image = document.createElement("img"), source = `data:image/png;base64,${png}`;
  Object.assign(image, { alt, src: source });
  if (width > 0) image.width = width;
  root.append(image);
  if (photos.length) root.append(photographs(source, photos));
  return root;
}
