/* Saves a form while somebody types: a part of an application, a score sheet. The server merges box by box; what it has not acknowledged is kept on this
   device, box by box, and sent when that becomes possible. Every page works without this file: then the buttons save. */
(() => {
"use strict";
const d = document, form = d.querySelector("form[data-draft]");
if (!form) return;
const url = form.dataset.draft;
const bar = d.getElementById("saving"), words = bar.dataset, company = d.getElementById("colleague");
const hidden = name => form.querySelector(`input[type=hidden][name="${name}"]`);
const here = () => location.pathname + location.search;

/* --- boxes: a text, a choice, or everything that is ticked of one name, a line each --- */
const isBox = e => e.name && e.form === form && e.tagName !== "BUTTON" && e.type !== "hidden" && e.type !== "submit";
const boxes = name => [...form.elements].filter(e => e.name === name && isBox(e));
const names = () => [...new Set([...form.elements].filter(isBox).map(e => e.name))];
const readAs = (name, ticked, text) => {
  const all = boxes(name);
  if (!all.length) return null;
  if (all[0].type !== "checkbox" && all[0].type !== "radio") return text(all[0]).replace(/\r\n/g, "\n");
  const chosen = all.filter(ticked).map(e => e.value);
  return all[0].type === "checkbox" ? chosen.join("\n") : chosen[0] || "";
};
const read = name => readAs(name, e => e.checked, e => e.value);
const first = e => e.options ? ([...e.options].find(o => o.defaultSelected) || e.options[0] || { value: "" }).value : e.defaultValue;
const asServed = name => readAs(name, e => e.defaultChecked, first);
let quiet = false;
const write = (name, text) => {
  quiet = true;
  for (const e of boxes(name)) {
    if (e.type === "checkbox") e.checked = text.split("\n").includes(e.value);
    else if (e.type === "radio") e.checked = e.value === text;
    else if (e.value !== text) e.value = text;
    e.dispatchEvent(new Event("input", { bubbles: true }));
  }
  quiet = false;
};

/* --- what this device keeps: an item for each box and tab, because two tabs may write the same part --- */
const device = { get: key => { try { return localStorage.getItem(key); } catch { return null; } }, set: (key, text) => { try { localStorage.setItem(key, text); } catch { /* a device that keeps nothing: the page itself still does */ } },
  drop: key => { try { localStorage.removeItem(key); } catch { /* as above */ } }, keys: () => { try { return Object.keys(localStorage); } catch { return []; } } };
let tab = String(Math.random()).slice(2);
try { tab = sessionStorage.getItem("tab") || (sessionStorage.setItem("tab", tab), tab); } catch { /* then every page is a tab of its own */ }
const store = `draft ${form.dataset.writer} ${url} `;
const alive = () => device.set(`tab ${tab}`, Date.now());
/* a tab that says goodbye is gone at once, one that crashed after a while: browsers let those in the background speak once a minute */
const isGone = other => other === tab || !(Date.now() - device.get(`tab ${other}`) < 90000);

/* --- what is known of the server, and what it does not know yet --- */
const marks = new Map(), shown = new Map(names().map(name => [name, asServed(name)]));
{
  const base = hidden("base").value.split(" ");
  for (let i = 0; i + 1 < base.length; i += 2) marks.set(base[i], base[i + 1]);
}
let version = Number(form.dataset.version);
const waiting = new Map(); /* changed here, not sent */
const clashes = new Map(); /* changed here and elsewhere: what the server answered, until somebody chooses */
let sent = null;           /* on its way, perhaps there already: asked again word for word until the server has answered */
const onItsWay = name => sent?.find(box => box[0] === name);

const keep = name => {
  const text = waiting.get(name) ?? clashes.get(name)?.mine, way = onItsWay(name);
  if (text === undefined && !way) device.drop(`${store}${tab} ${name}`);
  else device.set(`${store}${tab} ${name}`, JSON.stringify({ text: text ?? way[1], mark: way ? way[2] : marks.get(name) || "", way: way?.[1] }));
};
const intoForm = () => {
  hidden("base").value = [...marks].filter(([, mark]) => mark).map(pair => pair.join(" ")).join(" ");
  hidden("version").value = version;
};

/* --- what is said --- */
let mood = "";
const say = (kind, text, link) => {
  mood = kind;
  for (const known of ["ok", "off", "bad"]) bar.classList.toggle(known, kind === known);
  if (bar.textContent !== text) bar.textContent = text;
  if (!link) return;
  const a = d.createElement("a");
  [a.href, a.textContent] = link;
  bar.append(" ", a);
};
const sayCompany = colleague => { if (company) company.textContent = colleague ? words.with.replace("#", colleague.name) : ""; };

/* --- sending --- */
let timer = 0, pause = 1000, busy = false;
const later = wait => { clearTimeout(timer); timer = setTimeout(send, wait); };
const changed = name => {
  const text = read(name);
  if (text === null) return;
  if (clashes.has(name)) clashes.get(name).mine = text;
  else if (text === shown.get(name) && !onItsWay(name)) waiting.delete(name);
  else waiting.set(name, text);
  keep(name);
  if (waiting.size && !busy && !timer) later(1000);
};
for (const kind of ["input", "change"]) form.addEventListener(kind, e => { if (!quiet && isBox(e.target)) changed(e.target.name); });

const ask = async (method, to, body) => {
  const stop = new AbortController(), clock = setTimeout(() => stop.abort(), 12000);
  const headers = { accept: "application/json", ...(body && { "content-type": "application/x-www-form-urlencoded" }) };
  try { return await fetch(to, { method, body, headers, signal: stop.signal, keepalive: !!body && body.length < 60000 }); }
  finally { clearTimeout(clock); }
};

async function send() {
  timer = 0;
  if (busy) return;
  if (!sent) {
    if (!waiting.size) return;
    sent = [...waiting].slice(0, 40).map(([name, text]) => [name, text, marks.get(name) || ""]);
    sent.forEach(box => keep(box[0]));
  }
  busy = true;
  const body = new URLSearchParams([["csrf", hidden("csrf").value]]);
  for (const [name, text, mark] of sent) for (const pair of [["name", name], ["mark", mark], ["text", text]]) body.append(...pair);
  const slow = setTimeout(() => { if (!["off", "bad"].includes(mood)) say("", words.saving); }, 800);
  let status = 0, answer = null;
  try {
    const response = await ask("POST", url, body.toString());
    status = response.status;
    answer = await response.json().catch(() => null);
  } catch { /* no connection: status stays 0 */ }
  clearTimeout(slow);
  busy = false;
  if (status === 200 && answer) return settle(answer);
  return excuse(status, answer);
}

const settle = answer => {
  const batch = sent, between = answer.version > version + 1 ? version : null;
  sent = null;
  pause = 1000;
  for (const [name, mark] of answer.marks) marks.set(name, mark);
  for (const [name, text] of batch) {
    const theirs = answer.meanwhile.find(one => one.name === name);
    if (theirs) {
      clashes.set(name, { ...theirs, mine: waiting.get(name) ?? text });
      waiting.delete(name);
      choose(name);
    } else {
      shown.set(name, text);
      if (waiting.get(name) === text) waiting.delete(name);
      if (text) forgive(name);
    }
    keep(name);
  }
  version = answer.version;
  intoForm();
  sayCompany(answer.colleague);
  sayOfSize(answer.out_of_size);
  if (clashes.size) say("bad", words.both);
  else say("ok", words.saved.replace("#", answer.at));
  if (between !== null) look(between);
  if (waiting.size) later(1000);
};

/* What the server says of the whole after a save, where the page has a place for it. */
const sayOfSize = reason => {
  for (const place of form.querySelectorAll("[data-out-of-size]")) {
    place.hidden = !reason;
    place.querySelector("span").textContent = reason?.text[d.documentElement.lang] || "";
  }
};

/* Why it was not saved, and when it is tried again. */
async function excuse(status, answer) {
  pause = Math.min(pause * 2, 20000);
  if (status === 422 && answer?.reasons?.some(reason => reason.code === "old-form")) {
    /* somebody signed in again meanwhile: the form goes on with the new session's token */
    if (await look(-1)) return later(0);
  }
  if (status === 401) say("bad", words.out, [`/sign-in?then=${encodeURIComponent(here())}`, words.in]);
  else if (status === 0) say("off", words.offline);
  else {
    const why = (answer?.reasons || []).map(reason => reason.text?.[d.documentElement.lang] || reason.text).filter(text => typeof text === "string").join(" ");
    say("bad", why || words.failed);
  }
  later(pause);
}

/* What was said against a box is old once something else stands in it; the next look at the whole part says what still lacks. */
const forgive = name => {
  for (const box of boxes(name)) {
    box.removeAttribute("aria-invalid");
    for (const around of [box, box.closest(".field.bad, fieldset.bad, tr.wrong")]) around?.classList.remove("bad", "wrong");
  }
  d.getElementById(`${name}-error`)?.remove();
  const summary = d.querySelector(".errsum");
  if (!summary) return;
  for (const link of summary.querySelectorAll("a")) if (decodeURIComponent(link.hash.slice(1)) === name) link.closest("li").remove();
  if (!summary.querySelector("li")) summary.remove();
  else summary.querySelector("h2").textContent = words.fix;
};

/* Both texts beside the box: theirs to take, one's own to keep. Nothing of it is sent before somebody has chosen. */
const choose = name => {
  const box = boxes(name)[0], clash = clashes.get(name), id = `both-${name}`;
  d.getElementById(id)?.remove();
  if (!box) return;
  const panel = d.createElement("div");
  Object.assign(panel, { className: "both stack-2", id });
  panel.setAttribute("role", "alert");
  const put = (tag, text, into = panel) => {
    const e = d.createElement(tag);
    e.textContent = text;
    into.append(e);
    return e;
  };
  put("p", clash.gone ? words.gone : words.both);
  if (!clash.gone) {
    put("blockquote", clash.theirs || words.empty).className = "theirs";
    const row = put("p", "");
    row.className = "row tight";
    for (const [text, theirs] of [[words.take, true], [words.mine, false]]) {
      const button = put("button", text, row);
      Object.assign(button, { type: "button", className: "btn sec sm" });
      button.addEventListener("click", () => {
        clashes.delete(name);
        marks.set(name, clash.mark);
        shown.set(name, clash.theirs);
        panel.remove();
        intoForm();
        if (theirs) write(name, clash.theirs);
        changed(name);
        if (!clashes.size) say("", "");
        box.focus();
      });
    }
  }
  (box.closest(".field, fieldset, td, li") || box.parentElement).append(panel);
};

/* What others wrote since then (-1: everything, and this session's token); whether the server answered. */
async function look(since) {
  let state;
  try {
    const response = await ask("GET", `${url}?since=${since}`);
    if (!response.ok) return false;
    state = await response.json();
  } catch { return false; }
  for (const token of d.querySelectorAll('input[type=hidden][name="csrf"]')) token.value = state.csrf;
  sayCompany(state.colleague);
  if (state.version >= version) sayOfSize(state.out_of_size);
  /* an answer that is older than what was saved since it was asked for says nothing new */
  if (!state.boxes || state.version < version) return true;
  const there = new Set(state.boxes.map(box => box.name)), isRow = name => name.includes(".");
  let rows = names().some(name => isRow(name) && !there.has(name));
  for (const { name, text, mark } of state.boxes) {
    if (read(name) === null) rows ||= isRow(name) && ![...form.elements].some(e => e.name === name) && !name.endsWith(".heading");
    else if ((marks.get(name) || "") !== mark && !waiting.has(name) && !onItsWay(name) && !clashes.has(name)) {
      write(name, text);
      shown.set(name, read(name));
      marks.set(name, mark);
    }
  }
  version = state.version;
  intoForm();
  if (rows && !waiting.size && !sent && !clashes.size) say("off", words.rows, [here(), words.reload]);
  return true;
}

/* A button goes its way when everything is sent; without a connection the page stays, with everything on it. */
let going = false;
form.addEventListener("submit", async e => {
  if (going || !(waiting.size || sent || busy)) return;
  e.preventDefault();
  for (let tries = 0; tries < 300 && (waiting.size || sent || busy); tries++) {
    if (busy) await new Promise(done => setTimeout(done, 50));
    else {
      clearTimeout(timer);
      await send();
      if (sent) return; /* not acknowledged: the bar says why */
    }
  }
  going = true;
  form.requestSubmit(e.submitter);
});
addEventListener("pageshow", e => { going = false; alive(); if (e.persisted) look(-1); });
addEventListener("pagehide", () => { device.drop(`tab ${tab}`); if (waiting.size && !busy) send(); });
/* What waits for an answer is sent on leaving and kept on this device; where that has already failed, or somebody must choose, a form may ask to be warned of. */
if (form.dataset.warn !== undefined) addEventListener("beforeunload", e => {
  if (!going && ((waiting.size || sent) && ["off", "bad"].includes(mood) || clashes.size)) e.preventDefault();
});
addEventListener("online", () => later(0));
d.addEventListener("visibilitychange", () => {
  if (d.visibilityState !== "visible") return;
  if (waiting.size || sent) later(0); else look(version);
});
setInterval(alive, 5000);
setInterval(() => {
  if (d.visibilityState !== "visible" || busy || sent) return;
  look(version);
  takeBack();
}, 15000);

/* --- what this device kept when a page was left without an answer --- */
function takeBack() {
  let back = 0;
  for (const key of device.keys().filter(key => key.startsWith(store))) {
    const [from, name] = key.slice(store.length).split(" ");
    if (!isGone(from) || from === tab && (waiting.has(name) || onItsWay(name) || clashes.has(name)) || read(name) === null) continue;
    let kept = null;
    try { kept = JSON.parse(device.get(key)); } catch { /* nothing that can be read */ }
    if (from !== tab) device.drop(key);
    if (kept && !waiting.has(name) && !clashes.has(name)) {
      if (kept.way !== undefined && !busy) (sent ||= []).push([name, kept.way, kept.mark]);
      if (kept.text !== read(name)) {
        marks.set(name, kept.mark);
        waiting.set(name, kept.text);
        write(name, kept.text);
        back++;
      }
    }
    keep(name);
  }
  if (back) say("", words.back);
  if (waiting.size || sent) later(back ? 1500 : 0);
}
alive();
for (const key of device.keys()) if (key.startsWith("tab ") && Date.now() - device.get(key) > 86400000) device.drop(key);
takeBack();
/* what the browser itself put back into the boxes */
for (const name of names()) if (!waiting.has(name) && !onItsWay(name) && read(name) !== shown.get(name)) changed(name);
})();
