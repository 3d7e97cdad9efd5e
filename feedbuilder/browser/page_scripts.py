"""What is run in a page, as JavaScript. Whatever a page does to these scripts, it does to its own reading alone."""

from __future__ import annotations

CLICK_FIRST = """
selectors => {
  const roots = [document];
  for (const element of document.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
  for (const selector of selectors) for (const root of roots) for (const element of root.querySelectorAll(selector)) {
    if (element.disabled || !element.getClientRects().length) continue;
    if (getComputedStyle(element).visibility !== "visible") continue;
    element.scrollIntoView({block: "center"});
    element.click();
    return true;
  }
  return false;
}
"""
"""Clicks the first visible element of the first selector that has one; says whether there was one."""

SCROLL_TO_END = """
() => {
  const page = document.scrollingElement || document.documentElement;
  const before = page.scrollHeight;
  window.scrollTo(0, before);
  // Lists in a box of their own scroll there.
  for (const box of document.querySelectorAll("main, [role=main], [role=feed], div, ul, section")) {
    if (box.scrollHeight > box.clientHeight + 50 && /auto|scroll/.test(getComputedStyle(box).overflowY)) {
      box.scrollTop = box.scrollHeight;
    }
  }
}
"""

IDLE = "() => new Promise(done => requestIdleCallback(() => done(true), {timeout: 5000}))"
"""Waits until scripts have nothing to do just now."""

WHOLE_PAGE = """
longest => {
  const flat = () => {
    const inert = document.implementation.createHTMLDocument("");
    const copy = node => {
      if (node.nodeType !== 1 || node.localName === "template") return inert.importNode(node, true);
      const made = inert.importNode(node, false);
      const given = node.localName === "slot" && node.assignedNodes ? node.assignedNodes() : [];
      const children = node.shadowRoot ? node.shadowRoot.childNodes : given.length ? given : node.childNodes;
      for (const child of children) made.append(copy(child));
      return made;
    };
    return copy(document.documentElement).outerHTML;
  };
  let html = "";
  const hasShadows = [...document.querySelectorAll("*")].some(element => element.shadowRoot);
  try { html = hasShadows ? flat() : document.documentElement.outerHTML; }
  catch { html = document.documentElement.outerHTML; }  // nested too deeply
  return html.length > longest ? null : "<!DOCTYPE html>" + html;
}
"""
"""Returns the page as it is now, with what stands in open shadow roots in its place; null if it is longer."""
