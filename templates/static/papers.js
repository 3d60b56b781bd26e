/* Sends papers in pieces, so that a line that breaks costs a piece and not the file; makes photos smaller first. Every page works without
   this file: then the form sends the whole. */
(() => {
"use strict";
const d = document, words = d.getElementById("sending")?.dataset;
if (!words || !window.fetch || !window.AbortController) return;
const lang = d.documentElement.lang;
const size = n => n <= 999e3 ? `${Math.ceil(n / 1e3)}\u00a0kB` : `${String(Math.round(n / 1e5) / 10).replace(".", lang === "sq" ? "," : ".")}\u00a0MB`;
const fill = (text, ...parts) => parts.reduce((filled, part, n) => filled.replace(`#${n + 1}`, part), text);
const wait = ms => new Promise(go => {
  const done = () => { clearTimeout(clock); removeEventListener("online", done); go(); };
  const clock = setTimeout(done, ms);
  addEventListener("online", done);
});

/* --- a photo as large as it must be to be read --- */
const SIDE = 2200, HEAVY = 1.5e6;
const smaller = async file => {
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < 3e5 || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (file.size <= HEAVY && scale === 1) return file;
    const canvas = Object.assign(d.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", .85));
    if (!blob || blob.size > file.size * .9) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
  } catch { return file; } /* no picture after all, or no memory for it: the server judges it */
};

/* Where the browser can: what the server keeps is this very file. */
const fingerprint = async file => {
  if (!window.crypto?.subtle || file.size > 2e7) return "";
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(sum)].map(byte => byte.toString(16).padStart(2, "0")).join("");
};

let active = 0, done = "";
addEventListener("beforeunload", e => { if (active || chosen()) e.preventDefault(); });

/* --- one file on its way --- */
const begin = (form, input) => {
  const button = form.querySelector("button:not([type])"), panel = d.createElement("div");
  panel.className = "sending stack-2";
  panel.innerHTML = '<p role="status"></p><progress max="1" value="0"></progress><p class="row tight"><span class="muted"></span><button type="button" class="btn quiet sm"></button></p>';
  const [said, bar, figure, stop] = ["[role=status]", "progress", ".muted", "button"].map(one => panel.querySelector(one));
  stop.textContent = words.stop;
  form.append(panel);
  button.disabled = true;
  let stopped = false, running = null, note = "";
  stop.addEventListener("click", () => { stopped = true; running?.abort(); });
  const say = text => { const whole = [note, text].filter(Boolean).join(" "); if (said.textContent !== whole) said.textContent = whole; };
  const show = (got, all) => { bar.max = all; bar.value = got; figure.textContent = fill(words.figure, size(got), size(all)); };
  bar.setAttribute("aria-label", fill(words.name, input.files[0].name));

  const ask = async (method, to, body, headers = {}) => {
    running = new AbortController();
    const clock = setTimeout(() => running.abort(), 120000);
    try {
      const answer = await fetch(to, { method, body, headers: { accept: "application/json", ...headers }, signal: running.signal });
      return { status: answer.status, said: await answer.json().catch(() => null) };
    } catch { return { status: 0 }; } finally { clearTimeout(clock); }
  };
  const csrf = () => form.elements.csrf.value;
  const fields = pairs => new URLSearchParams({ csrf: csrf(), ...pairs });
  const field = name => { const e = form.elements[name]; return !e || e.type === "checkbox" && !e.checked ? "" : e.value; };

  /* Ends here: with a word beside the document, or with nothing. */
  const end = (text, link) => {
    active--;
    button.disabled = false;
    input.disabled = false;
    for (const gone of [bar, figure.parentElement]) gone.remove();
    note = "";
    say(text);
    said.classList.toggle("msg", !!text);
    if (!text) panel.remove();
    if (link) said.append(" ", Object.assign(d.createElement("a"), { href: link[0], textContent: link[1] }));
    if (!active && done) reload();
  };
  const reasons = answer => (answer.said?.reasons || []).map(reason => reason.text?.[lang]).filter(Boolean).join(" ");

  const run = async () => {
    active++;
    input.disabled = true;
    say(words.preparing);
    const chosen = input.files[0], file = await smaller(chosen);
    if (file !== chosen) note = fill(words.smaller, size(chosen.size), size(file.size));
    const most = Number(form.dataset.most);
    if (file.size > most) return end(fill(words.large, size(file.size), size(most)));
    let upload = null, step = 131072, pause = 1000, faults = 0;
    while (!stopped) {
      let answer;
      if (!upload) {
        answer = await ask("POST", form.dataset.send, fields({ document: field("document"), name: file.name, bytes: file.size, mark: file.lastModified }));
        if (answer.status === 200 && answer.said) {
          upload = answer.said;
          if (upload.got) note = fill(words.resumed, size(upload.got));
        }
      } else if (upload.finished || upload.got >= file.size) {
        say(words.checking);
        answer = await ask("POST", `/api/v1/uploads/${upload.id}/completion`, fields({ sha256: await fingerprint(file), before: chosen.size, valid_until: field("valid_until"), keep: field("keep") }));
        if (answer.status === 200 && answer.said) {
          done = answer.said.to;
          input.value = "";
          input.disabled = button.disabled = false;
          say(answer.said.notice);
          for (const gone of [bar, figure.parentElement]) gone.remove();
          if (!--active) reload();
          return;
        }
      } else {
        const from = upload.got, began = Date.now();
        show(from, file.size);
        say(words.sending);
        answer = await ask("POST", `/api/v1/uploads/${upload.id}/pieces?at=${from}`, file.slice(from, from + step), { "x-csrf": csrf(), "content-type": "application/octet-stream" });
        if (answer.status === 200 && answer.said) {
          upload = answer.said;
          show(upload.got, file.size);
          if (Date.now() - began < 3000) step = Math.min(step * 2, 786432);
        }
      }
      if (answer.status === 200) { pause = 1000; faults = 0; continue; }
      if (stopped) break;
      /* what will not get better by waiting */
      if (answer.status === 401) return end(words.out, [`/sign-in?then=${encodeURIComponent(location.pathname)}`, words.in]);
      if (answer.status === 422 || answer.status === 403) return end(reasons(answer) || words.failed);
      if (answer.status === 404) { upload = null; if (++faults > 2) return end(words.failed); continue; }
      if (answer.status >= 500 && ++faults > 4) return end(words.failed);
      /* what may: how much is here, the server knows */
      step = Math.max(Math.floor(step / 2), 32768);
      say(answer.status === 0 ? words.offline : words.again);
      await wait(pause);
      pause = Math.min(pause * 2, 20000);
      if (upload && !stopped) {
        const known = await ask("GET", `/api/v1/uploads/${upload.id}`);
        if (known.status === 200 && known.said) upload = known.said;
      }
    }
    end("");
  };
  run().catch(() => end(words.failed));
};

/* Chosen, and not on its way: leaving the page would lose the choice. */
const chosen = () => [...d.querySelectorAll("form[data-send] input[type=file]")].some(input => input.files.length && !input.disabled);

/* The page once more, where everything that came is in its place. */
const reload = () => {
  if (chosen()) return;
  history.replaceState(null, "", done);
  location.reload();
};

for (const form of d.querySelectorAll("form[data-send]")) {
  /* A chosen file goes at once, unless something else is to be said of it first. */
  const box = form.querySelector("input[type=file]"), more = form.querySelector("details");
  box.before(Object.assign(d.createElement("p"), { className: "hint", textContent: words.once }));
  box.addEventListener("change", () => { if (box.files.length && !more?.open) form.requestSubmit(); });
  form.addEventListener("submit", e => {
    const input = form.querySelector("input[type=file]");
    if (!input.files?.length) return;
    e.preventDefault();
    if (input.disabled) return;
    form.querySelector(".sending")?.remove();
    begin(form, input);
  });
}

/* Papers that wait to be looked through for viruses: asked now and then, shown when they are through. */
if (d.querySelector("[data-waiting]")) setInterval(async () => {
  if (d.visibilityState !== "visible" || active) return;
  try {
    const answer = await fetch(`/api/v1${location.pathname}`);
    if (!answer.ok) return;
    const waiting = (await answer.json()).slots.flatMap(slot => slot.papers).filter(paper => paper.scan === "waiting").length;
    if (waiting < d.querySelectorAll("[data-waiting]").length && !active && !chosen()) location.reload();
  } catch { /* no connection: the page stays */ }
}, 5000);
})();
