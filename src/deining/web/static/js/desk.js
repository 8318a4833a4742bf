// Behaviours by data-attributes; every page works without them. See docs/look.md.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // Dialogs: data-opens="id" shows, a click beside it closes.
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened"));
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
    if (event.target.matches("dialog[open]")) event.target.close("no");
    for (const menu of $$("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // data-confirm="Sentence": asks before a form is sent (on the form, or on one of its buttons).
  document.addEventListener("submit", (event) => {
    const asks = event.submitter?.closest("[data-confirm]") ?? event.target.closest("[data-confirm]");
    const dialog = $("[data-confirm-dialog]");
    if (!asks || !dialog || event.target.dataset.confirmed === "yes") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const yes = $("[data-confirm-yes]", dialog);
    $("[data-confirm-text]", dialog).textContent = asks.dataset.confirm;
    yes.textContent = asks.dataset.confirmDo || yes.dataset.words;
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      event.target.dataset.confirmed = "yes";
      event.target.requestSubmit(event.submitter);
      delete event.target.dataset.confirmed;
    }, { once: true });
  }, true);

  // data-send-on-change: a filter form that sends itself.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form && !event.target.closest("[data-waits]")) form.requestSubmit();
  });

  // A search box answers while one types; leaving it must not ask again and undo where one is in the list.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-search]")) event.stopPropagation();
  }, true);

  // data-once: a button that cannot be pressed twice.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-once]")) return;
    setTimeout(() => $$("button", event.target).forEach((button) => { button.disabled = true; }));
  });
  addEventListener("pageshow", () => $$("[data-once] button").forEach((button) => { button.disabled = false; }));

  // data-selectable: a list whose rows (tr.item) hold a checkbox; data-select-all ticks all of them.
  const count = (list) => {
    const chosen = $$("tbody input[type=checkbox]:checked", list).length;
    const scope = list.closest("form") ?? list;
    for (const place of $$("[data-chosen]", scope)) place.textContent = String(chosen);
    for (const bar of $$("[data-when-chosen]", scope)) bar.hidden = chosen === 0;
    for (const bar of $$("[data-unless-chosen]", scope)) bar.hidden = chosen !== 0;
  };
  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-selectable]");
    if (!list) return;
    if (event.target.matches("[data-select-all]")) {
      $$("tbody input[type=checkbox]", list).forEach((box) => { box.checked = event.target.checked; });
    }
    count(list);
  });

  // j, k, Enter, x in [data-walk]: walk through its tr.item or .item rows; Enter follows the row's first link.
  let walked = -1;
  const rows = () => $$("[data-walk] .item");
  const walk = (step) => {
    const all = rows();
    if (!all.length) return;
    walked = Math.min(Math.max(walked + step, 0), all.length - 1);
    all.forEach((row, place) => row.classList.toggle("here", place === walked));
    all[walked].scrollIntoView({ block: "nearest" });
    $("a", all[walked])?.focus({ preventScroll: true });
  };
  const select = () => {
    const box = rows()[walked] && $("input[type=checkbox]", rows()[walked]);
    if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
  };
  document.addEventListener("htmx:afterSwap", () => { walked = -1; $$("[data-selectable]").forEach(count); });

  // Keys. Two-key sequences start with g.
  let waiting = "";
  const goes = { h: "home", p: "people", i: "imports", m: "merges" };
  const plain = {
    "?": () => open("keys"),
    "/": () => $("[data-search]")?.focus(),
    j: () => walk(1),
    k: () => walk(-1),
    x: select,
    g: () => { waiting = "g"; setTimeout(() => { waiting = ""; }, 900); },
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("palette");
      return;
    }
    if (event.key === "Escape") for (const menu of $$("details[data-menu][open]")) { menu.open = false; $("summary", menu).focus(); }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || $("dialog[open]")) return;
    if (waiting === "g" && goes[event.key]) {
      const link = $(`a[data-place="${goes[event.key]}"]`);
      if (link) location.assign(link.href);
      return;
    }
    if (plain[event.key]) { event.preventDefault(); plain[event.key](); }
  });

  // Ctrl K: arrows move through what was found, Enter opens it, typing also narrows the pages.
  const palette = $("[data-palette]");
  if (palette) {
    const input = $("input", palette);
    const options = () => $$("[role=option]", palette).filter((option) => !option.closest("[hidden]"));
    const mark = (place) => options().forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === place));
      option.id = `option-${index}`;
      if (index === place) { option.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", option.id); }
    });
    const marked = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
    const narrow = () => {
      const typed = input.value.trim().toLowerCase();
      $$("[data-words]", palette).forEach((page) => { page.parentElement.hidden = typed !== "" && !page.dataset.words.includes(typed); });
      mark(0);
    };
    palette.addEventListener("opened", () => { input.select(); narrow(); });
    input.addEventListener("input", narrow);
    palette.addEventListener("htmx:afterSwap", () => mark(0));
    palette.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); mark(Math.min(Math.max(marked() + step, 0), options().length - 1)); }
      if (event.key === "Enter" && options()[marked()]) { event.preventDefault(); location.assign(options()[marked()].href); }
    });
  }
})();
