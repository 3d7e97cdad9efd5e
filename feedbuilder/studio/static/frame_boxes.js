// The boxes that are drawn over the page: how they look, and where they stand.

import { elements, listOf, make, state, ui } from "./frame_shared.js";
import { uncover } from "./frame_uncover.js";

export const COLOURS = {
  card: "#b3261e", chosen: "#0b57d0", hint: "#7a3ff2", remove: "#8c1d18", add: "#146c2e", part: "#0b57d0",
  pending: "#0b57d0",
};

export const STYLE = `
  .box { all: unset; position: absolute; box-sizing: border-box; pointer-events: none; border: 2px solid var(--c);
    border-radius: 3px; box-shadow: 0 0 0 1px #fff, inset 0 0 0 1px #fff; }
  .box[hidden] { display: none; }
  .box[data-kind="hint"] { border-style: dashed; }
  .box[data-kind="field"] { border: 0; border-bottom: 3px solid var(--c); border-radius: 0; box-shadow: 0 1px 0 #fff; }
  .box[data-kind="pending"] { background: color-mix(in srgb, var(--c) 28%, transparent); animation: wait 1s infinite alternate; }
  @keyframes wait { to { opacity: .45; } }
  @media (prefers-reduced-motion: reduce) { .box[data-kind="pending"] { animation: none; } }
  .box[data-new] { background: color-mix(in srgb, var(--c) 18%, transparent); }
  .box:focus-visible { outline: 3px solid var(--c); outline-offset: 3px; box-shadow: 0 0 0 3px #fff, 0 0 0 7px #000; }
  .tag { position: absolute; right: 6px; top: -.8em; min-width: 1.6em; padding: 0 .35em; box-sizing: border-box;
    color: #fff; background: var(--c); font: 600 12px/1.6 system-ui, sans-serif; text-align: center; border-radius: 4px;
    box-shadow: 0 0 0 1px #fff; white-space: nowrap; }
  .box[data-kind="field"] .tag { right: 0; top: 100%; border-radius: 0 0 4px 4px; font-size: 11px; }
  .status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (forced-colors: active) { .box { border-color: Highlight; } }
`;

let isPlanned = false;

export function box(kind, parent, canHaveFocus = false) {
  const made = make(canHaveFocus ? "button" : "div", { class: "box", "data-kind": kind }, parent);
  made.style.setProperty("--c", COLOURS[kind] ?? COLOURS.card);
  if (canHaveFocus) made.tabIndex = -1;
  else made.setAttribute("aria-hidden", "true");
  return made;
}

export function drawn(kind, numbers, label, colour = null) {
  const made = box(kind, ui.layer, kind === "card");
  if (colour) made.style.setProperty("--c", colour);
  if (label) make("span", { class: "tag", "aria-hidden": "true" }, made).textContent = label;
  return { key: String(numbers), group: groupOf(numbers), box: made };
}

function groupOf(numbers) {
  return listOf(numbers).map((number) => elements.get(number)).filter(Boolean);
}

// Where the elements of a group are on the screen, as [left, top, right, bottom]; null where nothing of them is.
export function areaOf(group) {
  const rects = group.map(rectOf).filter(({ width, height }) => width || height);
  if (!rects.length) return null;
  const all = (side) => rects.map((rect) => rect[side]);
  return [Math.min(...all("left")), Math.min(...all("top")), Math.max(...all("right")), Math.max(...all("bottom"))];
}

function rectOf(element) {
  const rect = element.getBoundingClientRect();
  if (rect.width && rect.height) return rect;
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect();
}

// All is measured before anything is moved: a browser that is asked in turns lays the whole page out each time.
export function place(pairs) {
  const { scrollWidth, clientWidth } = document.documentElement;
  const [right, down] = [scrollX, scrollY];
  // A page that is written from right to left goes on to the left.
  const start = getComputedStyle(document.documentElement).direction === "rtl" ? clientWidth - scrollWidth : 0;
  const areas = pairs.map(([, group]) => areaOf(group));
  pairs.forEach(([made], index) => {
    const area = areas[index];
    made.hidden = area === null;
    if (area === null) return;
    const gap = made.dataset.kind === "field" ? 0 : 2;
    const left = Math.max(area[0] + right - gap, start);
    made.style.left = `${left}px`;
    made.style.top = `${Math.max(area[1] + down - gap, 0)}px`;
    // A box that is wider than the page would make it scroll sideways.
    made.style.width = `${Math.max(Math.min(area[2] + right + gap, start + scrollWidth) - left, 8)}px`;
    made.style.height = `${area[3] - area[1] + 2 * gap}px`;
  });
}

export function plan() {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    uncover();
    const groups = [...state.cards, ...state.hint, ...state.fields, ...state.pending];
    const pairs = groups.map((drawn) => [drawn.box, drawn.group]);
    if (!ui.walker.hidden && state.walking) pairs.push([ui.walker, [state.walking]]);
    if (!ui.hoverBox.hidden && state.hover) pairs.push([ui.hoverBox, state.hover]);
    place(pairs);
  });
}
