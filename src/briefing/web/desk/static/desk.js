// The desk's script. Every form works without it; with it, changes save where you are.
"use strict";

const told = document.getElementById("told");
const say = (sentence) => { if (told) told.textContent = sentence; };
const here = () => document.querySelector("[data-live][data-version]");
const version = () => here().dataset.version;
let looking = document.querySelector("[data-look][aria-current]")?.dataset.look;
let queue = Promise.resolve();
let dragged = null;
let pressed = false;
let waiting = 0;
// What was saved and is not shown yet, with what is to be done once it is.
let undrawn = null;
// The story in hand.
let current;
// The version that another Ctrl+Z goes back to; any other change forgets it.
let undone = null;

// --- Saving -----------------------------------------------------------------------------------

async function send(form, { submitter = null, after = null, more = {} } = {}) {
  // Files are read and sent as words; see `take`.
  const words = [...new FormData(form, submitter)].filter(([, value]) => typeof value === "string");
  const fields = new URLSearchParams(words);
  for (const [name, value] of Object.entries(more)) fields.set(name, value);
  // A second press comes before the page shows what the first one did; words are never sent so.
  if (form.matches(".tools")) fields.set("seen", version());
  say("Saving…");
  const address = new URL(form.action);
  const frame = document.querySelector("#frame iframe");
  // Its preview comes with the answer, where nothing else waits to be saved.
  if (frame && waiting < 2 && address.pathname.endsWith("/change")) address.search = shows(frame).search;
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST", body: fields, headers: { Accept: "application/json" },
    });
  } catch {
    say("Not saved: the desk does not answer. What you typed is still here.");
    return;
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 409) {
    // The page that shows both sides is the plain form's own.
    form.dataset.plain = "yes";
    if (submitter) form.requestSubmit(submitter); else form.submit();
    return;
  }
  if (!answer.ok) {
    say(`Not saved: ${body.error || answer.statusText}`);
    return;
  }
  here().dataset.version = body.version;
  undone = null;
  form.querySelector("[name=seen]").value = body.version;
  for (const field of form.querySelectorAll("input:not([type=hidden])")) {
    if (field.value === fields.get(field.name)) field.defaultValue = field.value;
  }
  if (form.matches("[data-drop], [data-say]")) form.reset();
  say(`Saved as version ${body.version}.${body.lost.length ? ` ${body.lost.join(" ")}` : ""}`);
  undrawn = { after, frame: body.frame };
}

// What was saved is shown once nothing more waits to be saved, and what the editor looks at first comes
// first: list and preview need the same rendering.
async function draw() {
  if (!undrawn || waiting > 1) return;
  const { after, frame } = undrawn;
  undrawn = null;
  if (after) { await refresh(after); preview(looking, frame); } else { await preview(looking, frame); await refresh(); }
}

// After a drop the story that takes its place is in hand.
function next(form, button) {
  const piece = button?.value === "drop" && pieceAt(form);
  if (!piece) return null;
  const at = [...piece.parentNode.children].indexOf(piece);
  return () => document.querySelectorAll("#pieces > [data-item]")[at]?.focus();
}

// One after the other: each change names the version before it.
function soon(work) {
  const main = document.getElementById("main");
  waiting += 1;
  main.setAttribute("aria-busy", "true");
  queue = queue.then(work, work).then(draw, draw).finally(() => {
    waiting -= 1;
    if (!waiting) main.setAttribute("aria-busy", "false");
  });
  return queue;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-change]");
  if (!form || form.dataset.plain) return;
  event.preventDefault();
  hurried(form);
  soon(() => send(form, { submitter: event.submitter, after: next(form, event.submitter) }));
});

// What changes nothing of the edition is only told, after what is being saved: a test letter has it too.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-tell]");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  soon(() => tell(form.action, body));
});

async function tell(address, body) {
  say("Sending…");
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json().catch(() => ({}));
    say(told.said || `Not sent: ${told.error || answer.statusText}`);
  } catch {
    say("Not sent: the desk does not answer.");
  }
}

// The sentences of a source stand where its story is edited, once somebody edits it.
async function sentences(box) {
  const answer = await fetch(box.dataset.sentences, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const form = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-choose]");
  if (!form || !box.isConnected || box.querySelector("form")) return;
  for (const each of form.querySelectorAll("[id]")) each.removeAttribute("id");
  // A number stays, for "answered by 3" to lead somewhere; there is no digest next to it to go to.
  for (const each of form.querySelectorAll("a.to")) {
    const number = Object.assign(document.createElement("small"), { className: "answer", textContent: each.firstChild.textContent });
    each.replaceWith(number);
  }
  form.classList.add("sentences");
  form.querySelector("[name=back]")?.remove();
  form.querySelector("p.row")?.remove();
  box.replaceChildren("Tick the sentences that make the paragraph:", form);
}
document.addEventListener("toggle", (event) => {
  if (!event.target.open || !event.target.matches?.("details.edit")) return;
  for (const box of event.target.querySelectorAll("[data-sentences]")) {
    if (!box.querySelector("form")) sentences(box);
  }
}, true);

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave], form[data-choose]");
  if (!form) return;
  hurried(form);
  const pause = form.matches("[data-choose]") ? 0 : 600;
  form.waiting = setTimeout(() => keep(form), pause);
});

