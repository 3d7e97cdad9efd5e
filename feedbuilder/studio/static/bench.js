// The page in its frame, and what a click on it is for. What is learnt of a click is the server's to say.

import { announce, post } from "./live.js";
import { PageFrame } from "./page_frame.js";

const tools = document.getElementById("tools");
const hint = document.getElementById("tools-hint");
const HINTS = {
  look: "Click an article to see what was read of it.",
  add: "Click an article that is missing from the list.",
  remove: "Click what is in the list and is no article.",
};
const LEARNING = "Learning from this click …";
const MODES = { look: "look", add: "add", remove: "remove" };

const frame = new PageFrame(document.getElementById("page"), {
  picked({ number, card }) {
    if (tool() === "look") choose(card);
    else learn(number);
  },
  hovered({ card }) { mark(card, false); },
  left() { tools.querySelector("input:checked").focus(); },
});

function tool() { return tools.querySelector("input:checked").value; }

// The click is seen at once; what it means takes as long as the page is large.
let learning = 0;
async function learn(number) {
  const before = said().textContent;
  learning += 1;
  frame.pending(number);
  said().textContent = LEARNING;
  await post(tools.dataset.url, { tool: tool(), number });
  learning -= 1;
  if (learning) return;
  frame.pending(null);
  if (said().textContent === LEARNING) said().textContent = before;
}

function said() { return document.querySelector("#said [data-said]"); }

function numbers() { return document.getElementById("numbers").dataset; }

async function showField(field) {
  const answer = await fetch(numbers().url + field).catch(() => null);
  if (answer?.ok && tool() === field) frame.fields([{ label: field, numbers: await answer.json() }]);
}

function mark(card, scrolls) {
  for (const entry of document.querySelectorAll(".preview-entry")) {
    const isIt = card !== null && entry.dataset.card === String(card);
    entry.classList.toggle("preview-chosen", isIt);
    if (isIt && scrolls) entry.scrollIntoView({ block: "nearest" });
  }
}

function choose(card) {
  frame.chosen(card);
  mark(card, true);
}

function setTool() {
  const field = tool();
  frame.mode(MODES[field] ?? "pick");
  hint.textContent = HINTS[field] ?? `Click the right ${field === "image" ? "picture" : field} in one of the articles.`;
  frame.fields([]);
  if (!(field in MODES)) showField(field);
}

function show() {
  tried = [];
  frame.hint([]);
  frame.cards(JSON.parse(numbers().cards));
  setTool();
  if (said()) announce(said().textContent.trim());
}

tools.hidden = false;
tools.addEventListener("change", setTool);
tools.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    frame.focus();
  }
});
document.addEventListener("takenover", show);

// What selectors find is shown while they are written.
let trying;
let tried = [];
document.addEventListener("input", ({ target }) => {
  if (target.id !== "selectors-text") return;
  clearTimeout(trying);
  trying = setTimeout(() => tryOut(target), 300);
});
async function tryOut(written) {
  const asked = written.value;
  const body = new URLSearchParams({ selectors: asked });
  const answer = await fetch(written.form.dataset.try, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || written.value !== asked || !written.isConnected) return;
  const found = await answer.json();
  tried = found.cards;
  document.getElementById("selectors-found").textContent = found.said;
  frame.hint(tried);
}

// Other lists are tried on by pointing at them.
for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const list = event.target.closest?.("[data-hint]");
    frame.hint(list && list.getAttribute("aria-pressed") !== "true" ? JSON.parse(list.dataset.hint) : tried);
  });
}
document.addEventListener("pointerover", (event) => {
  const entry = event.target.closest?.(".preview-entry");
  if (entry) frame.chosen(Number(entry.dataset.card));
});

frame.cards(JSON.parse(numbers().cards));
setTool();
