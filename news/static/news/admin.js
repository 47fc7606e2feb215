/* The date picker puts today's date in place of anything it cannot read ("25 Mei 2022"); the server reads it, so hands off. */
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
/* What the picker did on leaving the field besides: close. Who types needs it no more; on a phone it lies over the button. */
window.jQuery(document).on("focusout input", "input", (event) => {
    const field = window.jQuery(event.target);
    if (field.data("xdsoft_datetimepicker")) field.datetimepicker("hide");
});
/* A chooser calls an upload beyond the limit a server error to be reported; show the server's own sentence in its place. */
window.jQuery.ajaxPrefilter((options) => {
    const stock = options.error;
    options.error = function (answer, ...rest) {
        const form = document.querySelector(".modal-body form[data-chooser-modal-creation-form]");
        if (answer.status !== 413 || !form) return stock?.call(this, answer, ...rest);
        const words = document.createElement("p");
        words.className = "help-block help-critical";
        words.setAttribute("role", "alert");
        words.textContent = JSON.parse(answer.responseText).message;
        form.prepend(words);
    };
});
/* The proof of a withdrawal looks again until the article is down everywhere. */
function proveAgain() {
    if (!document.querySelector("[data-proof-again]")) return;
    window.setTimeout(async () => {
        if (document.hidden) return proveAgain();
        try {
            const answer = await fetch(window.location.href);
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            if (!page.getElementById("proof")) return; /* logged out: a reload will tell */
            document.getElementById("proof").replaceWith(page.getElementById("proof"));
            const [said, now] = [document, page].map((each) => each.getElementById("proof-status"));
            if (said.textContent !== now.textContent) said.textContent = now.textContent;
        } catch {
            /* no network: again in a while */
        }
        proveAgain();
    }, 3000);
}
document.addEventListener("DOMContentLoaded", proveAgain);
