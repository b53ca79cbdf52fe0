// Pictures of one's own: from a file, dropped, pasted, or from the camera. All stays in this page: nothing is sent anywhere.
// What cannot be taken is told in a sentence, an Error whose message is meant for readers.

export const SIDE = 256;                 // pixels: what is larger is scaled down to this
const MOST_BYTES = 100e6, MOST_PIXELS = 100e6;
const ANIMATED = /NETSCAPE2\.0|ANIMEXTS1\.0|acTL|ANIM/;

/** {values: Uint8 [3 or 1 channels of rows x columns], rows, columns, grey, said}: the picture that a file holds, at most
 *  `side` pixels long. Transparent parts are laid on white; of a film it is the first picture. */
export async function pictureOf(file, side = SIDE) {
  const name = file.name ? `“${shorter(file.name)}”` : "What was pasted";
  if (!file.size) throw new Error(`${name} is empty.`);
  if (file.size > MOST_BYTES) throw new Error(`${name} has ${Math.round(file.size / 1e6)} MB: this is more than a page should read. Save it smaller first.`);
  const head = new Uint8Array(await file.slice(0, 65536).arrayBuffer()), size = sizeIn(head);
  if (size && size[0] * size[1] > MOST_PIXELS) throw new Error(`${name} has ${size[0]} × ${size[1]} pixels: more than this page should unpack. Save it smaller first.`);
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(`${name} is no picture that this browser can read. PNG, JPEG, GIF and WebP are.`);
  }
  const { width, height } = bitmap, clear = hasAlpha(bitmap), made = pixelsOf(bitmap, width, height, side);
  bitmap.close();
  const said = [`${name}, ${width} × ${height} pixels`];
  if (made.rows !== height || made.columns !== width) said.push(`scaled down to ${made.columns} × ${made.rows}`);
  if (clear) said.push("transparent parts laid on white");
  if (ANIMATED.test(String.fromCharCode(...head.subarray(0, 4096)))) said.push("of a moving picture the first");
  return { ...made, said: `${said.join(", ")}. It stays in this page.` };
}

const shorter = text => (text.length > 40 ? `${text.slice(0, 37)}…` : text);

/** What is drawn in `source`, a picture or a film, as pixels. */
export function pixelsOf(source, width, height, side = SIDE) {
  const scale = Math.min(1, side / Math.max(width, height)), columns = Math.max(1, Math.round(width * scale)), rows = Math.max(1, Math.round(height * scale));
  const ctx = sheet(columns, rows);
  ctx.fillStyle = "white";
  ctx.fillRect(0, 0, columns, rows);
  ctx.drawImage(source, 0, 0, columns, rows);
  const { data } = ctx.getImageData(0, 0, columns, rows), area = rows * columns, values = new Uint8Array(3 * area);
  let grey = true;
  for (let n = 0; n < area; n++) {
    for (let c = 0; c < 3; c++) values[c * area + n] = data[4 * n + c];
    grey &&= data[4 * n] === data[4 * n + 1] && data[4 * n] === data[4 * n + 2];
  }
  return { values: grey ? values.slice(0, area) : values, rows, columns, grey };
}

function sheet(columns, rows) {
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.imageSmoothingQuality = "high";
  return ctx;
}

// Whether something shines through, as far as a small copy tells.
function hasAlpha(bitmap) {
  const ctx = sheet(64, 64);
  ctx.drawImage(bitmap, 0, 0, 64, 64);
  return ctx.getImageData(0, 0, 64, 64).data.some((value, n) => n % 4 === 3 && value < 250);
}

// [width, height] as the first bytes of a PNG, GIF, BMP, WebP or JPEG say it, before anything is unpacked; null if they do not.
function sizeIn(bytes) {
  const view = new DataView(bytes.buffer), text = (at, n) => String.fromCharCode(...bytes.subarray(at, at + n));
  try {
    if (text(1, 3) === "PNG") return [view.getUint32(16), view.getUint32(20)];
    if (text(0, 3) === "GIF") return [view.getUint16(6, true), view.getUint16(8, true)];
    if (text(0, 2) === "BM") return [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
    if (text(8, 8) === "WEBPVP8X") return [24, 27].map(at => 1 + view.getUint16(at, true) + (bytes[at + 2] << 16));
    if (view.getUint16(0) === 0xffd8) {
      for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
        const mark = view.getUint16(at);
        if (mark >= 0xffc0 && mark <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(mark)) return [view.getUint16(at + 7), view.getUint16(at + 5)];
      }
    }
  } catch { /* shorter than that */ }
  return null;
}

/** The picture among what was dropped or pasted; null if there is none. */
export const fileIn = transfer => [...transfer?.files ?? []].find(({ type }) => type.startsWith("image/")) ?? transfer?.files?.[0] ?? null;

const REFUSED = {
  NotAllowedError: "The camera was refused. To allow it, use the camera button beside the page's address.",
  NotFoundError: "No camera was found.", OverconstrainedError: "No camera was found.",
  NotReadableError: "The camera cannot be read: another program may be using it.",
};

/** The camera, running: {frame(side), pixels as above or null before the first, stop()}. */
export async function camera() {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("This browser gives no page like this one a camera.");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 }, audio: false });
  } catch ({ name }) {
    throw new Error(REFUSED[name] ?? "The camera does not start.");
  }
  const video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
  const stop = () => stream.getTracks().forEach(track => track.stop());
  try { await video.play(); } catch { stop(); throw new Error("The camera does not start."); }
  return { frame: side => (video.videoWidth ? pixelsOf(video, video.videoWidth, video.videoHeight, side) : null), stop };
}
