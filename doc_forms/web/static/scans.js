// Scans go to the program as soon as they are chosen, or dropped on the row of their item.
export function takeScans() {
  for (const form of document.querySelectorAll("form[data-send]")) {
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => input.files.length && form.requestSubmit());
  }
  for (const row of document.querySelectorAll("[data-take]")) {
    for (const name of ["dragenter", "dragover"]) row.addEventListener(name, (event) => {
      event.preventDefault();
      row.classList.add("over");
    });
    row.addEventListener("dragleave", () => row.classList.remove("over"));
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      row.classList.remove("over");
      const form = row.querySelector("form[data-send]");
      if (!event.dataTransfer.files.length) return;
      form.querySelector("input[type=file]").files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
}
