// Turns a text area of tab-separated rows into a grid of cells. The text area stays the field that is sent.
// Pasting from a spreadsheet into any cell fills the grid from there and lets it grow.

function parse(text) {
  const rows = [[]];
  let cell = "", quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
    else cell += sign;
  }
  rows.at(-1).push(cell);
  if (rows.length > 1 && rows.at(-1).join("") === "") rows.pop();
  return rows.map((row) => row.map((value) => value.replace(/\s+/g, " ").trim()));
}

function write(rows) {
  const quote = (cell) => (/["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

class GridInput extends window.StimulusModule.Controller {
  static values = { row: String, column: String, dropRow: String, dropColumn: String, cell: String, hint: String };

  connect() {
    this.rows = parse(this.element.value || "\t\n\t\n\t");
    this.level();
    this.element.hidden = true;
    this.box = document.createElement("div");
    this.element.after(this.box);
    this.draw();
  }

  disconnect() {
    this.box?.remove();
    this.element.hidden = false;
  }

  level() {
    const width = Math.max(...this.rows.map((row) => row.length));
    for (const row of this.rows) while (row.length < width) row.push("");
  }

  save() {
    this.element.value = write(this.rows);
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  change(edit) {
    edit();
    this.level();
    this.save();
    this.draw();
  }

  paste(event, top, left) {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    this.change(() => parse(text).forEach((cells, down) => {
      while (this.rows.length <= top + down) this.rows.push([]);
      const row = this.rows[top + down];
      while (row.length < left + cells.length) row.push("");
      row.splice(left, cells.length, ...cells);
    }));
  }

  button(text, label, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", press);
    return button;
  }

  input(top, left) {
    const input = document.createElement("input");
    input.type = "text";
    input.value = this.rows[top][left];
    input.setAttribute("aria-label", this.cellValue.replace("%1", top + 1).replace("%2", left + 1));
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.rows[top][left] = input.value;
      this.save();
    });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("paste", (event) => this.paste(event, top, left));
    return input;
  }

  draw() {
    const scroll = document.createElement("div");
    scroll.className = "grid-input";
    const table = document.createElement("table");
    this.rows.forEach((cells, top) => {
      const row = table.insertRow();
      cells.forEach((_, left) => row.insertCell().append(this.input(top, left)));
      if (this.rows.length > 1) row.insertCell().append(this.button("×", this.dropRowValue.replace("%s", top + 1),
        () => this.change(() => this.rows.splice(top, 1))));
    });
    if (this.rows[0].length > 1) {
      const row = table.insertRow();
      this.rows[0].forEach((_, left) => row.insertCell().append(this.button("×", this.dropColumnValue.replace("%s", left + 1),
        () => this.change(() => this.rows.forEach((cells) => cells.splice(left, 1))))));
    }
    scroll.append(table);
    const tools = document.createElement("div");
    tools.className = "grid-input-tools";
    const hint = document.createElement("p");
    hint.className = "help";
    hint.textContent = this.hintValue;
    tools.append(
      this.button(`+ ${this.rowValue}`, this.rowValue, () => this.change(() => this.rows.push([]))),
      this.button(`+ ${this.columnValue}`, this.columnValue, () => this.change(() => this.rows[0].push(""))),
      hint,
    );
    tools.querySelectorAll("button").forEach((button) => button.classList.add("button", "button-small", "button-secondary"));
    this.box.replaceChildren(scroll, tools);
  }
}

window.wagtail.app.register("grid-input", GridInput);