function keep(form) {
  form.waiting = null;
  const wrong = form.querySelector(":invalid");
  if (wrong) say(`Not saved: ${wrong.labels[0].firstChild.textContent.trim()}: ${wrong.validationMessage}`);
  else soon(() => send(form));
}

// True where it was still to be saved, which is now for whoever asked.
function hurried(form) {
  const was = Boolean(form.waiting);
  clearTimeout(form.waiting);
  form.waiting = null;
  return was;
}

// What was typed is saved, and shown above its form, once somebody leaves it.
document.addEventListener("focusout", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (!form || form.contains(event.relatedTarget)) return;
  if (hurried(form)) keep(form); else soon(() => refresh());
});

// --- Showing what stands ------------------------------------------------------------------------

document.addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel", "dragend"]) {
  // After the click that it makes.
  document.addEventListener(end, () => { setTimeout(() => { pressed = false; }); }, true);
}

async function refresh(after) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  // A button that goes away under a finger is never pressed.
  while (dragged || pressed) await new Promise((later) => { setTimeout(later, 50); });
  const open = [...document.querySelectorAll("details[open][data-open]")].map((each) => each.dataset.open);
  let moved = null;
  for (const part of document.querySelectorAll("[data-live]")) {
    const news = fresh.getElementById(part.id);
    // What stands as it stood keeps its ticks.
    if (news?.isEqualNode(part)) continue;
    // Never take away what somebody is typing in; its form keeps the version it was drawn from.
    const typing = document.activeElement?.closest("input, textarea") && part.contains(document.activeElement);
    if (typing) {
      if (news?.dataset.version) part.dataset.version = news.dataset.version;
      continue;
    }
    const focused = part.contains(document.activeElement) ? place(document.activeElement) : null;
    if (news) ticked(part, news);
    if (news) part.replaceWith(news); else part.replaceChildren();
    const stays = focused && find(focused);
    if (stays) stays.focus(); else if (focused) moved = focused.item;
  }
  for (const each of open) {
    document.querySelector(`[data-open="${CSS.escape(each)}"]`)?.setAttribute("open", "");
  }
  for (const form of document.querySelectorAll("form[data-follow]")) follow(form, fresh);
  // A piece that was decided, restored or dropped takes the focus along to where it stands now.
  if (moved) find({ item: moved, kind: "" })?.focus();
  hand();
  if (after) after();
}

// Whoever has ticked that they read the warnings of these bytes has read them.
function ticked(part, news) {
  const bytes = (form) => form?.querySelector("[name=hash]")?.value;
  for (const box of part.querySelectorAll("form [name=warnings]:checked")) {
    const same = news.querySelector("form [name=warnings]");
    if (same && bytes(same.form) === bytes(box.form)) same.checked = true;
  }
}

// Words that nobody is typing follow what stands: the subject the lead, for one.
function follow(form, fresh) {
  const fields = [...form.querySelectorAll("input[name]")];
  const touched = fields.some((field) => field.type !== "hidden" && field.value !== field.defaultValue);
  if (touched || form.contains(document.activeElement)) return;
  for (const field of fields) {
    const news = fresh.getElementById(form.id)?.querySelector(`[name="${field.name}"]`);
    if (news) [field.defaultValue, field.value] = [news.defaultValue, news.defaultValue];
  }
}

const place = (element) => ({
  item: element.closest("[data-item]")?.dataset.item || element.closest("[data-held]")?.dataset.held, kind: element.value || "", id: element.id,
});

function find({ item, kind, id }) {
  if (id && document.getElementById(id)) return document.getElementById(id);
  const piece = item && document.querySelector(`[data-item="${CSS.escape(item)}"]`);
  return piece?.querySelector(`button[value="${CSS.escape(kind)}"]`) || piece;
}

// Of the preview only what differs is drawn anew, so it keeps its place and its pictures.
let asked = 0;
function shows(frame, look = looking) {
  const address = new URL(frame.src);
  address.searchParams.set("version", version());
  if (look) address.searchParams.set("look", look);
  return address;
}

