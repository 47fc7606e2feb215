// Turns the link of a film, a sound or an embed into the thing itself when it is pressed, and not before.

function made(kind, link) {
  if (kind === "frame") {
    const frame = document.createElement("iframe");
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.title = link.dataset.title;
    frame.src = link.dataset.src;
    return frame;
  }
  const player = document.createElement(kind);
  player.controls = true;
  player.autoplay = true;
  player.setAttribute("aria-label", link.dataset.title);
  player.src = link.dataset.src;
  return player;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const player = made(link.dataset.open, link);
  player.classList.add("opened");
  link.nextElementSibling?.remove();
  link.replaceWith(player);
  player.tabIndex = -1;
  player.focus();
});
