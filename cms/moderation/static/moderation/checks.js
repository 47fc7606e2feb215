/* The panel "Pemeriksaan": asks the server about the form as it stands, a moment after the last change. */
const REST = 700; /* ms without a change before one asks */
const KEPT = 400; /* ms until a rich text editor has put what changed into its field */
const AGAIN = 15_000; /* ms until one tries again without a connection */
const NOISE = ["csrfmiddlewaretoken", "next", "loaded_revision_id", "loaded_revision_created_at"];
const CHANGES = ["input", "change", "keyup", "w-unsaved:add", "w-unsaved:clear", "w-autosave:success"];

class WartaChecks extends window.StimulusModule.Controller {
    static targets = ["summary", "list"];
    static values = { url: String, busy: String, offline: String, ended: String, moved: String, done: String, name: String };

    connect() {
        this.form = this.element.closest("form");
        this.later = () => this.wait(REST);
        for (const name of CHANGES) this.form.addEventListener(name, this.later);
        this.addChip();
        this.wait(0);
    }

    disconnect() {
        window.clearTimeout(this.timer);
        this.asking?.abort();
        this.chip?.remove();
        for (const name of CHANGES) this.form.removeEventListener(name, this.later);
    }

    wait(time) {
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => this.ask(), time);
    }

    /* The form without what changes by itself; the text to compare, and what is sent. */
    get content() {
        const data = new FormData(this.form);
        const seen = new URLSearchParams([...data].filter(([name, value]) => typeof value === "string" && !NOISE.includes(name)
            && !name.startsWith("comments-")));
        return { text: seen.toString(), data };
    }

    async ask() {
        const { text, data } = this.content;
        if (text === this.known) return;
        this.asking?.abort();
        this.asking = new AbortController();
        this.element.setAttribute("aria-busy", "true");
        try {
            const answer = await fetch(this.urlValue, {
                method: "POST", body: data, signal: this.asking.signal,
                headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
            });
            if (!answer.ok) return this.say(this.endedValue, {});
            this.show(await answer.json());
            this.known = text;
        } catch (error) {
            if (error.name === "AbortError") return;
            this.say(this.offlineValue, {});
            this.wait(AGAIN);
        } finally {
            this.element.removeAttribute("aria-busy");
        }
    }

    show({ html, summary, counts }) {
        if (html !== this.html) {
            const hadFocus = this.listTarget.contains(document.activeElement);
            this.listTarget.innerHTML = html;
            this.html = html;
            if (hadFocus) this.rest();
        }
        this.say(summary, counts);
    }

    /* Said once: a screen reader hears it again only when it is something else. */
    say(words, counts) {
        if (this.summaryTarget.textContent !== words) this.summaryTarget.textContent = words;
        const worst = ["error", "warning", "info"].find((level) => counts[level]) || "none";
        this.element.dataset.worst = worst;
        if (!this.chip) return;
        this.chip.dataset.worst = worst;
        this.chip.textContent = `${this.nameValue}: ${words}`;
    }

    rest() {
        this.summaryTarget.tabIndex = -1;
        this.summaryTarget.focus({ preventScroll: true });
    }

    async jump({ params: { place } }) {
        if (!(await window.WartaForm.goTo(this.form, place.path, place.found, place.nth))) this.say(this.movedValue, {});
    }

    mend({ params: { fix }, currentTarget }) {
        if (!window.WartaForm.change(this.form, fix)) {
            this.summaryTarget.textContent = this.movedValue;
            return;
        }
        currentTarget.closest("li").hidden = true;
        this.rest();
        this.summaryTarget.textContent = this.doneValue;
        this.wait(KEPT);
    }

    /* The sum of it stays in sight in the form's foot while one writes; a tap leads to the panel. */
    addChip() {
        const foot = document.querySelector("footer.footer");
        if (!foot) return;
        this.chip = document.createElement("button");
        this.chip.type = "button";
        this.chip.className = "warta-checking__chip";
        this.chip.textContent = `${this.nameValue}: ${this.busyValue}`;
        this.chip.addEventListener("click", () => this.open());
        foot.append(this.chip);
    }

    async open() {
        const tab = this.element.closest("[role=tabpanel]");
        if (tab?.hidden) document.querySelector(`[role=tab][href="#${CSS.escape(tab.id)}"]`)?.click();
        this.element.closest("[data-panel]")?.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
        await new Promise(window.requestAnimationFrame);
        this.element.scrollIntoView({ block: "start" });
        this.rest();
    }
}
window.wagtail.app.register("warta-checks", WartaChecks);
