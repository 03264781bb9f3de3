// All pages work without this. It marks while one points, shows results while one types, and remembers a name.
"use strict";

const all = (selector, under = document) => [...under.querySelectorAll(selector)];

// Fields and their places, both ways.
{
  const places = new Map();
  for (const place of all("[data-fields]"))
    for (const field of place.dataset.fields.split(" "))
      places.set(field, [...(places.get(field) || []), place]);
  const boxes = new Map();
  for (const sheet of all(".sheet")) {
    const image = sheet.querySelector("img");
    const draw = () => {
      const points = 72 / Number(sheet.dataset.dpi);
      const [width, height] = [image.naturalWidth * points, image.naturalHeight * points];
      for (const entry of sheet.dataset.boxes.split(";").filter(Boolean)) {
        const [block, left, top, right, bottom] = entry.split(" ").map(Number);
        const box = document.createElement("div");
        box.className = "box";
        box.style.left = 100 * left / width + "%";
        box.style.top = 100 * top / height + "%";
        box.style.width = 100 * (right - left) / width + "%";
        box.style.height = 100 * (bottom - top) / height + "%";
        boxes.set("b" + block, box);
        sheet.append(box);
      }
      for (const place of all(".m.on, mark.m")) boxes.get(place.closest(".block").id)?.classList.add("on");
    };
    if (image.complete && image.naturalWidth) draw(); else image.addEventListener("load", draw, { once: true });
  }
  let kept = null;
  const show = (field) => {
    for (const marked of all(".on")) marked.classList.remove("on");
    if (field === null) return;
    document.querySelector(`[data-field="${field}"]`)?.classList.add("on");
    for (const place of places.get(field) || []) {
      place.classList.add("on");
      boxes.get(place.closest(".block").id)?.classList.add("on");
    }
  };
  const bring = (element, block) => element?.scrollIntoView({ block, behavior: "instant" });
  for (const field of all("[data-field]")) {
    const id = field.dataset.field;
    field.addEventListener("pointerenter", () => show(id));
    field.addEventListener("pointerleave", () => show(kept));
    field.addEventListener("focusin", () => show(id));
    field.addEventListener("focusout", () => show(kept));
    field.querySelector(".value").addEventListener("click", (event) => {
      if (!places.has(id)) return;
      event.preventDefault();
      kept = kept === id ? null : id;
      show(kept);
      if (kept !== null) bring(places.get(id)[0], "center");
    });
  }
  for (const place of all("[data-fields]")) {
    const id = place.dataset.fields.split(" ")[0];
    place.addEventListener("pointerenter", () => show(id));
    place.addEventListener("pointerleave", () => show(kept));
    place.addEventListener("click", () => {
      const field = document.querySelector(`[data-field="${id}"]`);
      if (!field || String(getSelection())) return;
      kept = id;
      field.closest("details")?.setAttribute("open", "");
      show(id);
      bring(field, "center");
      field.querySelector(".value").focus({ preventScroll: true });
    });
  }
}

// Results while one types.
{
  const query = document.querySelector("#q");
  const results = () => document.querySelector("#results");
  let waiting, asked = 0;
  const ask = async () => {
    const address = new URL(query.form.action);
    for (const [name, value] of new FormData(query.form)) if (value) address.searchParams.append(name, value);
    const turn = ++asked;
    const answer = await fetch(address);
    if (turn !== asked || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    results().replaceWith(page.querySelector("#results"));
    history.replaceState(null, "", address);
  };
  query?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), 250);
  });
}

// The name that was given last.
for (const input of all("input.by")) {
  try {
    input.value ||= localStorage.getItem("by") || "";
    input.form.addEventListener("submit", () => localStorage.setItem("by", input.value));
  } catch { /* storage may be forbidden */ }
}
