// The studio's side of the frame that shows a page (frame.js is the other). What comes from there is not trusted:
// numbers and words of a short list, or it is not heard.

const KINDS = ["ready", "picked", "hovered", "changed", "left"];
const MODES = ["look", "pick", "add", "remove"];

const isNumber = (value) => Number.isSafeInteger(value) && value >= 0;

export class PageFrame {
  // `handlers` may have a function for each of KINDS; it is handed the message. "changed" comes whenever cards were
  // drawn. The frame may be loaded already or later, and again: what it was last told is told once more.
  #told = new Map();
  #isReady = false;
  #frame;
  #handlers;

  constructor(frame, handlers = {}) {
    this.#frame = frame;
    this.#handlers = handlers;
    window.addEventListener("message", (event) => this.#heard(event));
    this.#send({ kind: "hello" });
  }

  // The elements of each card, in the order of the items.
  cards(cards) { this.#tell({ kind: "cards", cards }); }
  // The same of a list that somebody looks at; none: no list.
  hint(cards = []) { this.#tell({ kind: "hint", cards }); }
  // What was read for fields, each element by itself: [{field: "title", label: "title", numbers: [17, 23]}].
  fields(fields) { this.#tell({ kind: "fields", fields }); }
  // Which card is meant just now; null: none.
  chosen(card) { this.#tell({ kind: "chosen", card }); }
  // Which element is being learnt of just now; null: none any more.
  pending(number) { this.#send({ kind: "pending", number }); }
  // What a click is for: "look", "pick" a part of a card, "add" a card, "remove" one.
  mode(mode) { this.#tell({ kind: "mode", mode }); }
  // Put the keyboard there.
  focus() { this.#frame.focus(); this.#send({ kind: "focus" }); }

  #tell(message) {
    // The same again is no news; pages say much whenever the pointer moves.
    if (JSON.stringify(this.#told.get(message.kind)) === JSON.stringify(message)) return;
    this.#told.delete(message.kind);
    this.#told.set(message.kind, message);
    if (this.#isReady) this.#send(message);
  }

  #send(message) {
    // To any origin, for the frame's has no name; it learns no more than numbers of its own elements.
    this.#frame.contentWindow?.postMessage({ feedbuilder: "studio", ...message }, "*");
  }

  #heard({ source, data }) {
    if (source !== this.#frame.contentWindow || data?.feedbuilder !== "frame" || !KINDS.includes(data.kind)) return;
    const { kind, number, card, mode, added, removed, elements } = data;
    if ("card" in data && card !== null && !isNumber(card)) return;
    if ([number, added, removed, elements].some((value) => value !== undefined && !isNumber(value))) return;
    if (mode !== undefined && !MODES.includes(mode)) return;
    if (kind === "ready") {
      this.#isReady = true;
      for (const message of this.#told.values()) this.#send(message);
    }
    this.#handlers[kind]?.({ kind, number, card, mode, added, removed, elements });
  }
}
