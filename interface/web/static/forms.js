// Forms are kept while they are filled in, long lists can be searched, what scrolls is reached by the keyboard in every browser.
// Everything works without this file.
"use strict";
const AFTER = 3000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  let waiting = 0;
  const said = form.querySelector("[data-kept]");
  const keep = async () => {
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", headers: { "X-Draft": "1" }, body: new URLSearchParams(typed), redirect: "manual" });
      if (said) said.textContent = answer.status === 204 ? said.dataset.kept : said.dataset.lost;
    } catch {
      if (said) said.textContent = said.dataset.lost;
    }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, AFTER); });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

for (const select of document.querySelectorAll("select[data-search]")) {
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = select.dataset.search;
  find.setAttribute("aria-label", select.dataset.search);
  find.autocomplete = "off";
  const all = [...select.options];
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase().split(/\s+/);
    const found = all.filter((each) => !each.value || words.every((word) => each.text.toLowerCase().includes(word)));
    const chosen = select.value;
    select.replaceChildren(...found);
    const first = found.find((each) => each.value);
    select.value = found.some((each) => each.value === chosen && chosen) ? chosen : find.value.trim() && first ? first.value : "";
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  select.before(find);
}

// Where the sections do not fit, the one the page belongs to is shown.
for (const here of document.querySelectorAll(".top nav [aria-current]")) here.scrollIntoView({ block: "nearest", inline: "nearest" });

for (const box of document.querySelectorAll(".scroll, .sheet, .numbered")) {
  const more = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (more && !box.querySelector("a[href], button, input, select, textarea, summary")) box.tabIndex = 0;
}
