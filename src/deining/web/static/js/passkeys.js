// Says in the page what allauth's passkey script only tells the console.
"use strict";

document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-problem]");
  if (!place) return;
  event.preventDefault();
  const name = event.detail.exception?.name;
  const known = name === "InvalidStateError" ? place.dataset.known : place.dataset.failed;
  place.querySelector("span").textContent = known;
  place.hidden = false;
});

// A browser without passkeys does not get a button that does nothing.
document.addEventListener("DOMContentLoaded", () => {
  if (window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = true;
});
