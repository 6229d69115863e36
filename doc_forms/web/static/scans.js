// Scans go to the program as soon as they are chosen, or dropped on the row of their item.
import { dropped, give } from "./drops.js";

const MOST_MEGABYTES = 500; // of one sending: the program takes no more, and would only break off

export function takeScans() {
  for (const form of document.querySelectorAll("form[data-send]")) {
    form.querySelector("input[type=file]").addEventListener("change", () => send(form));
  }
  for (const row of document.querySelectorAll("[data-take]")) {
    for (const name of ["dragenter", "dragover"]) row.addEventListener(name, (event) => {
      event.preventDefault();
      row.classList.add("over");
    });
    row.addEventListener("dragleave", () => row.classList.remove("over"));
    row.addEventListener("drop", async (event) => {
      event.preventDefault();
      row.classList.remove("over");
      const form = row.querySelector("form[data-send]");
      const input = form.querySelector("input[type=file]");
      const files = await dropped(event);
      if (files.length > 1 && !input.multiple) return say(`拖进来 ${files.length} 个文件，这里一次只收一个`);
      give(input, files);
      send(form);
    });
  }
}

function send(form) {
  const input = form.querySelector("input[type=file]");
  const files = [...input.files];
  if (!files.length) return;
  const megabytes = Math.ceil(files.reduce((sum, file) => sum + file.size, 0) / 2 ** 20);
  if (megabytes <= MOST_MEGABYTES) return form.requestSubmit();
  input.value = "";
  say(`一次最多收 ${MOST_MEGABYTES} MB，这次是 ${megabytes} MB，没有收下；请分几次加入，或拆小后再加`);
}

function say(text) {
  document.getElementById("not-taken")?.remove();
  const line = Object.assign(document.createElement("p"), { id: "not-taken", className: "error", textContent: `✕ ${text}` });
  line.setAttribute("role", "alert");
  document.getElementById("main").prepend(line);
  line.scrollIntoView({ block: "center" });
}
