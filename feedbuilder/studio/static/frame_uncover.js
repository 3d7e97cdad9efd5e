// Nothing may hide what is outlined: neither the page's own styles nor what they lay over it.

import { insist, state, ui } from "./frame_shared.js";

export function reveal(drawn) {
  const seen = new Set([document.body]);
  for (const start of drawn.flatMap(({ group }) => group)) {
    for (let element = start; element && !seen.has(element); element = element.parentElement) {
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
export function uncover() {
  const shown = [...state.cards, ...state.hint];
  const holdsCard = (element) => shown.some(({ group }) => group.some((one) => element.contains(one)));
  for (const { group } of shown) {
    const point = textPoint(group);
    if (!point || point[0] < 0 || point[1] < 0 || point[0] >= innerWidth || point[1] >= innerHeight) continue;
    for (let tried = 0; tried < 8; tried++) {
      const top = document.elementFromPoint(...point);
      if (!top || top === ui.overlay || group.some((element) => element.contains(top))) break;
      if (!holdsCard(top)) insist(layerOf(top, holdsCard), { display: "none" });
      else if (top.hasAttribute("data-frame-bare")) break;
      else top.setAttribute("data-frame-bare", "");
    }
  }
}

// What `element` lies over the page with: the nearest element around it that is taken out of the flow.
function layerOf(element, holdsCard) {
  for (let around = element; around && !holdsCard(around); around = around.parentElement) {
    if (["absolute", "fixed"].includes(getComputedStyle(around).position)) return around;
  }
  return element;
}

// What stays on the screen while the page is scrolled, by the site's own stylesheets, stays where it is written. In
// slices, so that clicks come first; afterwards `plan` is called.
export function unstick(plan) {
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