async function preview(look = looking, page = undefined) {
  const box = document.getElementById("frame");
  const frame = box?.querySelector("iframe");
  if (!frame) return;
  asked += 1;
  const mine = asked;
  try {
    const answer = page ? null : await fetch(shows(frame, look));
    if (answer?.ok) page = await answer.text();
  } catch { /* The preview stays as it is; the next change says that the desk does not answer. */ }
  if (!page || mine !== asked) return;
  await arrived(frame);
  // The frame's own parser: its rules on styles are a letter's, not this page's.
  const fresh = new frame.contentWindow.DOMParser().parseFromString(page, "text/html");
  patch(frame.contentDocument.documentElement, fresh.documentElement);
  box.className = `frame ${look || "desktop"}`;
  stand(frame);
  document.dispatchEvent(new CustomEvent("painted"));
}

// What a frame that is still loading would bring later would stand over the news.
function arrived(frame) {
  const { contentDocument: page } = frame;
  if (page?.readyState === "complete" && page.URL !== "about:blank") return Promise.resolve();
  return new Promise((done) => { frame.addEventListener("load", done, { once: true }); });
}

function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  if (!old.attributes || old.localName !== fresh.localName || before.length !== after.length) {
    old.replaceWith(old.ownerDocument.adoptNode(fresh));
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  before.forEach((child, at) => patch(child, after[at]));
}

// A preview stands at the story in hand, else where it stood.
function stand(frame) {
  const page = frame.contentDocument?.scrollingElement;
  if (!page) return;
  const piece = current && document.querySelector(`#main [data-item="${CSS.escape(current)}"]`);
  const bare = (element) => element.textContent.replace(/[^\p{L}\p{N}]/gu, "");
  const wanted = piece?.querySelector("h3") && bare(piece.querySelector("h3"));
  const headings = [...frame.contentDocument.querySelectorAll("h1, h2, h3, h4")];
  const heading = wanted && headings.find((each) => bare(each) === wanted);
  if (heading) page.scrollTop += heading.getBoundingClientRect().top - 40;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-look]");
  if (!link) return;
  event.preventDefault();
  looking = link.dataset.look;
  for (const each of document.querySelectorAll("a[data-look]")) each.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  preview();
});

const edition = here()?.dataset.edition;
if (edition) {
  const events = new EventSource(`/editions/${edition}/events`);
  let words;
  // After what is being saved here: our own changes come back as news too.
  events.addEventListener("message", ({ data }) => soon(async () => {
    const [number, count, ...people] = data.split(" ");
    const present = document.getElementById("present");
    if (present) present.textContent = `Here now: ${people.join(" ")}`;
    const [changed, said] = [Number(number) > Number(version()), words !== undefined && count !== words];
    words = count;
    if (changed) {
      undone = null;
      say("Somebody else changed the edition; you see it as it stands now.");
      undrawn = {};
    } else if (said) await refresh();
  }));
}

// --- Adding a file -----------------------------------------------------------------------------

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", failed);
    reader.readAsDataURL(file);
  });
}

async function take(form, file) {
  await soon(async () => send(form, { more: { file: await base64(file), name: file.name } }));
}

document.documentElement.classList.add("script");
document.addEventListener("change", (event) => {
  const [file] = event.target.matches?.("form[data-drop] [type=file]") ? event.target.files : [];
  if (file) take(event.target.form, file).then(() => { event.target.value = ""; });
});
document.addEventListener("dragover", (event) => {
  if (event.target.closest?.("form[data-drop]") && !dragged) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const form = event.target.closest?.("form[data-drop]");
  const [file] = (form && !dragged && event.dataTransfer.files) || [];
  if (!file) return;
  event.preventDefault();
  take(form, file);
});

// --- Moving by dragging -----------------------------------------------------------------------

const pieceAt = (target) => target.closest?.("#pieces > [data-item]");
// Stories, paid pieces and what was left out are dragged into the list and into blocks; blocks among blocks.
const held = (target) => target.closest("[data-item], .block[data-name]");

function placeFor(target) {
  if (dragged.matches(".block")) return target.closest?.(".block[data-name]");
  const into = target.closest?.("#tray [data-into]");
  return into || (dragged.dataset.paid === undefined ? pieceAt(target) : null);
}

function tray(shown) {
  const box = document.getElementById("tray");
  if (!box) return;
  box.hidden = !shown || dragged.matches(".block");
  const kind = dragged?.dataset.paid === undefined ? "story" : "paid";
  for (const each of box.children) each.hidden = each.dataset.says !== kind && each.dataset[kind] === undefined;
}

