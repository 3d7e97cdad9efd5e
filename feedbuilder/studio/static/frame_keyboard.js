// The keyboard: one stop for Tab; arrows go from card to card, from part to part of a card, or from link to link.

import { MOST_STOPS, cardOf, pick, say, state, stopEvent, textOf, ui } from "./frame_shared.js";
import { areaOf, place } from "./frame_boxes.js";

const MOVES = {
  ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10,
  Home: -MOST_STOPS, End: MOST_STOPS,
};

let at = 0;
let inside = null; // the card whose parts are gone through; null: from card to card
let known = null;

function stops() {
  known ??= found();
  return known;
}

function found() {
  if (inside !== null) {
    const within = (element) => [element, ...element.querySelectorAll("[data-n]")];
    const parts = (state.cards[inside]?.group ?? []).flatMap(within).filter(saysSomething).slice(0, MOST_STOPS);
    return parts.map((element) => ({ element, card: inside }));
  }
  if (state.mode === "add") {
    const isOutside = (link) => cardOf(link) === null && textOf(link) && areaOf([link]);
    const links = [...document.querySelectorAll("a[data-link][data-n]")].filter(isOutside).slice(0, MOST_STOPS);
    return links.map((element) => ({ element, card: null }));
  }
  const whole = state.cards.map(({ group, box }, card) => ({ element: group[0], card, box }));
  return whole.filter(({ element }) => element);
}

function saysSomething(element) {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return (own || element.matches("img, time")) && areaOf([element]) !== null;
}

// Go through the parts of that card, or, without one, from card to card.
function enter(card) {
  inside = card;
  known = null;
  ui.walker.hidden = (inside === null && state.mode !== "add") || !stops().length;
  for (const one of state.cards) one.box.tabIndex = -1;
  step(0, card !== null);
}

// Begin anew: there are other cards, or a click is for something else. `place` is that of the card to begin at.
export function restart(place = 0, hasFocus = false) {
  enter(null);
  step(place, hasFocus);
}

function step(to, hasFocus) {
  const count = stops().length;
  state.walking = null;
  if (!count) return;
  const before = stops()[at];
  at = Math.min(Math.max(to, 0), count - 1);
  const { element, box: own } = stops()[at];
  if (before?.box) before.box.tabIndex = -1;
  const target = own ?? ui.walker;
  target.tabIndex = 0;
  if (!own) {
    const what = inside === null ? "Link" : "Part";
    ui.walker.setAttribute("aria-label", `${what} ${at + 1} of ${count}: ${textOf(element) || element.localName}`);
    state.walking = element;
    place([[ui.walker, [element]]]);
  }
  if (hasFocus) {
    bringIntoView([element]);
    target.focus({ preventScroll: true });
  }
}

export function focusHere() {
  step(at, true);
}

export function bringIntoView(group) {
  group[0]?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function pressed(event) {
  const here = stops()[at];
  if (event.key in MOVES) step(at + MOVES[event.key], true);
  else if ((event.key === "Enter" || event.key === " ") && here) {
    if (state.mode === "pick" && inside === null) enter(here.card);
    else pick(here.element, here.card);
  } else if (event.key === "Escape" && inside !== null) restart(inside, true);
  else if (event.key === "Escape") say("left", {});
  else return;
  stopEvent(event);
}

export function focused() {
  const here = stops()[at];
  if (here && here.card !== null) say("hovered", { card: here.card });
}
