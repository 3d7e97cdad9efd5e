// In the frame that shows a page: draws what the studio says over it, and says which element a person means.
//
// Elements are named by their numbers (`data-n`). The document has an origin of its own; all that passes is messages,
// and those of the studio alone are heard. Whatever is drawn stands above the page in the top layer, in a shadow tree
// that the page's styles do not reach.

import { MOST_BOXES, cardOf, elements, insist, listOf, make, pick, say } from "./frame_shared.js";
import { state, stopEvent, textOf, ui } from "./frame_shared.js";
import { reveal, unstick } from "./frame_uncover.js";
import { COLOURS, STYLE, areaOf, box, drawn, place, plan } from "./frame_boxes.js";
import { bringIntoView, focusHere, focused, pressed, restart } from "./frame_keyboard.js";

const FIELD_COLOURS = {
  title: "#0b57d0", date: "#146c2e", summary: "#7a3ff2", image: "#a0208f", author: "#8a4b00", tags: "#00687a",
};

function begin() {
  for (const element of document.querySelectorAll("[data-n]")) {
    const number = Number(element.dataset.n);
    if (!elements.has(number)) elements.set(number, element);
  }
  const names = { popover: "manual", "data-frame-bare": "", lang: "en", dir: "ltr" };
  ui.overlay = make("div", names, document.documentElement);
  insist(ui.overlay, {
    all: "initial", display: "block", position: "absolute", left: "0", top: "0", width: "0", height: "0", margin: "0",
    padding: "0", border: "0", overflow: "visible", background: "none", "pointer-events": "none",
    "z-index": "2147483647",
  });
  const root = ui.overlay.attachShadow({ mode: "closed" });
  make("style", {}, root).textContent = STYLE;
  ui.layer = make("div", {}, root);
  ui.hoverBox = box("part", root);
  ui.walker = box("part", root, true);
  ui.status = make("div", { class: "status", role: "status" }, root);
  ui.hoverBox.hidden = ui.walker.hidden = true;
  ui.overlay.showPopover?.();
  for (const kind of ["click", "auxclick", "dblclick", "submit", "dragstart"]) {
    document.addEventListener(kind, stopEvent, true);
  }
  document.addEventListener("click", clicked, true);
  document.addEventListener("pointermove", moved, { capture: true, passive: true });
  document.documentElement.addEventListener("pointerleave", () => hovered(null));
  root.addEventListener("keydown", pressed);
  root.addEventListener("focusin", focused);
  for (const kind of ["load", "error", "toggle", "scroll"]) {
    document.addEventListener(kind, plan, { capture: true, passive: true });
  }
  window.addEventListener("resize", plan);
  const sizes = new ResizeObserver(plan);
  sizes.observe(document.documentElement);
  sizes.observe(document.body);
  document.addEventListener("load", (event) => event.target.matches?.("link") && unstick(plan), true);
  unstick(plan);
  say("ready", { elements: elements.size });
}

// ---- what the studio shows

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
  restart(Math.max(hadFocus, 0), hadFocus >= 0);
  const counted = (number, what) => (number ? [`${number} article${number === 1 ? "" : "s"} ${what}`] : []);
  const outlined = state.cards.filter((card) => card.group.length).length; // articles may be read from data
  const changes = hadCards ? [...counted(added.length, "added"), ...counted(removed, "taken out")] : [];
  ui.status.textContent = [...changes, ...counted(outlined, "outlined")].join(", ");
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
  state.cards.forEach((one, place) => one.box.style.setProperty("--c", COLOURS[place === card ? "chosen" : "card"]));
  if (state.cards[card]) bringIntoView(state.cards[card].group);
}

// Where a list begins far down, it is what people want to see first.
function toList() {
  const area = state.cards.map((card) => areaOf(card.group)).find((one) => one !== null);
  if (area && area[1] > innerHeight * 0.6) scrollTo({ top: area[1] + scrollY - innerHeight * 0.2 });
}

// ---- what a person means

function numbered(event) {
  const start = event.composedPath()[0];
  return start instanceof Element ? start.closest("[data-n]") : null;
}

function clicked(event) {
  const element = numbered(event);
  if (element) pick(element, cardOf(element));
}

function moved(event) {
  hovered(numbered(event));
}

function hovered(element) {
  const card = element ? cardOf(element) : null;
  const isPart = state.mode === "pick" ? card !== null : state.mode === "add" && card === null;
  const isOne = element && element !== document.body && isPart;
  const group = isOne ? [element] : card !== null ? state.cards[card].group : null;
  if (group === state.hover || (group && state.hover && group[0] === state.hover[0])) return;
  state.hover = group;
  ui.hoverBox.hidden = !group;
  ui.hoverBox.style.setProperty("--c", COLOURS[state.mode] ?? COLOURS.part);
  if (group) place([[ui.hoverBox, group]]);
  say("hovered", { card });
}

// ---- what the studio says

const MODES = ["look", "pick", "add", "remove"];
const TOLD = {
  hello: () => ui.overlay && say("ready", { elements: elements.size }),
  cards: ({ cards }) => showCards(listOf(cards)),
  chosen: ({ card }) => choose(card),
  hint: ({ cards }) => showGroup("hint", listOf(cards).slice(0, MOST_BOXES).map((numbers) => drawn("hint", numbers))),
  fields: ({ fields }) => showGroup("fields", listOf(fields).flatMap(fieldBoxes).slice(0, MOST_BOXES)),
  pending: ({ number }) => showGroup("pending", number === null ? [] : [drawn("pending", [number])]),
  mode: ({ mode }) => {
    state.mode = MODES.includes(mode) ? mode : "look";
    hovered(null);
    restart();
  },
  focus: focusHere,
};

function fieldBoxes({ field, label, numbers }) {
  const colour = FIELD_COLOURS[field ?? label];
  return listOf(numbers).slice(0, MOST_BOXES).map((number) => drawn("field", [number], String(label ?? field), colour));
}

window.addEventListener("message", ({ source, data }) => {
  if (source !== parent || parent === window || data?.feedbuilder !== "studio") return;
  if (Object.hasOwn(TOLD, data.kind)) TOLD[data.kind](data);
});

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
