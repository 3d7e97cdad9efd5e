// What all parts of the frame's script share: the elements by their numbers, what is drawn, and how it is said.
//
// The parts are modules of their own, and are joined to one text for the frame (`studio/frame_script.py`): a document
// with an origin of its own could load no module of the studio's.

export const MOST_BOXES = 2000;
export const MOST_STOPS = 5000;

// All elements of the page, by number.
export const elements = new Map();

// What is shown, as lists of {key, group, box}: the elements of a group are outlined together.
export const state = { cards: [], hint: [], fields: [], pending: [], mode: "look", hover: null, walking: null };

// What draws it: the overlay and, in its shadow tree, the layer of boxes, one box under the pointer, one that walks
// with the keyboard, and what screen readers are told.
export const ui = { overlay: null, layer: null, hoverBox: null, walker: null, status: null };

export function make(tag, names, parent) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(names)) element.setAttribute(name, value);
  parent?.append(element);
  return element;
}

export function insist(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
}

export function say(kind, more) {
  if (parent !== window) parent.postMessage({ feedbuilder: "frame", kind, ...more }, "*");
}

export function textOf(element) {
  const image = element.matches?.("img") ? element : element.querySelector?.("img[alt]");
  const text = element.textContent.trim() || image?.getAttribute("alt") || "";
  return text.slice(0, 1000).replace(/\s+/g, " ").slice(0, 120);
}

export function cardOf(element) {
  const found = state.cards.findIndex((card) => card.group.some((one) => one.contains(element)));
  return found < 0 ? null : found;
}

export function listOf(value) {
  return Array.isArray(value) ? value : [];
}

// A person means `element`, which stands in the card at that place; null: in none.
export function pick(element, card) {
  say("picked", { number: Number(element.dataset.n), card, mode: state.mode });
}

export function stopEvent(event) {
  event.preventDefault();
  event.stopPropagation();
}
