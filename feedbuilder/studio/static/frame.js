// In the frame that shows a page: draws what the studio says over it, and says which element a person means.
//
// Elements are named by their numbers (`data-n`). The document has an origin of its own; all that passes is messages,
// and those of the studio alone are heard. Whatever is drawn stands above the page in the top layer, in a shadow tree
// that the page's styles do not reach.

const MOST_BOXES = 2000;
const MOST_STOPS = 5000;
const COLOURS = { card: "#b3261e", chosen: "#0b57d0", hint: "#7a3ff2", remove: "#8c1d18", add: "#146c2e", part: "#0b57d0" };
const FIELD_COLOURS = { title: "#0b57d0", date: "#146c2e", summary: "#7a3ff2", image: "#a0208f", author: "#8a4b00", tags: "#00687a" };

const STYLE = `
  .box { all: unset; position: absolute; box-sizing: border-box; pointer-events: none; border: 2px solid var(--c);
    border-radius: 3px; box-shadow: 0 0 0 1px #fff, inset 0 0 0 1px #fff; }
  .box[hidden] { display: none; }
  .box[data-kind="hint"] { border-style: dashed; }
  .box[data-kind="field"] { border: 0; border-bottom: 3px solid var(--c); border-radius: 0; box-shadow: 0 1px 0 #fff; }
  .box[data-new] { background: color-mix(in srgb, var(--c) 18%, transparent); }
  .box:focus-visible { outline: 3px solid var(--c); outline-offset: 3px; box-shadow: 0 0 0 3px #fff, 0 0 0 7px #000; }
  .tag { position: absolute; right: 6px; top: -.8em; min-width: 1.6em; padding: 0 .35em; box-sizing: border-box; color: #fff;
    background: var(--c); font: 600 12px/1.6 system-ui, sans-serif; text-align: center; border-radius: 4px;
    box-shadow: 0 0 0 1px #fff; white-space: nowrap; }
  .box[data-kind="field"] .tag { right: 0; top: 100%; border-radius: 0 0 4px 4px; font-size: 11px; }
  .status { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (forced-colors: active) { .box { border-color: Highlight; } }
`;

const elements = new Map();
const state = { cards: [], chosen: null, hint: [], fields: [], mode: "look", stop: 0, hover: null };
let overlay, layer, status, walker, hoverBox, isPlanned = false;

function make(tag, names, parent) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(names)) element.setAttribute(name, value);
  parent?.append(element);
  return element;
}

function insist(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
}

function say(kind, more) {
  if (parent !== window) parent.postMessage({ feedbuilder: "frame", kind, ...more }, "*");
}

function textOf(element) {
  const image = element.matches?.("img") ? element : element.querySelector?.("img[alt]");
  return (element.textContent.trim() || image?.getAttribute("alt") || "").replace(/\s+/g, " ").slice(0, 120);
}

// ---- what is drawn

function begin() {
  for (const element of document.querySelectorAll("[data-n]")) {
    const number = Number(element.dataset.n);
    if (!elements.has(number)) elements.set(number, element);
  }
  overlay = make("div", { popover: "manual", "data-frame-bare": "", lang: "en", dir: "ltr" }, document.documentElement);
  insist(overlay, {
    all: "initial", display: "block", position: "absolute", left: "0", top: "0", width: "0", height: "0", margin: "0",
    padding: "0", border: "0", overflow: "visible", background: "none", "pointer-events": "none", "z-index": "2147483647",
  });
  const root = overlay.attachShadow({ mode: "closed" });
  make("style", {}, root).textContent = STYLE;
  layer = make("div", {}, root);
  hoverBox = box("part", root);
  walker = box("part", root, true);
  status = make("div", { class: "status", role: "status" }, root);
  hoverBox.hidden = walker.hidden = true;
  overlay.showPopover?.();
  for (const kind of ["click", "auxclick", "dblclick", "submit", "dragstart"]) {
    document.addEventListener(kind, stop, true);
  }
  document.addEventListener("click", clicked, true);
  document.addEventListener("pointermove", moved, { capture: true, passive: true });
  document.documentElement.addEventListener("pointerleave", () => hovered(null));
  root.addEventListener("keydown", pressed);
  root.addEventListener("focusin", focused);
  for (const kind of ["load", "error", "toggle", "scroll"]) document.addEventListener(kind, plan, { capture: true, passive: true });
  window.addEventListener("resize", plan);
  const sizes = new ResizeObserver(plan);
  sizes.observe(document.documentElement);
  sizes.observe(document.body);
  document.addEventListener("load", (event) => event.target.matches?.("link") && unstick(), true);
  unstick();
  say("ready", { elements: elements.size });
}

