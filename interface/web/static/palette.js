// The search box by keyboard: "/" and Ctrl+K lead to it, arrows walk through what it suggests, Enter goes there.
// Without this script it is a form that is sent. What is suggested comes from the server (htmx, /search/suggestions).
"use strict";

(() => {
  const box = document.getElementById("search");
  const list = document.getElementById("search-options");
  if (!box || !list) return;
  let chosen = -1;

  const options = () => [...list.querySelectorAll("a[role=option]")];

  function choose(place) {
    const all = options();
    chosen = all.length ? (place + all.length) % all.length : -1;
    all.forEach((each, n) => each.setAttribute("aria-selected", String(n === chosen)));
    if (chosen < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    options().forEach((each) => each.setAttribute("aria-selected", "false"));
  }

  const suggest = () => box.dispatchEvent(new Event("suggest"));

  function types(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", (event) => {
    const palette = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !types(event.target);
    if (!palette && !slash) return;
    event.preventDefault();
    box.focus();
    box.select();
    if (palette) suggest();
  });

  box.addEventListener("keydown", (event) => {
    // While characters are being composed, the keys are the input method's.
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      else choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  // Where the session has ended, the answer is the page to sign in on, which is no suggestion.
  list.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap &&= new URL(event.detail.xhr.responseURL).pathname === "/search/suggestions";
    if (!event.detail.shouldSwap) show(false);
  });
  list.addEventListener("htmx:afterSwap", () => show(document.activeElement === box));
  box.addEventListener("blur", () => show(false));
  // A click takes the focus only once it is done: the list stays until then.
  list.addEventListener("mousedown", (event) => event.preventDefault());
})();
