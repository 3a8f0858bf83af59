// The form of the offline kit: it works from a stick, asks no network for anything, and saves one small text file.
const form = document.getElementById("form"), about = form.dataset, store = `consult ${about.round} ${about.code}`;
const words = document.getElementById("words").content.firstElementChild.dataset;
const boxes = [...form.querySelectorAll("details")];
let said = {}, keeps = true;
try {
  said = JSON.parse(localStorage.getItem(store)) || {};
} catch {
  keeps = false;
}

const tidy = (text) =>
  text
    .replace(/\r\n|[\r\x0b\x0c\x85\u2028\u2029]/gu, "\n")
    .replace(/[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu, "")
    .replace(/[ \t\u00a0\u3000]+$/gmu, "")
    .replace(/^[ \t\n\u00a0\u3000]+|[ \t\n\u00a0\u3000]+$/gu, "");

// The same as consult/offline/answers.py writes and reads.
function field(name, text) {
  if (!text || /^\p{L}[^:：<>[\]|\n]{0,58}$/u.test(text)) return [`${name} ${text}`.trimEnd()];
  return [name, ...text.split("\n").map((line) => `| ${line}`.trimEnd())];
}

function checksum(all) {
  let value = 0x811c9dc5;
  for (const each of all)
    for (const octet of new TextEncoder().encode(each.map((part) => part.replace(/\s+/gu, "")).join("\x1f") + "\n"))
      value = Math.imul(value ^ octet, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}

function remarks() {
  return boxes
    .map((box) => [box.dataset.mark, ...(said[box.dataset.mark] || ["GE", "", ""])])
    .map(([mark, kind, text, proposed]) => [mark, kind, tidy(text), tidy(proposed)])
    .filter(([, , text, proposed]) => text || proposed);
}

function file() {
  const all = remarks();
  const lines = ["Consult answers", `Round: R${about.round}`, `Version: ${about.version}`, `Code: ${about.code}`];
  lines.push(`Language: ${about.language}`, `Saved: ${new Date().toISOString().slice(0, 16)}Z`);
  for (const [mark, kind, text, proposed] of all) {
    lines.push("", ...field(`[${mark}] ${kind}:`, text));
    if (proposed) lines.push(...field("PROPOSED:", proposed));
  }
  return [...lines, "", `End: ${all.length} ${checksum(all)}`, ""].join("\n");
}

function tell(sentence) {
  const count = remarks().length;
  const now = sentence || (count ? words.some : words.none);
  document.getElementById("state").textContent = `${now.replace("{n}", count)} ${sentence ? "" : keeps ? words.kept : words.loose}`;
}

function keep(box) {
  const [kind, text, proposed] = [...box.querySelectorAll("select, textarea")].map((each) => each.value);
  said[box.dataset.mark] = [kind, text, proposed];
  box.classList.toggle("has", Boolean(tidy(text) || tidy(proposed)));
  try {
    localStorage.setItem(store, JSON.stringify(said));
  } catch {
    keeps = false;
  }
  tell();
}

function unfold(box) {
  if (box.querySelector(".f")) return;
  const fields = document.getElementById("fields").content.cloneNode(true), mark = box.dataset.mark;
  fields.querySelector("a").href = `draft.html#p${mark}`;
  if (mark === "*" || "question" in box.dataset) fields.querySelector("p").remove();
  const all = [...fields.querySelectorAll("select, textarea")];
  const known = said[mark];
  if (known) all.forEach((each, at) => (each.value = known[at]));
  if (!all[0].value) all[0].selectedIndex = 0;
  if ("question" in box.dataset) fields.querySelectorAll(".k, .w").forEach((each) => (each.hidden = true));
  box.append(fields);
  box.addEventListener("input", () => keep(box));
  box.classList.toggle("has", Boolean(known && (known[1] || known[2])));
}

function go() {
  const box = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!box || !boxes.includes(box)) return;
  unfold(box);
  box.open = true;
  box.querySelector("textarea").focus();
}

for (const box of boxes) {
  box.firstElementChild.addEventListener("click", () => unfold(box));
  box.addEventListener("toggle", () => box.open && unfold(box));
  const known = said[box.dataset.mark];
  if (known && (known[1] || known[2])) {
    unfold(box);
    box.open = true;
  }
}
document.getElementById("save").addEventListener("click", () => {
  const text = file(), link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain" }));
  link.download = about.file;
  link.click();
  document.getElementById("text").value = text;
  const told = document.getElementById("saved");
  told.hidden = false;
  told.scrollIntoView({ block: "end" });
  tell(words.saved);
});
window.addEventListener("hashchange", go);
// The browser itself goes to the place in the address first, and would take the focus away again.
window.addEventListener("load", () => setTimeout(go));
tell();
