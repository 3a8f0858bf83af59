// Keys for the working view; everything here can be done without them. Not while somebody types in a field.
const works = [...document.querySelectorAll(".work")];
let here = works.findIndex((work) => "#" + work.id === location.hash);

function go(step) {
  here = Math.min(Math.max(here + step, 0), works.length - 1);
  works[here]?.focus();
}
const press = (act) => works[here]?.querySelector(`button[value=${act}]`)?.click();
const keys = {
  j: () => go(1),
  k: () => go(-1),
  e: () => {
    const more = works[here]?.querySelector("details");
    if (more) more.open = true;
    works[here]?.querySelector("textarea")?.focus();
  },
  x: () => works[here]?.querySelector("[name=ticked]")?.click(),
  p: () => press("propose"),
  a: () => press("agree"),
  u: () => press("publish"),
  n: () => document.querySelector("[rel=next]")?.click(),
  b: () => document.querySelector("[rel=prev]")?.click(),
};
document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (field && event.key === "Escape") event.target.closest(".work")?.focus();
  if (field || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("focusin", (event) => {
  const work = event.target.closest(".work");
  if (work) here = works.indexOf(work);
});