function box(kind, parent, canHaveFocus = false) {
  const made = make(canHaveFocus ? "button" : "div", { class: "box", "data-kind": kind }, parent);
  made.style.setProperty("--c", COLOURS[kind] ?? COLOURS.card);
  if (canHaveFocus) made.tabIndex = -1;
  else made.setAttribute("aria-hidden", "true");
  return made;
}

function areaOf(group) {
  let area = null;
  for (const element of group) {
    let rect = element.getBoundingClientRect();
    if (!rect.width || !rect.height) {
      const range = document.createRange();
      range.selectNodeContents(element);
      rect = range.getBoundingClientRect();
    }
    if (!rect.width && !rect.height) continue;
    area = area === null ? [rect.left, rect.top, rect.right, rect.bottom]
      : [Math.min(area[0], rect.left), Math.min(area[1], rect.top), Math.max(area[2], rect.right), Math.max(area[3], rect.bottom)];
  }
  return area;
}

// All is measured before anything is moved: a browser that is asked in turns lays the whole page out each time.
function place(pairs) {
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

function plan() {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    uncover();
    const pairs = [...state.cards, ...state.hint, ...state.fields].map((drawn) => [drawn.box, drawn.group]);
    if (!walker.hidden && stops()[state.stop]) pairs.push([walker, [stops()[state.stop].element]]);
    if (!hoverBox.hidden && state.hover) pairs.push([hoverBox, state.hover]);
    place(pairs);
  });
}

function groupOf(numbers) {
  return (Array.isArray(numbers) ? numbers : []).map((number) => elements.get(number)).filter(Boolean);
}

function drawn(kind, numbers, label, colour = null) {
  const made = box(kind, layer, kind === "card");
  if (colour) made.style.setProperty("--c", colour);
  if (label) make("span", { class: "tag", "aria-hidden": "true" }, made).textContent = label;
  return { key: String(numbers), group: groupOf(numbers), box: made };
}

function showCards(cards) {
  const before = new Map(state.cards.map((card) => [card.key, card]));
  const hadCards = before.size > 0;
  const hadFocus = state.cards.findIndex((card) => card.box.matches(":focus"));
  for (const card of state.cards) card.box.remove();
  state.cards = cards.slice(0, MOST_BOXES).map((numbers, place) => drawn("card", numbers, String(place + 1)));
  const added = state.cards.filter((card) => hadCards && !before.has(card.key));
  const kept = new Set(state.cards.map((card) => card.key));
  const removed = [...before.keys()].filter((key) => !kept.has(key)).length;
  for (const card of added) card.box.dataset.new = "";
  reveal(state.cards);
  state.cards.forEach((card, place) => {
    const text = card.group.map(textOf).join(" ").slice(0, 120);
    card.box.setAttribute("aria-label", `Article ${place + 1} of ${state.cards.length}: ${text}`);
  });
  state.stop = 0;
  enter(false);
  if (hadFocus >= 0) state.cards[Math.min(hadFocus, state.cards.length - 1)]?.box.focus();
  const counted = (number, what) => (number ? [`${number} article${number === 1 ? "" : "s"} ${what}`] : []);
  const outlined = state.cards.filter((card) => card.group.length).length; // articles may be read from data
  const changes = hadCards ? [...counted(added.length, "added"), ...counted(removed, "taken out")] : [];
  status.textContent = [...changes, ...counted(outlined, "outlined")].join(", ");
  say("changed", { added: hadCards ? added.length : outlined, removed });
  if (!hadCards) toList();
  plan();
}

function showGroup(name, made) {
  for (const one of state[name]) one.box.remove();
  state[name] = made;
  reveal(made);
  plan();
}

function choose(card) {
  state.chosen = card;
  state.cards.forEach((one, place) => one.box.style.setProperty("--c", COLOURS[place === card ? "chosen" : "card"]));
  if (state.cards[card]) bringIntoView(state.cards[card].group);
}

