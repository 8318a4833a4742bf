// Merge suggestions by keyboard: a, n, l on the card that is walked to (or the first), u undoes the last decision.
(() => {
  const isTyping = (at) => at.closest("input, textarea, select, [contenteditable]");
  const here = () => document.activeElement?.closest("article.item") || document.querySelector("article.item.here, article.item");
  const last = () => [...document.querySelectorAll("article.decided")].pop();
  let latest = null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const place = event.key === "u" ? (latest?.isConnected ? latest : last()) : here();
    const button = "anlu".includes(event.key) && event.key.length === 1 && place?.querySelector(`[data-key="${event.key}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // What was just decided is what u undoes; the next card is where the keys go on.
  document.addEventListener("htmx:afterSwap", (event) => {
    const swapped = event.detail.elt;
    if (swapped?.matches?.("article.decided")) latest = swapped;
    const next = swapped?.nextElementSibling?.closest("article.item");
    (next || document.querySelector("article.item"))?.querySelector("a")?.focus({ preventScroll: false });
  });
})();