document.addEventListener("dragstart", (event) => {
  if (!event.target.matches?.(".grip")) return;
  dragged = held(event.target);
  dragged.classList.add("taken");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.item || dragged.dataset.name);
  // Once the drag has begun: what moves under the pointer before would end it.
  setTimeout(() => { if (dragged) tray(true); });
});
document.addEventListener("dragover", (event) => {
  const over = dragged && placeFor(event.target);
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
  if (!over) return;
  event.preventDefault();
  over.classList.add("over");
});
document.addEventListener("dragend", () => {
  for (const each of document.querySelectorAll(".over, .taken")) each.classList.remove("over", "taken");
  tray(false);
  dragged = null;
});
document.addEventListener("drop", (event) => {
  const over = dragged && placeFor(event.target);
  if (!over || over === dragged) return;
  event.preventDefault();
  if (over.matches(".block")) { reorder(over, below(event, over)); return; }
  const { item } = dragged.dataset;
  const { into } = over.dataset;
  if (into) { press(dragged, { kind: "into", block: into }); return; }
  const before = Number(over.dataset.place) + (below(event, over) ? 1 : 0);
  const from = Number(dragged.dataset.place ?? Infinity);
  press(dragged, { kind: "move", item, to: from < before ? before - 1 : before, block: over.dataset.block });
});

function below(event, over) {
  const box = over.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

function reorder(over, after) {
  const names = [...document.querySelectorAll(".block[data-name]")].map((each) => each.dataset.name)
    .filter((name) => name !== dragged.dataset.name);
  names.splice(names.indexOf(over.dataset.name) + (after ? 1 : 0), 0, dragged.dataset.name);
  const form = dragged.querySelector("form.tools");
  soon(() => send(form, { more: { order: names.join(" ") } }));
}

function press(piece, more) {
  const { item } = piece.dataset;
  const at = [...piece.parentNode.children].indexOf(piece);
  const after = more.kind === "drop"
    ? () => document.querySelectorAll("#pieces > [data-item]")[at]?.focus()
    : () => find({ item, kind: "" })?.focus();
  soon(() => send(piece.querySelector("form.tools"), { after, more }));
}

// --- Keys ---------------------------------------------------------------------------------------

document.addEventListener("focusin", (event) => {
  const piece = pieceAt(event.target);
  if (!piece || piece.dataset.item === current) return;
  current = piece.dataset.item;
  const frame = document.querySelector("#frame iframe");
  if (frame) stand(frame);
});

// Its words are shown once the press is over: what moves under a pointer swallows the click.
function hand() {
  for (const each of document.querySelectorAll("#pieces > [data-item]")) {
    each.classList.toggle("hand", each.dataset.item === current);
  }
}
document.addEventListener("click", hand);
document.addEventListener("keyup", hand);

const PRESS = { u: "up", d: "down", l: "lead", x: "drop" };

// Ctrl+Z takes the last version back; in a field it is the field's own.
function takeBack() {
  const to = Number(version()) - 1;
  if (to < 1 || !document.querySelector("#pieces form.tools")) return;
  soon(async () => {
    const token = document.querySelector("#pieces form.tools [name=token]").value;
    const fields = new URLSearchParams({ token, seen: version(), to: String(undone ?? to), only: "mine" });
    const answer = await fetch(`/editions/${edition}/undo`, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) { say(`Not taken back: ${body.error || answer.statusText}`); return; }
    if (String(body.version) === version()) { say("Nothing was taken back: the first version stands."); return; }
    here().dataset.version = body.version;
    say(`Taken back: version ${fields.get("to")} stands again, as version ${body.version}.`);
    undone = Math.max(1, Number(fields.get("to")) - 1);
    undrawn = {};
  });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey
      && !event.target.closest("input, textarea, select") && edition) {
    event.preventDefault();
    takeBack();
    return;
  }
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const pieces = [...document.querySelectorAll("#pieces > [data-item]")];
  // While the list is drawn anew nothing has the focus.
  const held = event.target === document.body ? find({ item: current, kind: "" }) : pieceAt(event.target);
  const at = pieces.indexOf(held);
  const piece = pieces[at];
  if (event.key === "j" || event.key === "k") {
    pieces[Math.min(pieces.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))]?.focus();
  } else if (event.key === "p") {
    const looks = [...document.querySelectorAll("a[data-look]")];
    looks[(looks.findIndex((each) => each.dataset.look === looking) + 1) % looks.length]?.click();
  } else if (piece && event.key === "e") {
    const box = piece.querySelector("details.edit");
    box.open = true;
    box.querySelector("[name=headline]").focus();
    event.preventDefault();
  } else if (piece && event.key === "s") {
    piece.querySelector(".facts a").click();
  } else if (piece?.querySelector("form.tools") && PRESS[event.key]) {
    press(piece, { kind: PRESS[event.key] });
  }
});
