// "Telah dilihat N kali": counts a reading once the page was in view for a moment, then shows the number.
// Any failure leaves the page as it is; nothing is stored in the browser.

const LOOKED_AT = 4000; // milliseconds in view before a visit is a reading

const shown = document.querySelector("[data-reads]");
const grouped = new Intl.NumberFormat("id-ID");

async function count(address) {
  await fetch(address, { method: "POST", keepalive: true, credentials: "omit" });
  const answer = await fetch(address, { credentials: "omit", headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { reads } = await answer.json();
  if (!Number.isSafeInteger(reads) || reads < 1) return;
  shown.textContent = `Telah dilihat ${grouped.format(reads)} kali`;
  shown.hidden = false;
}

function start(address) {
  let left = LOOKED_AT;
  let since = 0;
  let timer = 0;
  const done = () => {
    document.removeEventListener("visibilitychange", turn);
    count(address).catch(() => {}); // the door is closed: the page stays as it was made
  };
  const turn = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      since = performance.now();
      timer = setTimeout(done, left);
    } else if (since) {
      left = Math.max(0, left - (performance.now() - since));
      since = 0;
    }
  };
  document.addEventListener("visibilitychange", turn);
  turn();
}

const id = shown?.dataset.reads;
if (/^\d+$/.test(id ?? "")) start(`/hitung/${id}/`);
