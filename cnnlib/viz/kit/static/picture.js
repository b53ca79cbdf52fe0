// What is shown of a widget as one picture: its boards, meters and words, each where it stands on the page.
const MARGIN = 10;   // CSS pixels around all
const SHARP = 2;     // pixels for one of CSS, at least: it will be looked at enlarged

/** A canvas with what the elements `parts` of a view show; `boards` are those in them. */
export function pictureOf(view, parts, boards) {
  const picture = document.createElement("canvas"), ctx = picture.getContext("2d"), ratio = Math.max(SHARP, window.devicePixelRatio);
  const all = parts.flatMap(part => [...metersIn(part, ctx), ...wordsIn(part, ctx)]), usual = boards[0].ratio;
  for (const { canvas } of boards) {
    if (canvas.checkVisibility()) all.push([canvas.getBoundingClientRect(), ({ width, height }) => ctx.drawImage(canvas, 0, 0, width, height)]);
  }
  const edge = (side, most) => most(...all.map(([box]) => box[side])), left = edge("left", Math.min) - MARGIN, top = edge("top", Math.min) - MARGIN;
  picture.width = ratio * (edge("right", Math.max) + MARGIN - left);
  picture.height = ratio * (edge("bottom", Math.max) + MARGIN - top);
  ctx.fillStyle = getComputedStyle(view.root).backgroundColor;
  ctx.fillRect(0, 0, picture.width, picture.height);
  sharpen(view, boards, ratio);
  for (const [box, draw] of all) {
    ctx.setTransform(ratio, 0, 0, ratio, ratio * (box.left - left), ratio * (box.top - top));
    draw(box);
  }
  sharpen(view, boards, usual);
  return picture;
}

// Boards drawn with so many pixels for one of CSS.
function sharpen(view, boards, ratio) {
  for (const { canvas, layer, size } of boards) {
    for (const each of [canvas, layer]) {
      [each.width, each.height] = size.map(length => Math.round(length * ratio));
      each.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
  }
  view.redraw();
}

// Each as [box, what draws it]: words in the font and the colour that they have,
function wordsIn(part, ctx) {
  const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest("[data-press]")) continue;   // what can only be pressed on the page
    const { visibility, color, fontWeight, fontSize, fontFamily } = getComputedStyle(node.parentElement);
    for (const { index, 0: word } of visibility === "visible" ? node.data.matchAll(/\S+/g) : []) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const box = range.getBoundingClientRect();
      if (box.width) found.push([box, ({ height }) => {
        Object.assign(ctx, { font: `${fontWeight} ${fontSize} ${fontFamily}`, fillStyle: color });
        const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ctx.measureText(word);
        ctx.fillText(word, 0, (height + up - down) / 2);
      }]);
    }
  }
  return found;
}

// and meters: a frame, filled so far.
const metersIn = (part, ctx) => [...part.querySelectorAll(".cnn-track")].map(track => [track.getBoundingClientRect(), ({ width, height }) => {
  const { borderTopColor } = getComputedStyle(track);
  Object.assign(ctx, { strokeStyle: borderTopColor, fillStyle: borderTopColor });
  ctx.fillRect(0, 0, track.firstChild.getBoundingClientRect().width, height);
  ctx.strokeRect(0.5, 0.5, width - 1, height - 1);
}]);
