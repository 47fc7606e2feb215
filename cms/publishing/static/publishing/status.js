/* Keeps the publishing status of a page true while the screen is open. The server says when to ask again. */
class PublishingStatus extends window.StimulusModule.Controller {
    static targets = ["words", "detail", "link"];
    static values = { url: String, again: Number, short: Boolean };

    connect() {
        this.wait(this.againValue);
    }

    disconnect() {
        window.clearTimeout(this.timer);
    }

    wait(seconds) {
        window.clearTimeout(this.timer);
        if (seconds) this.timer = window.setTimeout(() => this.ask(), seconds * 1000);
    }

    async ask() {
        if (document.hidden) return this.wait(1);
        try {
            const answer = await fetch(this.urlValue, { headers: { Accept: "application/json" } });
            if (!answer.ok) return; /* logged out, or the page is gone: a reload will tell */
            this.show(await answer.json());
        } catch {
            this.wait(15);
        }
    }

    show(status) {
        if (!this.element.isConnected) return;
        const words = this.shortValue ? status.label : status.words;
        if (this.wordsTarget.textContent !== words) this.wordsTarget.textContent = words;
        if (this.shortValue) this.wordsTarget.title = status.words;
        this.element.dataset.state = status.state;
        if (this.hasDetailTarget) {
            this.detailTarget.hidden = !status.detail;
            this.detailTarget.lastElementChild.textContent = status.detail;
        }
        if (this.hasLinkTarget) {
            this.linkTarget.hidden = !status.address;
            if (status.address) this.linkTarget.href = status.address;
        }
        this.wait(status.again);
    }
}
window.wagtail.app.register("warta-status", PublishingStatus);