function bringIntoView(group) {
  group[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Where a list begins far down, it is what people want to see first.
function toList() {
  const area = state.cards.map((card) => areaOf(card.group)).find((one) => one !== null);
  if (area && area[1] > innerHeight * 0.6) scrollTo({ top: area[1] + scrollY - innerHeight * 0.2 });
}

// ---- nothing may hide what is outlined

function reveal(drawn) {
  const seen = new Set([document.body]);
  for (const start of drawn.flatMap(({ group }) => group)) {
    for (let element = start; element && element.nodeType === 1 && !seen.has(element); element = element.parentElement) {
      seen.add(element);
      const style = getComputedStyle(element);
      if (style.display === "none") insist(element, { display: "revert" });
      if (style.display === "none") insist(element, { display: "block" });
      if (style.visibility !== "visible") insist(element, { visibility: "visible" });
      if (Number(style.opacity) < 0.5) insist(element, { opacity: "1" });
      if (style.clipPath !== "none") insist(element, { "clip-path": "none" });
      if (style.overflow !== "visible" && (element.offsetHeight < 2 || element.offsetWidth < 2)) {
        insist(element, { overflow: "visible", height: "auto", width: "auto", "max-height": "none", clip: "auto" });
      }
      if (element.matches("details")) element.open = true;
      const area = element.getBoundingClientRect();
      if (area.right + scrollX <= 0 || area.bottom + scrollY <= 0 || style.transform.startsWith("matrix(0,")) {
        insist(element, {
          position: "static", transform: "none", translate: "none", scale: "none", "margin-left": "0",
          "margin-top": "0", "text-indent": "0",
        });
      }
    }
  }
}

function textPoint(group) {
  for (const element of group) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let tried = 0; tried < 20 && texts.nextNode(); tried++) {
      if (!texts.currentNode.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const rect = range.getClientRects()[0];
      if (rect?.width) return [rect.left + rect.width / 2, rect.top + rect.height / 2];
    }
  }
  return null;
}

// What lies over the text of a card steps aside: a notice, a veil, a veil that is drawn before or after an element.
function uncover() {
  for (const { group } of [...state.cards, ...state.hint]) {
    const point = textPoint(group);
    if (!point || point[0] < 0 || point[1] < 0 || point[0] >= innerWidth || point[1] >= innerHeight) continue;
    for (let tried = 0; tried < 8; tried++) {
      const top = document.elementFromPoint(...point);
      if (!top || top === overlay || group.some((element) => element.contains(top))) break;
      if (!group.some((element) => top.contains(element))) insist(top, { display: "none" });
      else if (!top.hasAttribute("data-frame-bare")) top.setAttribute("data-frame-bare", "");
      else break;
    }
  }
}

// What stays on the screen while the page is scrolled, by the site's own stylesheets: in slices, so that clicks come first.
function unstick() {
  if (!document.querySelector("link[rel=stylesheet]")) return;
  const all = document.body.getElementsByTagName("*");
  let next = 0;
  const slice = () => {
    for (const end = Math.min(next + 1000, all.length); next < end; next++) {
      const { position } = getComputedStyle(all[next]);
      if (position === "fixed" || position === "sticky") insist(all[next], { position: "static" });
    }
    if (next < all.length) setTimeout(slice);
    else plan();
  };
  slice();
}

// ---- what a person means

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function cardOf(element) {
  const found = state.cards.findIndex((card) => card.group.some((one) => one.contains(element)));
  return found < 0 ? null : found;
}

function numbered(event) {
  const start = event.composedPath()[0];
  return start instanceof Element ? start.closest("[data-n]") : null;
}

function pick(element, card = cardOf(element)) {
  say("picked", { number: Number(element.dataset.n), card, mode: state.mode });
}

function clicked(event) {
  const element = numbered(event);
  if (element) pick(element);
}

function moved(event) {
  hovered(numbered(event));
}

function hovered(element) {
  const card = element ? cardOf(element) : null;
  const isPart = state.mode === "pick" ? card !== null : state.mode === "add" && card === null && element !== document.body;
  const group = element && isPart ? [element] : card !== null ? state.cards[card].group : null;
  if (group === state.hover || (group && state.hover && group[0] === state.hover[0])) return;
  state.hover = group;
  hoverBox.hidden = !group;
  hoverBox.style.setProperty("--c", COLOURS[state.mode === "remove" ? "remove" : state.mode === "add" ? "add" : "part"]);
  if (group) place([[hoverBox, group]]);
  say("hovered", { card });
}

// ---- the keyboard: one stop for Tab, arrows go from card to card, or from part to part

const MOVES = {
  ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -MOST_STOPS, End: MOST_STOPS,
};
let inside = null;
let known = null;

function stops() {
  known ??= found();
  return known;
}

function found() {
  if (inside !== null) {
    return [...(state.cards[inside]?.group ?? [])].flatMap((element) => [element, ...element.querySelectorAll("[data-n]")])
      .filter(saysSomething).slice(0, MOST_STOPS).map((element) => ({ element, card: inside }));
  }
  if (state.mode === "add") {
    return [...document.querySelectorAll("a[data-link][data-n]")]
      .filter((element) => cardOf(element) === null && textOf(element) && areaOf([element]))
      .slice(0, MOST_STOPS).map((element) => ({ element, card: null }));
  }
  return state.cards.map((card, place) => ({ element: card.group[0], card: place, box: card.box })).filter((one) => one.element);
}

function saysSomething(element) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return (own || element.matches("img, time")) && areaOf([element]) !== null;
}

