/* Places in an editing form, by the path Wagtail's comments give them: going there, and changing what is written there. */
(() => {
    const PLAIN = "textarea, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
    const STREAM = "[data-streamfield-stream-container], [data-streamfield-list-container]";

    /* "@2": the third block of a stream whose blocks have no ids yet. */
    function child(scope, number) {
        const stream = scope.querySelector(STREAM);
        const blocks = [...(stream?.children || [])].filter((each) => each.matches("[data-streamfield-child]")
            && !each.querySelector(":scope > input[name$='-deleted']")?.value);
        return blocks[number] || null;
    }

    function find(form, path) {
        return path.split(".").reduce((scope, part) => {
            if (!scope) return null;
            return part.startsWith("@") ? child(scope, Number(part.slice(1)))
                : scope.querySelector(`[data-contentpath="${CSS.escape(part)}"]`);
        }, form) || form.querySelector(`[id$="-${CSS.escape(path.split(".")[0])}-section"]`);
    }

    const editorIn = (place) => [...place.querySelectorAll("input, textarea")].find((field) => field.draftailEditor)?.draftailEditor;
    const cellsIn = (place) => [...place.querySelectorAll(".grid-input input")];
    const visible = (field) => field.offsetParent !== null;
    const spaced = (text) => text.replaceAll("\u00a0", " ");

    /* The nth occurrence of words in a row of texts: which text, and where in it. */
    function seek(texts, words, nth) {
        for (let index = 0; index < texts.length; index += 1) {
            const text = spaced(texts[index]);
            for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + words.length)) {
                if (nth === 0) return { index, at };
                nth -= 1;
            }
        }
        return null;
    }

    function write(field, value) {
        field.value = value;
        for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    }

    function selectionOf(block, start, end) {
        return window.DraftJS.SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
    }

    function seekInEditor(editor, words, nth) {
        const blocks = editor.getEditorState().getCurrentContent().getBlocksAsArray();
        const hit = seek(blocks.map((block) => block.getText()), words, nth);
        return hit && { block: blocks[hit.index], at: hit.at };
    }

    /* One step of the editor's own history each: what was bold or a link stays so, and "undo" takes it back. */
    function replaceInEditor(editor, fix) {
        const { EditorState, Modifier } = window.DraftJS;
        const hit = seekInEditor(editor, fix.old, fix.nth);
        if (!hit) return false;
        const state = editor.getEditorState();
        const range = selectionOf(hit.block, hit.at, hit.at + fix.old.length);
        const style = hit.block.getInlineStyleAt(hit.at), entity = hit.block.getEntityAt(hit.at);
        const content = Modifier.replaceText(state.getCurrentContent(), range, fix.value, style, entity);
        editor.onChange(EditorState.push(state, content, "insert-characters"));
        return true;
    }

    function splitInEditor(editor, fix) {
        const { EditorState, Modifier } = window.DraftJS;
        const hit = seekInEditor(editor, fix.old, fix.nth);
        if (!hit || hit.at === 0) return false;
        const state = editor.getEditorState();
        const gap = /\s*$/.exec(spaced(hit.block.getText().slice(0, hit.at)))[0].length;
        const start = hit.at - gap;
        const tight = Modifier.removeRange(state.getCurrentContent(), selectionOf(hit.block, start, hit.at), "forward");
        const content = Modifier.splitBlock(tight, selectionOf(hit.block, start, start));
        editor.onChange(EditorState.push(state, content, "split-block"));
        return true;
    }

    function replaceInFields(fields, fix) {
        const hit = seek(fields.map((field) => field.value), fix.old, fix.nth);
        if (!hit) return false;
        const { value } = fields[hit.index];
        write(fields[hit.index], value.slice(0, hit.at) + fix.value + value.slice(hit.at + fix.old.length));
        return true;
    }

    /* Answers whether the form is as the fix wants it. */
    function change(form, fix) {
        const place = find(form, fix.path);
        if (!place) return false;
        const editor = editorIn(place);
        if (editor) return fix.action === "split" ? splitInEditor(editor, fix) : replaceInEditor(editor, fix);
        const cells = cellsIn(place);
        const fields = cells.length ? cells : [place.querySelector(PLAIN)].filter(Boolean);
        if (!fields.length) return false;
        if (fix.action !== "set") return replaceInFields(fields, fix);
        write(fields[0], fix.value);
        return true;
    }

    function shown(place) {
        const tab = place.closest("[role=tabpanel]");
        if (tab?.hidden) document.querySelector(`[role=tab][href="#${CSS.escape(tab.id)}"]`)?.click();
        for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
            panel.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
        }
        return new Promise((ready) => {
            let frames = 60;
            const look = () => (place.offsetParent || !(frames -= 1) ? ready() : window.requestAnimationFrame(look));
            look();
        });
    }

    function focus(place, found, nth) {
        const editor = editorIn(place);
        if (editor) {
            const hit = seekInEditor(editor, found, nth);
            const { EditorState } = window.DraftJS;
            if (!hit) return editor.focus();
            const range = selectionOf(hit.block, hit.at, hit.at + found.length);
            return editor.onChange(EditorState.forceSelection(editor.getEditorState(), range));
        }
        const cells = cellsIn(place);
        const fields = cells.length ? cells : [...place.querySelectorAll(PLAIN)].filter(visible).slice(0, 1);
        const hit = seek(fields.map((field) => field.value), found, nth);
        const field = fields[hit?.index || 0] || [...place.querySelectorAll("button, a[href]")].find(visible);
        if (!field) place.tabIndex = -1;
        (field || place).focus({ preventScroll: true });
        if (hit && field.setSelectionRange && field.type !== "number") field.setSelectionRange(hit.at, hit.at + found.length);
    }

    async function goTo(form, path, found = "", nth = 0) {
        const place = find(form, path);
        if (!place) return false;
        await shown(place);
        place.scrollIntoView({ block: place.offsetHeight > window.innerHeight / 2 ? "start" : "center" });
        focus(place, found, nth);
        return true;
    }

    window.WartaForm = { change, goTo };
})();
