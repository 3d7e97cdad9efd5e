// What a form does is shown in place: its answer is a whole page, of which the parts marked `data-region` are taken over.
// Without this script the same forms lead to the same pages.

const announcer = document.getElementById("announcer");
let queue = Promise.resolve();
let isLeaving = false; // a form leads to another page: no answer may call anybody back

export function announce(text) {
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = text; });
}

// What went wrong with the studio itself is seen and heard, until it goes well again.
function trouble(text) {
  const notice = document.getElementById("trouble");
  notice.textContent = text;
  notice.hidden = !text;
}

// One request at a time, in the order in which they were asked for: each is a step on what the one before left.
export function ask(url, options = {}) {
  const answer = queue.then(() => shown(url, options));
  queue = answer.catch(() => {});
  return answer;
}

async function shown(url, options) {
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    if (isLeaving) return;
    if (answer.status === 401) {
      location.reload();
      return;
    }
    const there = new URL(answer.url);
    if (there.pathname !== location.pathname && answer.redirected) {
      location.assign(answer.url);
      return;
    }
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) {
      trouble("The studio does not answer as it should. Reload the page.");
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isLeaving) return;
    const isElsewhere = there.pathname !== location.pathname;
    trouble(isElsewhere ? page.querySelector(".notice")?.textContent ?? "That did not work." : "");
    if (!isElsewhere) takeOver(page);
  } catch {
    if (!isLeaving) trouble("The studio cannot be reached. Is it still running?");
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

function takeOver(page) {
  const regions = [...document.querySelectorAll("[data-region]")];
  if (!regions.some((region) => page.getElementById(region.id))) {
    location.reload();  // another screen at the same address
    return;
  }
  document.title = page.title;
  for (const region of regions) {
    const other = page.getElementById(region.id);
    if (!other || other.outerHTML === region.outerHTML) continue;
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    const mark = focused && (focused.id || focused.dataset.key);
    const open = new Set([...region.querySelectorAll("details[id][open]")].map((one) => one.id));
    const checked = new Set([...region.querySelectorAll("input[id]:not([name]):checked")].map((one) => one.id));
    // What somebody types just now is not taken from them.
    const typed = [...region.querySelectorAll("input[id][name], textarea[id]")].filter((one) => one.value !== one.defaultValue);
    region.replaceWith(document.adoptNode(other));
    for (const one of typed) if (document.getElementById(one.id)) document.getElementById(one.id).value = one.value;
    for (const box of other.querySelectorAll("input[id]:not([name])")) box.checked ||= checked.has(box.id);
    for (const details of other.querySelectorAll("details[id]")) details.open ||= open.has(details.id);
    if (mark) (document.getElementById(mark) ?? other.querySelector(`[data-key="${CSS.escape(mark)}"]`) ?? other.querySelector("[tabindex], button:enabled"))?.focus();
  }
  document.dispatchEvent(new CustomEvent("takenover"));
  prepare();
}

export function post(url, fields) {
  return ask(url, { method: "POST", body: new URLSearchParams(fields) });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (!form.hasAttribute("data-live")) {
    isLeaving = true;
    clearTimeout(waiting);
    return;
  }
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  ask(form.action, { method: "POST", body: new URLSearchParams([...fields]) });
});

window.addEventListener("pageshow", () => { isLeaving = false; });

// Forms that are sent as soon as somebody has finished a field.
let waiting;
document.addEventListener("change", (event) => {
  const form = event.target.form;
  const url = form?.dataset.onChange;
  if (!url) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => post(url, [...new FormData(form)]), 120);
});

function poll(region) {
  setTimeout(async () => {
    if (region.isConnected && !document.hidden) await ask(location.href);
    if (region.isConnected) poll(region);
  }, Number(region.dataset.poll));
}

async function copied(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without https there is no clipboard: the address is selected, and copied the old way where that works.
    const text = document.getElementById(button.dataset.of);
    if (text) getSelection().selectAllChildren(text);
    if (!document.execCommand("copy")) return;
  }
  const before = button.textContent;
  button.textContent = "Copied";
  announce("Copied");
  setTimeout(() => { button.textContent = before; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (button) copied(button);
});

function prepare() {
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
  for (const log of document.querySelectorAll("[data-follow]")) log.scrollTop = log.scrollHeight;
  for (const region of document.querySelectorAll("[data-poll]:not([data-polled])")) {
    region.dataset.polled = "";
    poll(region);
  }
}

prepare();