function enter(hasFocus, card = null) {
  inside = card;
  known = null;
  state.stop = hasFocus || inside !== null ? 0 : state.stop;
  walker.hidden = (inside === null && state.mode !== "add") || !stops().length;
  for (const one of state.cards) one.box.tabIndex = -1;
  step(state.stop, hasFocus);
}

function step(to, hasFocus) {
  const count = stops().length;
  if (!count) return;
  const before = stops()[state.stop];
  state.stop = Math.min(Math.max(to, 0), count - 1);
  const { element, box: own } = stops()[state.stop];
  if (before?.box) before.box.tabIndex = -1;
  const target = own ?? walker;
  target.tabIndex = 0;
  if (!own) {
    const what = inside === null ? "Link" : "Part";
    walker.setAttribute("aria-label", `${what} ${state.stop + 1} of ${count}: ${textOf(element) || element.localName}`);
    place([[walker, [element]]]);
  }
  if (hasFocus) {
    bringIntoView([element]);
    target.focus({ preventScroll: true });
  }
}

function pressed(event) {
  const at = stops()[state.stop];
  if (event.key in MOVES) step(state.stop + MOVES[event.key], true);
  else if ((event.key === "Enter" || event.key === " ") && at) {
    if (state.mode === "pick" && inside === null) enter(true, at.card);
    else pick(at.element, at.card);
  } else if (event.key === "Escape" && inside !== null) {
    const card = inside;
    enter(false);
    step(card, true);
  } else if (event.key === "Escape") say("left", {});
  else return;
  stop(event);
}

function focused() {
  const at = stops()[state.stop];
  if (at && at.card !== null) say("hovered", { card: at.card });
}

// ---- what the studio says

const TOLD = {
  hello: () => overlay && say("ready", { elements: elements.size }),
  cards: ({ cards }) => showCards(Array.isArray(cards) ? cards : []),
  chosen: ({ card }) => choose(card),
  hint: ({ cards }) => showGroup("hint", (Array.isArray(cards) ? cards : []).slice(0, MOST_BOXES).map((numbers) => drawn("hint", numbers))),
  fields: ({ fields }) => showGroup("fields", (Array.isArray(fields) ? fields : [])
    .flatMap(({ field, label, numbers }) => (Array.isArray(numbers) ? numbers : []).map((number) => ({ field, label, number })))
    .slice(0, MOST_BOXES)
    .map(({ field, label, number }) => drawn("field", [number], String(label ?? field), FIELD_COLOURS[field ?? label]))),
  mode: ({ mode }) => {
    state.mode = ["look", "pick", "add", "remove"].includes(mode) ? mode : "look";
    hovered(null);
    state.stop = 0;
    enter(false);
  },
  focus: () => step(state.stop, true),
};

window.addEventListener("message", (event) => {
  if (event.source === parent && parent !== window && event.data?.feedbuilder === "studio") TOLD[event.data.kind]?.(event.data);
});

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
