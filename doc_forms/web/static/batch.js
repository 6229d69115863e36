// A roster dropped on its box is checked at once; work that runs says how far it is.
const MILLISECONDS = 400;

export function takeRosters() {
  const box = document.querySelector("[data-drop]");
  if (box) takeDrops(box);
  const work = document.querySelector("[data-state]");
  if (work) follow(work);
}

function takeDrops(box) {
  const input = box.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    document.getElementById("chosen").textContent = [...input.files].map((file) => file.name).join("、") || "还没有选择";
  });
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    box.requestSubmit();
  });
}

async function follow(work) {
  const answer = await fetch(work.dataset.state);
  const { line, done, total, running } = await answer.json();
  if (!running) return location.reload();
  work.querySelector(".line").textContent = line;
  if (total) Object.assign(work.querySelector("progress"), { max: total, value: done });
  setTimeout(() => follow(work), MILLISECONDS);
}
