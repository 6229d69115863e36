// Cells copied out of Excel into a table of answers: each goes into a cell of its own, from the one that has the focus.
export function spreadPastes() {
  for (const table of document.querySelectorAll("table.grid")) table.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    const isTable = lines.some((line) => line.includes("\t")) || (lines.length > 1 && event.target.matches("input"));
    if (!isTable || !event.target.closest("td")) return;
    event.preventDefault();
    spread(table, event.target, lines.map((line) => line.split("\t")));
  });
}

function spread(table, first, cells) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input, select, textarea")]);
  const top = rows.findIndex((row) => row.includes(first));
  const left = rows[top].indexOf(first);
  let lost = 0;
  cells.forEach((line, down) => line.forEach((text, across) => {
    const control = rows[top + down]?.[left + across];
    if (!control || !fill(control, text.trim())) lost += text.trim() ? 1 : 0;
  }));
  if (lost) document.dispatchEvent(new CustomEvent("trouble", { detail: `粘贴的内容有 ${lost} 格放不下，没有填；行不够的，先添加行再粘贴` }));
}

function fill(control, text) {
  control.value = text;
  if (control.value !== text) return false; // none of the choices of a list
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
