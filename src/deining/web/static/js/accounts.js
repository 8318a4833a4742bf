// Copying a link, and suggesting a short name while one types. The pages work without.
"use strict";

(() => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copies);
      source.select?.();
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      button.querySelector("span").textContent = button.dataset.copied;
    });
  }

  for (const group of document.querySelectorAll("[data-suggests-slug]")) {
    const [name, slug] = group.querySelectorAll("input");
    let ours = slug.value === "";
    const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[^a-z0-9\s-]/g, "").trim().replace(/[\s-]+/g, "-").slice(0, 56).replace(/^-+|-+$/g, "");
    name.addEventListener("input", () => { if (ours) slug.value = plain(name.value); });
    slug.addEventListener("input", () => { ours = slug.value === ""; });
  }
})();
