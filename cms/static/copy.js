// Shows the "copy link" button where the browser can copy, and says when it has.
for (const item of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const words = item.querySelector("[data-done]");
  item.hidden = false;
  item.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(item.dataset.copy);
    words.textContent = words.dataset.done;
  });
}
