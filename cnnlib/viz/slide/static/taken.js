// What is taken along of a sliding player (see kit/static/take.js): its boards and the sum, by a name that says what they are.
const size = list => list.filter((n, i) => n > 1 || i === list.length - 1).join("x");

export function taken(player) {
  const { stage, scene: { source, weights, spec, record }, step, parts, sum } = player;
  player.go(step, { say: false });   // at rest, with its sum; and Python, which makes files of what it knows, knows it
  return {
    parts: [stage.element, parts, sum], boards: [...stage.boards.values()].filter(board => !board.apart),
    name: [...record.title.toLowerCase().match(/[a-z]+/g), size(source.shape), "by", size(weights?.shape ?? spec.kernel)].join("-"),
    at: `-step-${step + 1}`, step: player.hidden?.(step) ? null : step,
  };
}
